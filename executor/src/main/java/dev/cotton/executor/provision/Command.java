package dev.cotton.executor.provision;

import java.io.BufferedReader;
import java.io.File;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;

/**
 * An external program, run to its end with the C locale and without input.
 *
 * @param words the program and its arguments; no shell reads them
 * @param directory where it runs
 * @param limit after which it is killed with all that it started
 */
public record Command(List<String> words, Path directory, Duration limit) {
    private static final Duration LAST_LINES = Duration.ofSeconds(5);

    /**
     * @param lines of standard output and standard error, in the order in which they came
     */
    public record Outcome(int exitCode, List<String> lines) {
        public Outcome {
            lines = List.copyOf(lines);
        }

        public boolean succeeded() {
            return exitCode == 0;
        }

        public String output() {
            return String.join("\n", lines);
        }

        /** The last line that is not blank: what most programs give as the reason when they fail. */
        public String lastLine() {
            return lines.reversed().stream()
                    .filter(line -> !line.isBlank())
                    .findFirst()
                    .orElse("it said nothing");
        }
    }

    public Command {
        words = List.copyOf(words);
    }

    /** A command that does not care where it runs. */
    public static Command of(Duration limit, String... words) {
        return new Command(List.of(words), Path.of("/"), limit);
    }

    public Outcome run() throws IOException {
        return run(_ -> {});
    }

    /**
     * @param onLine told every line as it comes, on a thread of its own
     * @throws IOException when the program cannot be started, or was killed because it took longer than its limit or
     *     because the calling thread was interrupted (which it then still is)
     */
    public Outcome run(Consumer<String> onLine) throws IOException {
        ProcessBuilder builder = new ProcessBuilder(words)
                .directory(directory.toFile())
                .redirectErrorStream(true)
                .redirectInput(new File("/dev/null"));
        builder.environment().put("LC_ALL", "C");
        Process process = builder.start();
        List<String> lines = Collections.synchronizedList(new ArrayList<>());
        Thread reader = Thread.ofVirtual()
                .name("output of " + words.getFirst())
                .start(() -> read(process, line -> {
                    lines.add(line);
                    onLine.accept(line);
                }));
        try {
            if (!process.waitFor(limit.toMillis(), TimeUnit.MILLISECONDS)) {
                throw new IOException(words.getFirst() + " did not end within " + limit.toSeconds() + " s.");
            }
            reader.join(LAST_LINES);
            synchronized (lines) {
                return new Outcome(process.exitValue(), lines);
            }
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
            throw new IOException(words.getFirst() + " was stopped because the work was called off.", interrupted);
        } finally {
            process.descendants().forEach(ProcessHandle::destroyForcibly);
            process.destroyForcibly();
        }
    }

    private static void read(Process process, Consumer<String> onLine) {
        try (BufferedReader output = process.inputReader(StandardCharsets.UTF_8)) {
            output.lines().forEach(onLine);
        } catch (IOException | UncheckedIOException _) {
            // The process was killed; what it said until then is kept.
        }
    }
}
