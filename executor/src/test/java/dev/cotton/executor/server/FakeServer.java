package dev.cotton.executor.server;

import dev.cotton.core.wire.InstanceFolder;
import dev.cotton.core.wire.ProcessFile;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.awaitility.Awaitility;

/** A small shell program in mysqld's place, on a folder whose name has a space. */
record FakeServer(DataFolder folder, Path program) {
    /** Runs until it is killed. */
    static final String RUNS_ON = "exec sleep 600";

    /** @param script what it does after it has written its process id and arguments down */
    static FakeServer in(Path parent, String script) throws IOException {
        DataFolder folder = new DataFolder(parent.resolve("the instance"));
        folder.create();
        Files.createDirectories(folder.mysql());
        Path program = parent.resolve("fake mysqld");
        Files.writeString(program, """
                #!/bin/sh
                echo "$$ $*" >> '%s'
                %s
                """.formatted(parent.resolve("runs"), script));
        Files.setPosixFilePermissions(program, PosixFilePermissions.fromString("rwx------"));
        return new FakeServer(folder, program);
    }

    Mysqld supervised(Mysqld.Listener listener) {
        return new Mysqld(program, folder, listener);
    }

    /** Process id and arguments of each run so far. */
    List<String> runs() throws IOException {
        Path runs = program.resolveSibling("runs");
        return Files.exists(runs) ? Files.readAllLines(runs) : List.of();
    }

    /** The process ids of the runs that have not ended. */
    List<Long> running() throws IOException {
        return runs().stream()
                .map(line -> Long.parseLong(line.substring(0, line.indexOf(' '))))
                .filter(id -> ProcessHandle.of(id).isPresent())
                .toList();
    }

    void awaitRuns(int count) {
        Awaitility.await().until(() -> runs().size() == count);
    }

    long keeper() {
        return process(InstanceFolder.KEEPER_PROCESS).orElseThrow().pid();
    }

    private Optional<ProcessFile> process(String name) {
        return new StateFile<>(folder.processes().resolve(name), ProcessFile.class).read();
    }

    /** Ends whatever a test left running. */
    void end() {
        List<Long> known = Stream.of(InstanceFolder.KEEPER_PROCESS, InstanceFolder.MYSQLD_PROCESS)
                .flatMap(name -> process(name).stream())
                .map(ProcessFile::pid)
                .toList();
        Awaitility.await().until(() -> {
            List<Long> left = Stream.concat(known.stream(), running().stream())
                    .filter(id -> ProcessHandle.of(id).isPresent())
                    .toList();
            left.forEach(id -> ProcessHandle.of(id).ifPresent(ProcessHandle::destroyForcibly));
            return left.isEmpty();
        });
    }
}
