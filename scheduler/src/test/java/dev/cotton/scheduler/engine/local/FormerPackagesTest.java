package dev.cotton.scheduler.engine.local;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class FormerPackagesTest {
    @TempDir
    private Path packages = Path.of("");

    private Path copy(String name) throws IOException {
        Path lib = Files.createDirectories(packages.resolve(name).resolve("lib"));
        Files.writeString(lib.resolve("executor.jar"), "");
        return packages.resolve(name);
    }

    @Test
    void removesWhatNothingRunsFrom() throws IOException, InterruptedException {
        Path current = copy("executor-former-packages-test-3");
        Path used = copy("executor-former-packages-test-2");
        copy("executor-former-packages-test-1");
        copy(".removed-executor-former-packages-test-0");
        copy(".new-4711");

        Process executor =
                new ProcessBuilder("/bin/sh", "-c", "read -r end", "java", "-cp", used + "/lib/executor.jar").start();
        try {
            FormerPackages.remove(current);
            assertThat(names())
                    .containsExactly(".new-4711", "executor-former-packages-test-2", "executor-former-packages-test-3");
            assertThat(used.resolve("lib/executor.jar")).exists();
        } finally {
            executor.destroyForcibly();
            executor.waitFor();
        }

        FormerPackages.remove(current);
        assertThat(names()).containsExactly(".new-4711", "executor-former-packages-test-3");
    }

    private List<String> names() throws IOException {
        try (var all = Files.list(packages)) {
            return all.map(path -> path.getFileName().toString()).sorted().toList();
        }
    }
}
