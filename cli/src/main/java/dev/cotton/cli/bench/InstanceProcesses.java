package dev.cotton.cli.bench;

import dev.cotton.cli.machine.DataFolder;
import dev.cotton.core.wire.InstanceFolder;
import dev.cotton.core.wire.ProcessFile;
import java.io.IOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import tools.jackson.databind.json.JsonMapper;

/** The programs of the instances in a data folder, as they have noted themselves there. Thread-safe. */
public record InstanceProcesses(DataFolder folder) {
    private Path instances() {
        return folder.path().resolve("instances");
    }

    /** The process ids of a cluster's executors that run. */
    public List<Long> executors(String cluster) {
        List<Long> pids = new ArrayList<>();
        if (!Files.isDirectory(instances())) {
            return pids;
        }
        try (DirectoryStream<Path> all = Files.newDirectoryStream(instances(), cluster + "-*")) {
            for (Path instance : all) {
                process(instance, InstanceFolder.EXECUTOR_PROCESS).ifPresent(pids::add);
            }
        } catch (IOException removedMeanwhile) {
            return List.of();
        }
        return pids;
    }

    /**
     * The process id of an instance's mysqld, when it runs.
     *
     * @param instance for instance {@code demo-1}
     */
    public Optional<Long> mysqld(String instance) {
        return process(instance, InstanceFolder.MYSQLD_PROCESS);
    }

    /** The process id of an instance's executor, when it runs. */
    public Optional<Long> executor(String instance) {
        return process(instance, InstanceFolder.EXECUTOR_PROCESS);
    }

    /** Where everything of an instance is. */
    public Path folder(String instance) {
        return instances().resolve(instance);
    }

    /** The process ids of all programs of an instance that run, those first that start others again. */
    public List<Long> all(String instance) {
        return Stream.of(InstanceFolder.EXECUTOR_PROCESS, InstanceFolder.KEEPER_PROCESS, InstanceFolder.MYSQLD_PROCESS)
                .flatMap(program -> process(instance, program).stream())
                .toList();
    }

    private Optional<Long> process(String instance, String program) {
        try {
            return process(folder(instance), program);
        } catch (IOException removedMeanwhile) {
            return Optional.empty();
        }
    }

    private static Optional<Long> process(Path instance, String program) throws IOException {
        try {
            byte[] note = Files.readAllBytes(
                    instance.resolve(InstanceFolder.PROCESSES).resolve(program));
            ProcessFile process = JsonMapper.shared().readValue(note, ProcessFile.class);
            return Optional.of(process.pid())
                    .filter(pid -> ProcessHandle.of(pid).isPresent());
        } catch (NoSuchFileException doesNotRun) {
            return Optional.empty();
        }
    }
}
