package dev.cotton.executor.server;

import dev.cotton.core.model.DataSize;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;

/** A cgroup of the machine that limits memory, in version 1 or 2. */
record MemoryLimit(Path group, boolean unified) implements AutoCloseable {
    private static final Path ROOT = Path.of("/sys/fs/cgroup");

    /** Empty where this process may not make one. */
    static Optional<MemoryLimit> of(String name, DataSize limit) throws IOException {
        boolean unified = Files.exists(ROOT.resolve("cgroup.controllers"));
        Path parent = unified ? ROOT : ROOT.resolve("memory");
        if (!Files.isWritable(parent)) {
            return Optional.empty();
        }
        if (unified) {
            Files.writeString(parent.resolve("cgroup.subtree_control"), "+memory");
        }
        MemoryLimit made = new MemoryLimit(Files.createDirectory(parent.resolve(name)), unified);
        made.write(unified ? "memory.max" : "memory.limit_in_bytes", limit);
        return Optional.of(made);
    }

    /** A shell command by which a process enters. */
    String enter() {
        return "echo $$ > '" + group.resolve("cgroup.procs") + "'";
    }

    /** How many processes were killed because of the limit. */
    long kills() throws IOException {
        try (var lines = Files.lines(group.resolve(unified ? "memory.events" : "memory.oom_control"))) {
            return lines.filter(line -> line.startsWith("oom_kill "))
                    .mapToLong(line -> Long.parseLong(line.substring(line.indexOf(' ') + 1)))
                    .sum();
        }
    }

    /** What cannot be given back by dropping caches. */
    DataSize anonymous() throws IOException {
        String field = unified ? "anon " : "total_rss ";
        try (var lines = Files.lines(group.resolve("memory.stat"))) {
            return new DataSize(lines.filter(line -> line.startsWith(field))
                    .mapToLong(line -> Long.parseLong(line.substring(field.length())))
                    .sum());
        }
    }

    private void write(String file, DataSize size) throws IOException {
        Files.writeString(group.resolve(file), Long.toString(size.bytes()));
    }

    /** When nothing is in it any more. */
    @Override
    public void close() throws IOException {
        Files.delete(group);
    }
}
