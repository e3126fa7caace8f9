package dev.cotton.faults;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeUnit;

/** What the threads of an executor wait for, virtual ones too: for the story of a test that failed. */
final class ExecutorThreads {
    private static final int LIMIT_SECONDS = 20;

    private final long pid;

    /** Opens the way into the process now: later its disk may hang. */
    ExecutorThreads(long pid) {
        this.pid = pid;
        ask("VM.version");
    }

    String story() {
        try {
            Path file = Path.of(System.getProperty("java.io.tmpdir"), "cotton-threads-" + pid + ".txt");
            String said = ask("Thread.dump_to_file", "-overwrite", file.toString());
            String threads = Files.exists(file) ? Files.readString(file) : "";
            Files.deleteIfExists(file);
            return said + threads;
        } catch (IOException e) {
            return "The threads of the executor are not known: " + e.getMessage();
        }
    }

    private String ask(String... question) {
        try {
            Path tool = Path.of(System.getProperty("java.home"), "bin", "jcmd");
            Process asking = new ProcessBuilder(
                            List.of(tool.toString(), Long.toString(pid), String.join(" ", question)))
                    .redirectErrorStream(true)
                    .start();
            if (!asking.waitFor(LIMIT_SECONDS, TimeUnit.SECONDS)) {
                asking.destroyForcibly();
                return "The executor " + pid + " does not say what its threads do.";
            }
            return new String(asking.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException e) {
            return "The executor cannot be asked: " + e.getMessage();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return "";
        }
    }
}
