package dev.cotton.backups;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.cotton.core.wire.InstanceFolder;
import dev.cotton.fleet.Api;
import dev.cotton.fleet.TestFleet;
import java.time.Duration;
import java.time.Instant;
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

    /** As somebody finds it who wants it undone. */
    private String dropped() {
        return shop.api()
                .get(DemoShop.DEMO + "/schema-changes?minutes=10")
                .path("changes")
                .valueStream()
                .filter(change -> change.path("statement").asString().startsWith("DROP TABLE"))
                .map(change -> change.path("gtid").asString())
                .findFirst()
                .orElseThrow();
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
        fleet.awaitState("demo", "healthy");
        shop.execute("DROP TABLE shop.orders", "CREATE TABLE shop.after (id INT)");
        String drop = dropped();
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
