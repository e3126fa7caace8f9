package dev.cotton.cli.machine;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Path;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The lock against another process of the same program. */
final class LockTest {
    @Test
    void noOtherProcessGetsTheLockUntilItIsClosed(@TempDir Path parent) throws IOException, InterruptedException {
        DataFolder folder = new DataFolder(parent.resolve("data")).create();

        DataFolder.Held held = folder.lock().orElseThrow();
        assertThat(anotherProcessGetsIt(folder)).isFalse();

        held.close();
        assertThat(anotherProcessGetsIt(folder)).isTrue();
    }

    private static boolean anotherProcessGetsIt(DataFolder folder) throws IOException, InterruptedException {
        Process process = new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-cp",
                        System.getProperty("java.class.path"),
                        TakesTheLock.class.getName(),
                        folder.path().toString())
                .inheritIO()
                .start();
        assertThat(process.waitFor(30, TimeUnit.SECONDS)).isTrue();
        return process.exitValue() == 0;
    }

    /** Exits with 0 when it gets the lock on the folder that it is given, else with 1. */
    static final class TakesTheLock {
        private TakesTheLock() {}

        public static void main(String[] arguments) {
            System.exit(new DataFolder(Path.of(arguments[0])).lock().isPresent() ? 0 : 1);
        }
    }
}
