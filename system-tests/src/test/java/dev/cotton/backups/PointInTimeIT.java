package dev.cotton.backups;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.cotton.core.model.GtidSet;
import dev.cotton.core.wire.InstanceFolder;
import dev.cotton.executors.Binlogs;
import dev.cotton.fleet.Api;
import dev.cotton.fleet.TestFleet;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;

/** What was committed after a backup comes back too, up to any transaction, whatever became of the servers meanwhile. */
class PointInTimeIT {
    private static final Duration LONG = Duration.ofMinutes(3);
    private static final Duration PROMISED_LAG = Duration.ofSeconds(5);

    private DemoShop shop;
    private TestFleet fleet;

    @BeforeEach
    void createACluster() throws Exception {
        shop = new DemoShop(3);
        fleet = shop.fleet();
    }

    @AfterEach
    void stop() throws Exception {
        shop.close();
    }

    private JsonNode archive() {
        return shop.standing().path("archive");
    }

    /** Until all that is committed now can be restored. */
    private void awaitArchived() {
        Instant now = Instant.now();
        await().atMost(LONG)
                .ignoreExceptions()
                .until(() ->
                        Instant.parse(archive().path("complete").asString()).isAfter(now));
    }

    private String primary() {
        return shop.api().primary("demo").path("id").asString();
    }

    private List<Path> logs(String instance) throws IOException {
        try (Stream<Path> all = Files.list(fleet.data().resolve("instances/" + instance + "/data/binlog"))) {
            return all.filter(path -> path.getFileName().toString().matches("binlog\\.[0-9]+"))
                    .sorted()
                    .toList();
        }
    }

    private void loseThePrimary() {
        String former = primary();
        ProcessHandle.of(fleet.process(former, InstanceFolder.MYSQLD_PROCESS).pid())
                .orElseThrow()
                .destroyForcibly();
        await().atMost(LONG).ignoreExceptions().until(() -> !primary().equals(former));
        fleet.awaitState("demo", "healthy");
    }

    private Api.Reply create(String name, String point) {
        return shop.api()
                .call(
                        "POST",
                        "/api/v1/clusters",
                        "{\"name\":\"" + name + "\",\"instances\":1,\"from\":{\"cluster\":\"demo\"," + point + "}}");
    }

    private int rowsOf(String name, String point) throws Exception {
        Api.Reply reply = create(name, point);
        assertThat(reply.status()).as(reply.text()).isEqualTo(202);
        fleet.awaitState(name, "healthy");
        return shop.rows(name);
    }

    @Test
    void aDroppedTableComesBackFromBeforeItWasDroppedAndFromAfterThat() throws Exception {
        assertThat(create("none", "\"toTime\":\"latest\"").status()).isEqualTo(404);
        shop.proven();
        awaitArchived();
        shop.execute("INSERT INTO shop.orders (text) VALUES ('four')");
        Instant four = Instant.now();
        loseThePrimary();
        shop.execute("INSERT INTO shop.orders (text) VALUES ('five')");
        fleet.scheduler().kill();
        fleet.start();
        shop.execute("DROP TABLE shop.orders", "CREATE TABLE shop.after (id INT)");
        GtidSet drop = Binlogs.find(logs(primary()), "DROP TABLE `shop`.`orders`");
        awaitArchived();
        assertThat(Duration.parse(archive().path("lag").asString())).isLessThan(PROMISED_LAG);

        assertThat(rowsOf("earlier", "\"toTime\":\"" + four + "\"")).isEqualTo(4);
        assertThat(rowsOf("before", "\"beforeGtid\":\"" + drop + "\"")).isEqualTo(5);
        Api.Reply beyond = create("beyond", "\"toTime\":\"" + Instant.now().plusSeconds(3600) + "\"");
        assertThat(beyond.status()).isEqualTo(409);
        assertThat(beyond.text()).contains("from.toTime", "The archive reaches until", "Nothing was changed");

        loseThePrimary();
        awaitArchived();
        String uid = shop.api().get(DemoShop.DEMO).path("uid").asString();
        shop.api().post(DemoShop.DEMO + "/replace", "{\"from\":{\"skipGtid\":\"" + drop + "\"}}");
        await().atMost(LONG)
                .ignoreExceptions()
                .until(() ->
                        !shop.api().get(DemoShop.DEMO).path("uid").asString().equals(uid));
        fleet.awaitState("demo", "healthy");
        assertThat(shop.rows("demo")).isEqualTo(5);
        shop.execute("INSERT INTO shop.after VALUES (1)", "INSERT INTO shop.orders (text) VALUES ('six')");
    }
}
