package dev.cotton.executor.app;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class RehearsalTest {
    /** The build would go on without an archive of classes, and executors would start slowly. */
    @Test
    void anExecutorIsEnrolledAndStartsAndStopsItsMysqld(@TempDir Path folder) throws Exception {
        Path output = folder.resolve("output");
        Process rehearsal = new ProcessBuilder(List.of(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-cp",
                        System.getProperty("java.class.path"),
                        Rehearsal.class.getName(),
                        Files.createDirectory(folder.resolve("stage")).toString()))
                .redirectErrorStream(true)
                .redirectOutput(output.toFile())
                .start();
        assertThat(rehearsal.waitFor(2, TimeUnit.MINUTES)).isTrue();
        assertThat(rehearsal.exitValue()).as(() -> read(output)).isZero();
        assertThat(folder.resolve("stage/instance/run/exit"))
                .as("how its mysqld ended: by SIGKILL, because it answers nobody")
                .content()
                .endsWith(" 137\n");
    }

    private static String read(Path output) {
        try {
            return Files.readString(output);
        } catch (IOException unreadable) {
            return unreadable.toString();
        }
    }
}
