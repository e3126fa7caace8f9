package dev.cotton.executors;

import static org.awaitility.Awaitility.await;

import dev.cotton.core.model.DataSize;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/** A cgroup of this machine that limits memory, of version 1 or 2. */
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
        Files.writeString(
                made.group.resolve(unified ? "memory.max" : "memory.limit_in_bytes"), Long.toString(limit.bytes()));
        return Optional.of(made);
    }

    /** A command that enters and becomes the words after it. */
    List<String> entering() {
        return List.of(
                "sh",
                "-c",
                "echo $$ > \"$0\" && exec \"$@\"",
                group.resolve("cgroup.procs").toString());
    }

    /** How many processes were killed because of the limit. */
    long kills() throws IOException {
        return number(unified ? "memory.events" : "memory.oom_control", "oom_kill ");
    }

    /** What cannot be given back by dropping caches. */
    DataSize anonymous() throws IOException {
        return new DataSize(number("memory.stat", unified ? "anon " : "total_rss "));
    }

    private long number(String file, String field) throws IOException {
        try (var lines = Files.lines(group.resolve(file))) {
            return lines.filter(line -> line.startsWith(field))
                    .mapToLong(line -> Long.parseLong(line.substring(field.length())))
                    .sum();
        }
    }

    /** Waits until nothing is in it any more. */
    @Override
    public void close() throws IOException {
        await().until(() -> Files.readAllLines(group.resolve("cgroup.procs")).isEmpty());
        Files.delete(group);
    }
}
