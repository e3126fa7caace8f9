package dev.cotton.cli.faults;

import dev.cotton.cli.bench.Playground;
import dev.cotton.cli.lab.Disk;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** A disk for one instance, made when it is first needed. Used by one thread, and removed by any. */
final class InstanceDisk implements Playground.Fixture {
    private final Path parent;
    private volatile @Nullable Owned owned;

    private record Owned(String instance, Disk disk) {}

    /** @param parent where its files are made */
    InstanceDisk(Path parent) {
        this.parent = parent;
    }

    /**
     * Moves the data of an instance of which nothing runs to it.
     *
     * @param folder the instance's
     */
    void give(String instance, Path folder) throws IOException {
        owned = new Owned(instance, Disk.of(folder, parent));
    }

    /** Whose it is, once there is one. */
    Optional<String> instance() {
        return Optional.ofNullable(owned).map(Owned::instance);
    }

    Disk disk() {
        return Optional.ofNullable(owned).map(Owned::disk).orElseThrow();
    }

    @Override
    public void release() {
        Optional.ofNullable(owned).map(Owned::disk).ifPresent(Disk::thaw);
    }

    @Override
    public void remove() throws IOException {
        Owned last = owned;
        owned = null;
        if (last != null) {
            last.disk().close();
        }
    }
}
