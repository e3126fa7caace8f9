package dev.cotton.scheduler.rest;

import static org.assertj.core.api.Assertions.assertThat;

import dev.cotton.scheduler.rest.resource.ApiJson;
import java.net.http.HttpResponse;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;

/** Backups over REST. */
final class BackupRoutesTest {
    private final RunningServer server = new RunningServer();

    @BeforeEach
    void begin() {
        server.fleet.live.add(Samples.healthy("demo"));
    }

    @AfterEach
    void close() {
        server.close();
    }

    private static JsonNode json(HttpResponse<String> answer) {
        return ApiJson.mapper().readTree(answer.body());
    }

    @Test
    void aClusterSaysWhatItCouldBeRestoredFrom() {
        JsonNode backups = json(server.get("/api/v1/clusters/demo")).path("backups");

        assertThat(backups.path("lastProven").path("id").asString()).isEqualTo(FakeBackups.ID);
        assertThat(backups.path("lastProven").path("proof").path("restoring").asString())
                .isEqualTo("PT9.5S");
        assertThat(backups.path("running").path("step").asString()).isEqualTo("copying");
        assertThat(backups.path("failures").size()).isEqualTo(1);
    }

    @Test
    void listsWhatIsInTheStore() {
        JsonNode all = json(server.get("/api/v1/backups"));
        assertThat(all.path("backups").size()).isEqualTo(1);
        assertThat(all.path("backups").path(0).path("state").asString()).isEqualTo("proven");
        assertThat(all.path("trouble").asString()).isEqualTo("The store does not answer.");
        assertThat(json(server.get("/api/v1/clusters/other/backups"))
                        .path("backups")
                        .size())
                .isZero();
        assertThat(server.get("/api/v1/backups").body()).doesNotContain("sealed-key", "sealed-secrets");
    }

    @Test
    void aClusterHasAPolicyOfItsOwn() {
        HttpResponse<String> answer =
                server.putJson("/api/v1/clusters/demo/backup-policy", "{\"schedule\":\"0 * * * *\",\"keep\":3}");
        assertThat(answer.statusCode()).isEqualTo(200);
        JsonNode policy =
                json(server.get("/api/v1/clusters/demo")).path("backups").path("policy");
        assertThat(policy.path("schedule").asString()).isEqualTo("0 * * * *");
        assertThat(policy.path("keep").asInt()).isEqualTo(3);
        assertThat(policy.has("keepDaily")).isFalse();
    }

    @Test
    void beginsAndProvesAgain() {
        assertThat(server.postJson("/api/v1/clusters/demo/backups", "").statusCode())
                .isEqualTo(202);
        assertThat(server.postJson("/api/v1/backups/" + FakeBackups.ID + "/verify", "")
                        .statusCode())
                .isEqualTo(202);
        assertThat(server.backups.calls).containsExactly("begin demo", "prove " + FakeBackups.ID);
    }

    @Test
    void measuresWhatAnAlertNeeds() {
        assertThat(server.get("/metrics").body())
                .contains("cotton_backup_restore_seconds{cluster=\"demo\"} 9.5")
                .contains("cotton_backup_proven_age_seconds{cluster=\"demo\"}")
                .contains("cotton_backup_failures{cluster=\"demo\"} 1.0")
                .contains("cotton_backup_store_up 0.0");
    }

    @Test
    void showsOne() {
        assertThat(json(server.get("/api/v1/backups/" + FakeBackups.ID))
                        .path("stored")
                        .asString())
                .isEqualTo("8mb");
        assertThat(server.get("/api/v1/backups/other").statusCode()).isEqualTo(404);
    }
}
