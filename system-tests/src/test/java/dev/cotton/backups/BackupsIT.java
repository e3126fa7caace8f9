package dev.cotton.backups;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.cotton.fleet.Api;
import dev.cotton.fleet.TestFleet;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Duration;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;

/** Backups that schedulers have made, and proven: what becomes of them when things go wrong, and clusters made from them. */
class BackupsIT {
    private static final Duration LONG = Duration.ofMinutes(3);

    private DemoShop shop;
    private TestFleet fleet;

    @BeforeEach
    void createACluster() throws Exception {
        shop = new DemoShop(2);
        fleet = shop.fleet();
    }

    @AfterEach
    void stop() throws Exception {
        shop.close();
    }

    private String begun() {
        return shop.api()
                .call("POST", DemoShop.DEMO + "/backups", "")
                .json()
                .path("id")
                .asString();
    }

    private List<JsonNode> backups() {
        return shop.api().get("/api/v1/backups").path("backups").valueStream().toList();
    }

    private void awaitNoProofServer() {
        await().atMost(LONG).until(() -> instances().stream().noneMatch(name -> name.startsWith("proof.")));
    }

    private List<String> instances() {
        try (Stream<Path> all = Files.list(fleet.data().resolve("instances"))) {
            return all.map(path -> path.getFileName().toString()).toList();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Test
    void aBackupIsProvenAndClustersAreMadeFromIt() throws Exception {
        JsonNode backup = shop.proven();

        assertThat(backup.path("proof").path("tables").asInt()).isEqualTo(1);
        assertThat(shop.api().get(DemoShop.DEMO).path("state").asString()).isEqualTo("healthy");
        awaitNoProofServer();
        shop.execute("INSERT INTO shop.orders (text) VALUES ('four')");

        shop.api().post("/api/v1/clusters", "{\"name\":\"copy\",\"instances\":2,\"from\":{\"cluster\":\"demo\"}}");
        fleet.awaitState("copy", "healthy");
        assertThat(shop.rows("copy")).isEqualTo(3);

        String uid = shop.api().get(DemoShop.DEMO).path("uid").asString();
        shop.api()
                .post(
                        DemoShop.DEMO + "/replace",
                        "{\"from\":{\"backup\":\"" + backup.path("id").asString() + "\"}}");
        await().atMost(LONG)
                .ignoreExceptions()
                .until(() ->
                        !shop.api().get(DemoShop.DEMO).path("uid").asString().equals(uid));
        fleet.awaitState("demo", "healthy");
        assertThat(shop.rows("demo")).isEqualTo(3);
        assertThat(shop.api()
                        .get("/api/v1/bin")
                        .path("clusters")
                        .path(0)
                        .path("uid")
                        .asString())
                .isEqualTo(uid);
    }

    @Test
    void whatIsDamagedInTheStoreIsRefuted() throws Exception {
        JsonNode backup = shop.proven();
        Path data;
        try (Stream<Path> all = Files.walk(fleet.backups())) {
            data = all.filter(path -> path.endsWith("data.tar.zst.enc"))
                    .findFirst()
                    .orElseThrow();
        }
        byte[] content = Files.readAllBytes(data);
        content[content.length / 2] ^= 1;
        Files.write(data, content, StandardOpenOption.TRUNCATE_EXISTING);

        shop.api().post("/api/v1/backups/" + backup.path("id").asString() + "/verify", "");

        await().atMost(LONG)
                .ignoreExceptions()
                .until(() -> backups().getFirst().path("state").asString().equals("refuted"));
        assertThat(backups().getFirst().path("proof").path("why").asString()).contains("damaged");
        shop.awaitIdle();
        awaitNoProofServer();
        Api.Reply refused =
                shop.api().call("POST", "/api/v1/clusters", "{\"name\":\"copy\",\"from\":{\"cluster\":\"demo\"}}");
        assertThat(refused.status()).isEqualTo(404);
        assertThat(refused.text()).contains("no proven backup of demo");
        assertThat(shop.api().state("demo")).isEqualTo("healthy");
    }

    @Test
    void anotherSchedulerGoesOnWithABackupAndItsProof() {
        begun();
        await().atMost(LONG).ignoreExceptions().until(() -> shop.step().equals("copying"));
        fleet.scheduler().kill();
        fleet.start();
        await().atMost(LONG).ignoreExceptions().until(() -> shop.step().equals("restoring"));
        fleet.scheduler().kill();
        fleet.start();

        await().atMost(LONG)
                .ignoreExceptions()
                .until(() -> shop.standing().path("lastProven").has("id"));
        shop.awaitIdle();
        awaitNoProofServer();
        assertThat(backups()).hasSize(1);
    }
}
