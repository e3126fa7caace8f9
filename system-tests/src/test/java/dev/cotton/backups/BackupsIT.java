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
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;

/** Backups that schedulers have made, and proven: what becomes of them when things go wrong, and clusters made from them. */
class BackupsIT {
    private static final String DEMO = "/api/v1/clusters/demo";
    private static final Duration LONG = Duration.ofMinutes(3);

    private TestFleet fleet;

    @BeforeEach
    void createACluster() throws Exception {
        fleet = TestFleet.started();
        fleet.create("demo", 2);
        execute(
                "CREATE DATABASE shop",
                "CREATE TABLE shop.orders (id INT AUTO_INCREMENT PRIMARY KEY, text VARCHAR(100))",
                "INSERT INTO shop.orders (text) VALUES ('one'), ('two'), ('three')");
    }

    @AfterEach
    void stop() throws Exception {
        fleet.close();
    }

    private Api api() {
        return fleet.api();
    }

    private void execute(String... statements) throws SQLException {
        try (Connection connection = fleet.connect("demo", api().primary("demo"));
                Statement statement = connection.createStatement()) {
            for (String each : statements) {
                statement.execute(each);
            }
        }
    }

    private int rows(String cluster) throws SQLException {
        try (Connection connection = fleet.connect(cluster, api().primary(cluster));
                Statement statement = connection.createStatement();
                ResultSet result = statement.executeQuery("SELECT COUNT(*) FROM shop.orders")) {
            result.next();
            return result.getInt(1);
        }
    }

    private String begun() {
        return api().call("POST", DEMO + "/backups", "").json().path("id").asString();
    }

    private List<JsonNode> backups() {
        return api().get("/api/v1/backups").path("backups").valueStream().toList();
    }

    private JsonNode standing() {
        return api().get(DEMO).path("backups");
    }

    private String step() {
        return standing().path("running").path("step").asString("none");
    }

    private void awaitIdle() {
        await().atMost(LONG).ignoreExceptions().until(() -> step().equals("none"));
    }

    private JsonNode proven() {
        begun();
        await().atMost(LONG)
                .ignoreExceptions()
                .until(() -> standing().path("lastProven").has("id"));
        awaitIdle();
        return standing().path("lastProven");
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
        JsonNode backup = proven();

        assertThat(backup.path("proof").path("tables").asInt()).isEqualTo(1);
        assertThat(api().get(DEMO).path("state").asString()).isEqualTo("healthy");
        awaitNoProofServer();
        execute("INSERT INTO shop.orders (text) VALUES ('four')");

        api().post("/api/v1/clusters", "{\"name\":\"copy\",\"instances\":2,\"from\":{\"cluster\":\"demo\"}}");
        fleet.awaitState("copy", "healthy");
        assertThat(rows("copy")).isEqualTo(3);

        String uid = api().get(DEMO).path("uid").asString();
        api().post(
                        DEMO + "/replace",
                        "{\"from\":{\"backup\":\"" + backup.path("id").asString() + "\"}}");
        await().atMost(LONG)
                .ignoreExceptions()
                .until(() -> !api().get(DEMO).path("uid").asString().equals(uid));
        fleet.awaitState("demo", "healthy");
        assertThat(rows("demo")).isEqualTo(3);
        assertThat(api().get("/api/v1/bin").path("clusters").path(0).path("uid").asString())
                .isEqualTo(uid);
    }

    @Test
    void whatIsDamagedInTheStoreIsRefuted() throws Exception {
        JsonNode backup = proven();
        Path data;
        try (Stream<Path> all = Files.walk(fleet.backups())) {
            data = all.filter(path -> path.endsWith("data.tar.zst.enc"))
                    .findFirst()
                    .orElseThrow();
        }
        byte[] content = Files.readAllBytes(data);
        content[content.length / 2] ^= 1;
        Files.write(data, content, StandardOpenOption.TRUNCATE_EXISTING);

        api().post("/api/v1/backups/" + backup.path("id").asString() + "/verify", "");

        await().atMost(LONG)
                .ignoreExceptions()
                .until(() -> backups().getFirst().path("state").asString().equals("refuted"));
        assertThat(backups().getFirst().path("proof").path("why").asString()).contains("damaged");
        awaitIdle();
        awaitNoProofServer();
        Api.Reply refused =
                api().call("POST", "/api/v1/clusters", "{\"name\":\"copy\",\"from\":{\"cluster\":\"demo\"}}");
        assertThat(refused.status()).isEqualTo(404);
        assertThat(refused.text()).contains("no proven backup of demo");
        assertThat(api().state("demo")).isEqualTo("healthy");
    }

    @Test
    void anotherSchedulerGoesOnWithABackupAndItsProof() {
        begun();
        await().atMost(LONG).ignoreExceptions().until(() -> step().equals("copying"));
        fleet.scheduler().kill();
        fleet.start();
        await().atMost(LONG).ignoreExceptions().until(() -> step().equals("restoring"));
        fleet.scheduler().kill();
        fleet.start();

        await().atMost(LONG)
                .ignoreExceptions()
                .until(() -> standing().path("lastProven").has("id"));
        awaitIdle();
        awaitNoProofServer();
        assertThat(backups()).hasSize(1);
    }
}
