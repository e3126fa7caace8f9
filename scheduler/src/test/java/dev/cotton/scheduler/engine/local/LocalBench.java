package dev.cotton.scheduler.engine.local;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.cotton.core.model.DataSize;
import dev.cotton.core.model.InstanceId;
import dev.cotton.core.port.Engine.Disposal;
import dev.cotton.core.wire.ExecutorConfig.Programs;
import dev.cotton.core.wire.InstanceFolder;
import dev.cotton.core.wire.ProcessFile;
import dev.cotton.scheduler.engine.local.placement.Host;
import dev.cotton.scheduler.engine.local.placement.PortRange;
import dev.cotton.scheduler.engine.local.placement.Room;
import dev.cotton.scheduler.engine.local.system.Account;
import dev.cotton.scheduler.engine.local.system.LinuxProcesses;
import dev.cotton.testing.contract.EngineBench;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.function.Supplier;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.json.JsonMapper;

/** A local engine with a data folder of its own, whose executors are small shell scripts. */
final class LocalBench implements EngineBench {
    /** An unprivileged user that every system has. */
    static final String SOMEBODY = "nobody";

    private static final JsonMapper JSON = new JsonMapper();

    final Path root;
    final InMemoryEngineRecords records = new InMemoryEngineRecords();
    final List<Host> hosts;
    Supplier<Programs> programs = () -> new Programs("/bin/true", "/bin/true", "/bin/true");
    private final LinuxProcesses processes;
    private LocalEngine engine;

    LocalBench(List<Host> hosts) {
        this.hosts = hosts;
        try {
            root = Files.createTempDirectory("cotton-engine-");
            Files.setPosixFilePermissions(root, PosixFilePermissions.fromString("rwxr-xr-x"));
            Path java = root.resolve("jdk/bin/java");
            Files.createDirectories(java.getParent());
            try (InputStream script = Objects.requireNonNull(getClass().getResourceAsStream("java.sh"))) {
                Files.copy(script, java);
            }
            Files.setPosixFilePermissions(java, PosixFilePermissions.fromString("rwxr-xr-x"));
            Files.createDirectories(root.resolve("package/lib"));
            Files.writeString(root.resolve("package/lib/executor.jar"), "not read by the script");
            processes = new LinuxProcesses(Account.of(SOMEBODY).uid());
        } catch (IOException failed) {
            throw new UncheckedIOException(failed);
        }
        engine = open();
    }

    /** Hosts of the size that the contract wants. */
    static List<Host> hosts(int count) {
        Room room = new Room(4, DataSize.ofMegabytes(2048), DataSize.ofMegabytes(100 << 10));
        return IntStream.rangeClosed(1, count)
                .mapToObj(number -> new Host("h" + number, "127.0.0." + number, List.of(), Optional.of(room)))
                .toList();
    }

    private LocalEngine open() {
        return LocalEngine.open(settings(), records, () -> programs.get());
    }

    LocalEngineSettings settings() {
        return new LocalEngineSettings(
                root.resolve("data"),
                hosts,
                new PortRange(24100, 24499),
                root.resolve("package"),
                root.resolve("jdk"),
                SOMEBODY);
    }

    /** Has executors that are started from now on do what the script knows by that name. */
    void have(String manner) {
        try {
            Files.createFile(root.resolve("jdk/bin").resolve(manner));
        } catch (IOException failed) {
            throw new UncheckedIOException(failed);
        }
    }

    /** No longer. */
    void haveNot(String manner) {
        try {
            Files.delete(root.resolve("jdk/bin").resolve(manner));
        } catch (IOException failed) {
            throw new UncheckedIOException(failed);
        }
    }

    @Override
    public LocalEngine engine() {
        return engine;
    }

    @Override
    public LocalEngine reopen() {
        engine.close();
        engine = open();
        return engine;
    }

    Path home(InstanceId id) {
        return root.resolve("data/instances").resolve(id.toString());
    }

    Path binned(InstanceId id) {
        return root.resolve("data/bin").resolve(id.toString());
    }

    /** The process that has a file of that name, while it runs. */
    Optional<ProcessFile> process(InstanceId id, String file) {
        try {
            return Optional.of(JSON.readValue(
                            Files.readAllBytes(home(id).resolve("processes").resolve(file)), ProcessFile.class))
                    .filter(processes::runs);
        } catch (IOException | JacksonException absent) {
            return Optional.empty();
        }
    }

    @Override
    public Optional<String> executor(InstanceId id) {
        return process(id, "executor.json").map(ProcessFile::toString);
    }

    @Override
    public void crash(InstanceId id) {
        process(id, "executor.json").ifPresent(this::kill);
    }

    void kill(ProcessFile process) {
        try {
            processes.kill(process);
        } catch (IOException failed) {
            throw new UncheckedIOException(failed);
        }
        await().atMost(Duration.ofSeconds(10)).until(() -> !processes.runs(process));
    }

    boolean runs(ProcessFile process) {
        return processes.runs(process);
    }

    @Override
    public void loseData(InstanceId id) {
        delete(home(id));
    }

    @Override
    public Optional<String> data(InstanceId id) {
        return Stream.of(home(id), binned(id))
                .map(folder -> folder.resolve("data/rows"))
                .filter(Files::exists)
                .findFirst()
                .map(LocalBench::read);
    }

    static String read(Path file) {
        try {
            return Files.readString(file).strip();
        } catch (IOException failed) {
            throw new UncheckedIOException(failed);
        }
    }

    /** All processes that were started for instances here. */
    List<ProcessFile> everything() {
        List<ProcessFile> all = new ArrayList<>();
        try (Stream<Path> folders = Files.list(root.resolve("data/instances"))) {
            for (Path folder : folders.toList()) {
                all.addAll(processes.startedWith(InstanceFolder.MARK, folder.toString()));
            }
            return all;
        } catch (IOException failed) {
            throw new UncheckedIOException(failed);
        }
    }

    private static void delete(Path folder) {
        try (Stream<Path> all = Files.walk(folder)) {
            for (Path path : all.sorted(Comparator.reverseOrder()).toList()) {
                Files.delete(path);
            }
        } catch (IOException failed) {
            throw new UncheckedIOException(failed);
        }
    }

    /** Destroys all instances, and then everything that was made for this bench. */
    @Override
    public void close() {
        records.depose(false);
        programs = () -> new Programs("/bin/true", "/bin/true", "/bin/true");
        reopen();
        engine.observe().keySet().forEach(id -> engine.release(id, Disposal.DESTROY));
        await().atMost(Duration.ofSeconds(30)).until(() -> engine.observe().isEmpty());
        engine.close();
        assertThat(everything()).isEmpty();
        String dataFolder = JSON.readTree(read(root.resolve("data/data-folder.json")))
                .get("id")
                .asString();
        for (String tree : List.of("memory", "cpu", "")) {
            boolean _ = Path.of("/sys/fs/cgroup", tree, "cotton", dataFolder)
                    .toFile()
                    .delete();
        }
        delete(root);
    }
}
