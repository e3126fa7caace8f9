package dev.cotton.scheduler.rest;

import static org.assertj.core.api.Assertions.assertThat;

import dev.cotton.scheduler.rest.RestSettings.Access;
import dev.cotton.scheduler.rest.resource.ApiJson;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;

/** What is written down about changes. */
final class AuditTest {
    private static final String TOKEN = "0123456789abcdef0123456789abcdef";

    @TempDir
    private Path folder;

    @Test
    void appendsWhoAskedForWhatAndWhatCameOfIt() throws IOException {
        Path file = folder.resolve("audit.log");
        try (RunningServer server = new RunningServer(settings(file, Optional.empty()))) {
            server.postJson("/api/v1/clusters", "{\"name\":\"demo\",\"password\":\"very-secret\"}");
            server.delete("/api/v1/clusters/demo?purge=true");
            server.form("DELETE", "/cluster/demo", "password=wrong-secret");
            server.get("/api/v1/clusters");
            server.post("/api/v1/clusters/absent/stop");
        }

        List<JsonNode> entries = entries(file);
        assertThat(entries)
                .extracting(entry -> entry.path("method").asString() + " "
                        + entry.path("path").asString() + " "
                        + entry.path("status").asInt() + " "
                        + entry.path("outcome").asString())
                .containsExactly(
                        "POST /api/v1/clusters 202 create of demo, operation op-demo-create",
                        "DELETE /api/v1/clusters/demo?purge=true 202 purge of demo, operation op-demo-purge",
                        "DELETE /cluster/demo 403 forbidden: That is not the password of demo.",
                        "POST /api/v1/clusters/absent/stop 404 not-found: There is no cluster named absent.");
        assertThat(entries).allSatisfy(entry -> {
            assertThat(entry.path("remote").asString()).isEqualTo("127.0.0.1");
            assertThat(entry.path("token").asString()).isEqualTo("none");
            assertThat(Instant.parse(entry.path("at").asString())).isBeforeOrEqualTo(Instant.now());
        });
        assertThat(Files.readString(file)).doesNotContain("very-secret", "wrong-secret");
        assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(file)))
                .isEqualTo("rw-------");
    }

    @Test
    void namesTheTokenByItsDigestAndLeavesStrangersOut() throws IOException {
        Path file = folder.resolve("audit.log");
        Path tokens = Files.writeString(folder.resolve("tokens"), TOKEN);
        Files.setPosixFilePermissions(tokens, PosixFilePermissions.fromString("rw-------"));
        try (RunningServer server = new RunningServer(settings(file, Optional.of(tokens)))) {
            server.post("/api/v1/clusters/demo/stop");
            server.send(server.to("/api/v1/clusters/demo").DELETE().header("Authorization", "Bearer " + TOKEN));
        }

        List<JsonNode> entries = entries(file);
        assertThat(entries).hasSize(1);
        assertThat(entries.getFirst().path("method").asString()).isEqualTo("DELETE");
        assertThat(entries.getFirst().path("token").asString()).matches("[0-9a-f]{8}");
        assertThat(Files.readString(file)).doesNotContain(TOKEN);
    }

    @Test
    void keepsOneEntryOnOneLine() throws IOException {
        Path file = folder.resolve("audit.log");
        try (RunningServer server = new RunningServer(settings(file, Optional.empty()))) {
            server.delete("/api/v1/clusters/a%0d%0aforged");
        }

        assertThat(Files.readAllLines(file)).hasSize(1);
    }

    private static RestSettings settings(Path audit, Optional<Path> tokens) {
        return new RestSettings(
                "127.0.0.1", 0, Optional.empty(), new Access(tokens, Optional.empty(), false), Optional.of(audit));
    }

    private static List<JsonNode> entries(Path file) throws IOException {
        return Files.readAllLines(file).stream()
                .map(line -> ApiJson.mapper().readTree(line))
                .toList();
    }
}
