package dev.cotton.executor.server;

import dev.cotton.core.wire.InstanceFolder;
import dev.cotton.core.wire.ProcessFile;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.lang.ProcessBuilder.Redirect;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/** Starts {@code keeper.sh}, mysqld's parent, and knows the files that it writes. */
final class Keeper {
    /** The exit code that says: the lock is taken, so mysqld or a keeper runs. */
    private static final int LOCKED = 75;

    private static final Duration PATIENCE = Duration.ofSeconds(30);

    private final DataFolder folder;

    Keeper(DataFolder folder) {
        this.folder = folder;
    }

    /** The last run of mysqld; empty when there never was one. */
    Optional<ServerProcess> lastRun() {
        return new StateFile<>(folder.processes().resolve(InstanceFolder.MYSQLD_PROCESS), ProcessFile.class)
                .read()
                .map(ServerProcess::new);
    }

    /** Whether there is a keeper, which may be about to start mysqld or to write down how it ended. */
    boolean watches() {
        return new StateFile<>(folder.processes().resolve(InstanceFolder.KEEPER_PROCESS), ProcessFile.class)
                .read()
                .filter(ServerProcess::alive)
                .isPresent();
    }

    Path exit() {
        return folder.run().resolve("exit");
    }

    Path alive() {
        return folder.run().resolve("alive");
    }

    /**
     * Starts a keeper, and it {@code command}. Returns once {@link #lastRun} tells of it.
     *
     * @throws ServerException when a mysqld or keeper runs already, or none can be started
     */
    void start(List<String> command) throws InterruptedException {
        List<String> words = new ArrayList<>(session());
        words.addAll(List.of("sh", script().toString(), folder.root().toString()));
        words.addAll(command);
        ProcessBuilder builder = new ProcessBuilder(words)
                .directory(folder.run().toFile())
                .redirectInput(Redirect.from(Path.of("/dev/null").toFile()))
                .redirectError(Redirect.appendTo(folder.mysqldLog().toFile()));
        builder.environment().keySet().retainAll(List.of("PATH", InstanceFolder.MARK));
        try {
            Process process = builder.start();
            if (!saysStarted(process)) {
                throw refused(process);
            }
        } catch (IOException e) {
            throw new ServerException("The shell that keeps mysqld could not be started: " + e.getMessage() + ".", e);
        }
    }

    /** Of its own, but in a Mesos container: there an agent without control groups ends all that is in the executor's. */
    private static List<String> session() {
        return System.getenv("MESOS_SANDBOX") == null ? List.of("setsid") : List.of();
    }

    private static boolean saysStarted(Process process) throws InterruptedException {
        FutureTask<Boolean> line = new FutureTask<>(() -> {
            try (BufferedReader output = process.inputReader()) {
                return output.readLine() != null;
            }
        });
        Thread.ofVirtual().name("keeper-handshake").start(line);
        try {
            return line.get(PATIENCE.toSeconds(), TimeUnit.SECONDS);
        } catch (TimeoutException | ExecutionException e) {
            throw new ServerException(
                    "The shell that keeps mysqld did not say within " + PATIENCE.toSeconds() + " s whether mysqld was"
                            + " started; its disk may hang. Whatever runs goes on and is looked for again.",
                    e);
        }
    }

    private ServerException refused(Process process) throws InterruptedException {
        if (process.waitFor(PATIENCE.toSeconds(), TimeUnit.SECONDS) && process.exitValue() == LOCKED) {
            return new ServerException("A mysqld or its keeper runs in " + folder.root() + " already and goes on; no"
                    + " second one was started.");
        }
        return new ServerException(
                "The shell that keeps mysqld ended before it started mysqld; " + folder.mysqldLog() + " may say why.");
    }

    /** A running shell goes on reading the file that it was started with, so that is never changed but replaced. */
    private Path script() {
        Path script = folder.run().resolve("keeper.sh");
        try (InputStream resource = Objects.requireNonNull(Keeper.class.getResourceAsStream("keeper.sh"))) {
            byte[] text = resource.readAllBytes();
            if (!Files.exists(script) || !Arrays.equals(Files.readAllBytes(script), text)) {
                StateFile.replace(script, text);
            }
            return script;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
