package dev.cotton.cli.bench;

import dev.cotton.cli.machine.DataFolder;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;

/** A ZooKeeper of a measurement's own that can be off for a while. Used by one thread. */
public final class ZooKeeperSwitch implements AutoCloseable {
    private final ZooKeeperProgram program;
    private final DataFolder folder;
    private ZooKeeperProgram.Running running;

    /** Starts it. */
    public ZooKeeperSwitch(ZooKeeperProgram program, DataFolder folder) {
        this.program = program;
        this.folder = folder.create();
        this.running = program.start(folder);
    }

    /** What a scheduler is to be told to use it; its password is in a file for this user's eyes only. */
    public List<String> options() throws IOException {
        Path file = folder.path().resolve("zookeeper.url");
        if (!Files.exists(file)) {
            Files.createFile(file, PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------")));
        }
        Files.writeString(file, running.url());
        return List.of("--zk-url", file.toUri().toString());
    }

    public void off() {
        running.close();
    }

    /** After {@link #off}: on the same data, and at the same place. */
    public void on() {
        running = program.start(folder);
    }

    @Override
    public void close() {
        running.close();
    }
}
