package dev.cotton.scheduler.engine.local.system;

import java.io.IOException;
import java.io.InterruptedIOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;

/** Runs a short program of the system's to its end. */
public final class Command {
    /** What every program is started with, and nothing else of this process's environment. */
    public static final Map<String, String> ENVIRONMENT = Map.of(
            "PATH",
            "/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin",
            "LANG",
            "C.UTF-8",
            "LC_ALL",
            "C.UTF-8");

    private Command() {}

    /** @param output standard output and error, stripped */
    public record Outcome(int code, String output) {
        /** Whether the exit code is 0. */
        public boolean succeeded() {
            return code == 0;
        }
    }

    /** As {@link #run(Duration, List, String)}, without input. */
    public static Outcome run(Duration limit, List<String> command) throws IOException {
        return run(limit, command, "");
    }

    /**
     * @param input small: it is written before anything is read
     * @throws IOException when it cannot be started, or takes longer than {@code limit} and was killed
     */
    public static Outcome run(Duration limit, List<String> command, String input) throws IOException {
        ProcessBuilder builder = new ProcessBuilder(command).redirectErrorStream(true);
        builder.environment().clear();
        builder.environment().putAll(ENVIRONMENT);
        Process process = builder.start();
        Thread watchdog = Thread.ofVirtual().name("limit-" + command.getFirst()).start(() -> killAfter(limit, process));
        try (OutputStream stdin = process.getOutputStream()) {
            stdin.write(input.getBytes(StandardCharsets.UTF_8));
        } catch (IOException notRead) {
            // It ended without reading; its exit code and words say why.
        }
        try {
            String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8).strip();
            return new Outcome(process.waitFor(), output);
        } catch (InterruptedException stopped) {
            process.destroyForcibly();
            Thread.currentThread().interrupt();
            throw new InterruptedIOException("interrupted while " + command.getFirst() + " ran");
        } finally {
            watchdog.interrupt();
        }
    }

    private static void killAfter(Duration limit, Process process) {
        try {
            if (!process.waitFor(limit.toMillis(), TimeUnit.MILLISECONDS)) {
                process.destroyForcibly();
            }
        } catch (InterruptedException ended) {
            Thread.currentThread().interrupt();
        }
    }
}
