package dev.cotton.cli.lab;

import dev.cotton.cli.ExitCode;
import dev.cotton.cli.Failure;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

/** Short commands of this machine. */
final class Command {
    private static final int LIMIT_SECONDS = 30;

    private Command() {}

    /**
     * Runs a command and gives what it says.
     *
     * @param words with spaces between them
     * @param more words that may hold spaces
     * @throws Failure when the command fails, with what it says
     */
    static String run(String words, Object... more) {
        List<String> command = command(words, more);
        Outcome outcome = outcome(command);
        if (outcome.code() != 0) {
            throw new Failure(ExitCode.FAILED, "'" + String.join(" ", command) + "' says: " + outcome.said());
        }
        return outcome.said();
    }

    /** Runs a command, in vain if need be. */
    static boolean tryTo(String words, Object... more) {
        return outcome(command(words, more)).code() == 0;
    }

    private static List<String> command(String words, Object... more) {
        return Stream.concat(Stream.of(words.split(" ")), Stream.of(more).map(Object::toString))
                .toList();
    }

    private record Outcome(int code, String said) {}

    private static Outcome outcome(List<String> words) {
        try {
            Process process =
                    new ProcessBuilder(words).redirectErrorStream(true).start();
            process.getOutputStream().close();
            CompletableFuture<String> said =
                    CompletableFuture.supplyAsync(() -> read(process), Thread::startVirtualThread);
            if (!process.waitFor(LIMIT_SECONDS, TimeUnit.SECONDS)) {
                process.destroyForcibly();
                throw new Failure(
                        ExitCode.TIMEOUT,
                        "'" + String.join(" ", words) + "' did not end within " + LIMIT_SECONDS + " s.");
            }
            return new Outcome(process.exitValue(), said.join());
        } catch (IOException e) {
            return new Outcome(1, String.valueOf(e.getMessage()));
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new Failure(ExitCode.INTERRUPTED, "Interrupted.", e);
        }
    }

    private static String read(Process process) {
        try {
            return new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8).strip();
        } catch (IOException ended) {
            return "";
        }
    }
}
