package dev.cotton.executor.app;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.cotton.core.mesos.AgentId;
import dev.cotton.core.mesos.Bytes;
import dev.cotton.core.mesos.TaskId;
import dev.cotton.core.mesos.TaskInfo;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Tasks that are none of Cotton's change nothing. */
final class MesosSandboxTest {
    private static final String TASK = """
            {"instance": "demo-0", "cluster": "demo", "resources": {"cpus": 1.0, "mem": "512mb", "disk": "2gb"},
             "ports": {"address": "127.0.0.1", "mysql": 1, "executor": 2, "health": 3, "admin": 4},
             "token": "c2VjcmV0", "volume": "%s", "mysql": {"from": "archive", "file": "%s", "sha256": "abc"}}""";

    @TempDir
    private Path folder;

    private void prepare(Optional<String> data) {
        new MesosSandbox(
                        folder,
                        Map.of("COTTON_SHARED_FOLDER", folder.resolve("shared").toString()))
                .prepare(new TaskInfo(
                        "cotton-demo-0",
                        new TaskId("cotton-demo-0"),
                        new AgentId("S0"),
                        List.of(),
                        Optional.empty(),
                        Optional.empty(),
                        data.map(Bytes::of),
                        Optional.empty(),
                        Optional.empty(),
                        Optional.empty(),
                        Optional.empty()));
    }

    private String[] entries() throws IOException {
        try (var all = Files.list(folder)) {
            return all.map(path -> path.getFileName().toString()).toArray(String[]::new);
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "no json", "{}", "null", "{\"token\": \"c2VjcmV0\", \"instance\": 7}"})
    void dataThatCannotBeUnderstoodAreNotQuoted(String data) throws IOException {
        assertThatThrownBy(() -> prepare(Optional.of(data)))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageStartingWith("data:")
                .hasMessageNotContaining("c2VjcmV0");
        assertThat(entries()).isEmpty();
    }

    @Test
    void aTaskWithoutDataIsRefused() {
        assertThatThrownBy(() -> prepare(Optional.empty()))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageStartingWith("data:");
    }

    @ParameterizedTest
    @ValueSource(strings = {"..", "../other", "/etc", "a/../../b", "", "."})
    void aVolumeIsInTheSandbox(String volume) throws IOException {
        assertThatThrownBy(() -> prepare(Optional.of(TASK.formatted(volume, "mysql.tar"))))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageStartingWith("volume:");
        assertThat(entries()).isEmpty();
    }

    @Test
    void anArchiveIsInTheSandbox() {
        assertThatThrownBy(() -> prepare(Optional.of(TASK.formatted("data", "../../mysql.tar"))))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageStartingWith("mysql.file:");
    }

    @Test
    void anArchiveNeedsItsHash() {
        assertThatThrownBy(() -> prepare(Optional.of(TASK.formatted("data", "mysql.tar"))))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("SHA-256");
    }
}
