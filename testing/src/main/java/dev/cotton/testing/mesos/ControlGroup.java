package dev.cotton.testing.mesos;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A control group that holds the processes of one container, where this machine lets us make one. It is named after the
 * process that made it, so that the next one removes what it could not remove any more.
 */
final class ControlGroup {
    private static final String PREFIX = "cotton-mesos-";
    private static final List<Path> TREES = List.of(Path.of("/sys/fs/cgroup/freezer"), Path.of("/sys/fs/cgroup"));
    private static final Pattern NAME = Pattern.compile(PREFIX + "(\\d{1,18})-[0-9a-f]{8}-.*");
    private final Path folder;

    private ControlGroup(Path folder) {
        this.folder = folder;
    }

    /** A new group; empty where the control groups cannot be written. */
    static Optional<ControlGroup> of(String container) {
        for (Path tree : TREES) {
            Path folder = tree.resolve(PREFIX + ProcessHandle.current().pid() + "-" + container);
            if (Files.isWritable(tree.resolve("cgroup.procs")) && made(folder)) {
                return Optional.of(new ControlGroup(folder));
            }
        }
        return Optional.empty();
    }

    private static boolean made(Path folder) {
        try {
            Files.createDirectory(folder);
            boolean usable = Files.isWritable(folder.resolve("cgroup.procs"));
            if (!usable) {
                Files.delete(folder);
            }
            return usable;
        } catch (IOException readOnly) {
            return false;
        }
    }

    /** Removes what processes left that have ended without closing their simulator; not what still has members. */
    static void removeLeftovers() {
        TREES.stream().filter(Files::isDirectory).forEach(ControlGroup::removeLeftovers);
    }

    private static void removeLeftovers(Path tree) {
        try (DirectoryStream<Path> groups = Files.newDirectoryStream(tree, PREFIX + "*")) {
            for (Path group : groups) {
                boolean orphan = maker(group)
                        .filter(pid -> ProcessHandle.of(pid).isEmpty())
                        .isPresent();
                if (orphan) {
                    new ControlGroup(group).remove();
                }
            }
        } catch (IOException e) {
            throw new UncheckedIOException("cannot list the control groups below " + tree, e);
        }
    }

    private static Optional<Long> maker(Path group) {
        Matcher name = NAME.matcher(String.valueOf(group.getFileName()));
        return name.matches() ? Optional.of(Long.valueOf(name.group(1))) : Optional.empty();
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
