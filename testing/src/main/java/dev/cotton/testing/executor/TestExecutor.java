package dev.cotton.testing.executor;

import dev.cotton.core.model.DataSize;
import dev.cotton.core.model.InstanceId;
import dev.cotton.core.model.Ports;
import dev.cotton.core.model.Resources;
import dev.cotton.core.wire.ExecutorConfig;
import java.io.File;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.json.JsonMapper;

/**
 * A real executor process of one instance. It runs as an ordinary user, also when the test runs as root. Closing it kills
 * the executor and what it has started.
 */
public final class TestExecutor implements AutoCloseable {
    /** The token of every executor of a test, base64. */
    public static final String TOKEN = "dGVzdHMga25vdyB0aGlzIG9uZS10aW1lIHRva2VuISE=";

    private static final String MAIN_CLASS = "dev.cotton.executor.app.ExecutorApp";

    private final ExecutorConfig config;
    private final Path home;
    private List<String> beginning = List.of();
    private @Nullable Process process;

    /**
     * An executor of an instance with 2 GB of disk.
     *
     * @param home an empty folder of the test's; made over to the ordinary user
     */
    public TestExecutor(InstanceId id, Path home, ExecutorConfig.Programs programs, Ports ports) {
        this(id, home, programs, ports, DataSize.ofMegabytes(2048));
    }

    TestExecutor(InstanceId id, Path home, ExecutorConfig.Programs programs, Ports ports, DataSize disk) {
        this.home = home;
        this.config = new ExecutorConfig(
                id,
                home.resolve(id.toString()).toString(),
                home.resolve("templates").toString(),
                Optional.of(home.resolve("quarantine").toString()),
                programs,
                ports,
                new Resources(1, DataSize.ofMegabytes(512), disk),
                TOKEN);
        Path file = configFile();
        try {
            Files.writeString(file, JsonMapper.builder().build().writeValueAsString(config));
            Shell.run("chmod", "0600", file.toString());
            Files.createDirectories(Path.of(config.folder()));
            Files.createDirectories(Path.of(config.templates()));
            SharedTemplates.OF_EXECUTORS.bring(Path.of(config.templates()));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        OrdinaryUser.own(home);
    }

    public ExecutorConfig config() {
        return config;
    }

    public InstanceId id() {
        return config.instance();
    }

    private Path configFile() {
        return home.resolve(config.instance() + ".json");
    }

    /** From now on the process is started by {@code command}, as the test's user, which becomes what follows it. */
    void beginWith(List<String> command) {
        beginning = List.copyOf(command);
    }

    /** Starts the process. */
    public void start() {
        List<String> command = new ArrayList<>(beginning);
        command.addAll(OrdinaryUser.prefix());
        command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
        command.addAll(flags());
        command.addAll(List.of("-cp", jars(), MAIN_CLASS, configFile().toString()));
        try {
            process = new ProcessBuilder(command)
                    .directory(home.toFile())
                    .redirectErrorStream(true)
                    .redirectOutput(ProcessBuilder.Redirect.appendTo(
                            home.resolve(config.instance() + ".out").toFile()))
                    .start();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static Path executorPackage() {
        String folder = System.getProperty("cotton.executor.package");
        if (folder == null) {
            throw new IllegalStateException("The system property cotton.executor.package is not set.");
        }
        return Path.of(folder);
    }

    private static List<String> flags() {
        try {
            return Files.readAllLines(executorPackage().resolve("jvm.flags")).stream()
                    .filter(line -> !line.isBlank() && !line.startsWith("#"))
                    .toList();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static String jars() {
        try (Stream<Path> jars = Files.list(executorPackage().resolve("lib"))) {
            return String.join(
                    File.pathSeparator, jars.map(Path::toString).sorted().toList());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** The running process. */
    public Process process() {
        if (process == null) {
            throw new IllegalStateException("The executor of " + id() + " was not started.");
        }
        return process;
    }

    /** SIGKILL, and waits for the end. */
    public void kill() {
        process().destroyForcibly();
        process().onExit().join();
    }

    /** What the executor has logged, and what it has printed. */
    public String log() {
        StringBuilder all = new StringBuilder();
        for (Path file :
                List.of(home.resolve(config.instance() + ".out"), Path.of(config.folder(), "log", "executor.log"))) {
            try {
                all.append(Files.exists(file) ? Files.readString(file) : "");
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }
        return all.toString();
    }

    @Override
    public void close() {
        if (process != null) {
            kill();
        }
        Leftovers.kill(Path.of(config.folder()));
        SharedTemplates.OF_EXECUTORS.keep(Path.of(config.templates()));
    }
}
