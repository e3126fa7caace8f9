package dev.cotton.executor.server;

import dev.cotton.core.model.Incarnation;
import dev.cotton.executor.provision.FileTree;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.List;

/** Gives an instance its first data, durably: the whole of {@link DataFolder#data}, or nothing when this fails. */
public final class FreshData {
    private FreshData() {}

    /** Where mysqld's data directory comes from. */
    @FunctionalInterface
    public interface Filling {
        /** @param mysql to be made: mysqld's data directory, without server UUID and binary logs */
        void fill(Path mysql) throws IOException;
    }

    /**
     * What a killed attempt left behind is removed first, and what a failed one has made when it fails. To be called for an
     * instance without data.
     *
     * @return the name of the new data
     * @throws IOException also what {@code filling} threw
     */
    public static Incarnation make(DataFolder instance, Filling filling) throws IOException {
        instance.clear();
        Path fresh = instance.root().resolve("data.fresh");
        new FileTree(fresh).delete();
        try {
            Files.createDirectory(fresh, DataFolder.OWNER_ONLY);
            filling.fill(fresh.resolve(instance.mysql().getFileName()));
            for (String name : List.of("binlog", "relay", "tmp")) {
                Files.createDirectory(fresh.resolve(name), DataFolder.OWNER_ONLY);
            }
            Incarnation incarnation = DataFolder.bear(fresh);
            String boot = BootDoubt.hostBootId();
            new BootDoubt(fresh.resolve("boot"), boot).trust(boot);
            new FileTree(fresh).flush();
            Files.move(fresh, instance.data(), StandardCopyOption.ATOMIC_MOVE);
            StateFile.syncFolder(instance.data());
            return incarnation;
        } finally {
            new FileTree(fresh).delete();
        }
    }
}
