package dev.cotton.executor.server;

import dev.cotton.core.model.DataSize;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * mysqld's binary logs as files. They are looked at from outside because statements that list them hang while commits
 * wait for an acknowledgement.
 *
 * @param folder of the instance
 */
public record BinaryLogs(DataFolder folder) {
    private static final String NAME = "binlog\\.[0-9]{6,}";

    /** One of them. Names have the same length, so their order is that of time. */
    public record Log(String name, DataSize size) {}

    /** All of them, the oldest first; mysqld writes the last one. */
    public List<Log> all() {
        List<Log> logs = new ArrayList<>();
        for (Path file : entries(folder.data().resolve("binlog"))) {
            String name = String.valueOf(file.getFileName());
            if (name.matches(NAME)) {
                size(file).ifPresent(size -> logs.add(new Log(name, size)));
            }
        }
        return logs;
    }

    /** The names of those that a mysqld has open: the one that it writes, and those that it sends to replicas. */
    public Set<String> openIn(long mysqld) {
        Path binlogs = realFolder();
        return entries(Path.of("/proc/" + mysqld + "/fd")).stream()
                .flatMap(descriptor -> target(descriptor).stream())
                .filter(file -> file.startsWith(binlogs))
                .map(file -> String.valueOf(file.getFileName()))
                .collect(Collectors.toSet());
    }

    /** The kernel tells names without symbolic links. */
    private Path realFolder() {
        try {
            return folder.data().resolve("binlog").toRealPath();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static Optional<Path> target(Path descriptor) {
        try {
            return Optional.of(Files.readSymbolicLink(descriptor));
        } catch (IOException closed) {
            return Optional.empty();
        }
    }

    /**
     * The oldest logs that have to go so that the others fit into {@code budget}; fewer when that would touch one that
     * is open, or the one before it: its end may still be on its way to a replica. None when none is open, which no
     * running mysqld looks like.
     */
    public static List<Log> surplus(List<Log> all, Set<String> open, DataSize budget) {
        long excess = all.stream().mapToLong(log -> log.size().bytes()).sum() - budget.bytes();
        int idle = idle(all, open);
        int count = 0;
        while (excess > 0 && count < idle) {
            excess -= all.get(count).size().bytes();
            count++;
        }
        return all.subList(0, count);
    }

    private static int idle(List<Log> all, Set<String> open) {
        int inUse = 0;
        while (!open.isEmpty()
                && inUse < all.size()
                && !open.contains(all.get(inUse).name())) {
            inUse++;
        }
        return Math.max(0, inUse - 1);
    }

    /** The logs whose last transaction is older than {@code age}; fewer when that would touch one as of {@link #surplus}. */
    public List<Log> olderThan(Duration age, List<Log> all, Set<String> open) {
        Instant oldest = Instant.now().minus(age);
        int idle = idle(all, open);
        int count = 0;
        while (count < idle && written(all.get(count)).isBefore(oldest)) {
            count++;
        }
        return all.subList(0, count);
    }

    private Instant written(Log log) {
        try {
            return Files.getLastModifiedTime(folder.data().resolve("binlog").resolve(log.name()))
                    .toInstant();
        } catch (IOException gone) {
            return Instant.MAX;
        }
    }

    private static Optional<DataSize> size(Path file) {
        try {
            return Optional.of(new DataSize(Files.size(file)));
        } catch (IOException gone) {
            return Optional.empty();
        }
    }

    private static List<Path> entries(Path folder) {
        try (Stream<Path> entries = Files.list(folder)) {
            return entries.sorted().toList();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
