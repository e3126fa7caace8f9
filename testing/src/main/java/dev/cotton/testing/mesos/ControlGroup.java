package dev.cotton.testing.mesos;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/** A control group that holds the processes of one container, where this machine lets us make one. */
final class ControlGroup {
    private static final List<Path> TREES = List.of(Path.of("/sys/fs/cgroup/freezer"), Path.of("/sys/fs/cgroup"));
    private final Path folder;

    private ControlGroup(Path folder) {
        this.folder = folder;
    }

    /** A new group; empty where the control groups cannot be written. */
    static Optional<ControlGroup> of(String container) {
        for (Path tree : TREES) {
            Path folder = tree.resolve("cotton-mesos-" + container);
            if (Files.isWritable(tree.resolve("cgroup.procs")) && made(folder)) {
                return Optional.of(new ControlGroup(folder));
            }
        }
        return Optional.empty();
    }

    private static boolean made(Path folder) {
        try {
            Files.createDirectory(folder);
            return Files.isWritable(folder.resolve("cgroup.procs"));
        } catch (IOException readOnly) {
            return false;
        }
    }

    /** The file to write a process id to, in order to move the process here. */
    Path members() {
        return folder.resolve("cgroup.procs");
    }

    List<Long> processes() {
        try {
            return Files.readAllLines(members()).stream().map(Long::valueOf).toList();
        } catch (IOException removed) {
            return List.of();
        }
    }

    /** Removes the group; returns false while it still has processes. */
    boolean remove() {
        try {
            return Files.deleteIfExists(folder) || !Files.exists(folder);
        } catch (IOException busy) {
            return false;
        }
    }
}
