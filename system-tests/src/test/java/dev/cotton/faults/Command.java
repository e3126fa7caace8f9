package dev.cotton.faults;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.concurrent.TimeUnit;

/** Short commands of this machine. */
final class Command {
    private static final int LIMIT_SECONDS = 30;

    private Command() {}

    /**
     * Runs words that hold no spaces, and gives what they say.
     *
     * @throws IllegalStateException when the command fails
     */
    static String run(String words) {
        Outcome outcome = outcome(words);
        if (outcome.code() != 0) {
            throw new IllegalStateException("'" + words + "' says: " + outcome.said());
        }
        return outcome.said();
    }

    /** Runs words that hold no spaces, in vain if need be. */
    static boolean tryTo(String words) {
        return outcome(words).code() == 0;
    }

    private record Outcome(int code, String said) {}

    private static Outcome outcome(String words) {
        try {
            Process process = new ProcessBuilder(List.of(words.split(" ")))
                    .redirectErrorStream(true)
                    .start();
            process.getOutputStream().close();
            String said = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8).strip();
            if (!process.waitFor(LIMIT_SECONDS, TimeUnit.SECONDS)) {
                process.destroyForcibly();
                throw new IllegalStateException("'" + words + "' does not end.");
            }
            return new Outcome(process.exitValue(), said);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
    }
}
