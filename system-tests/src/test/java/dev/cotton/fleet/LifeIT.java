package dev.cotton.fleet;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import dev.cotton.fleet.Api.Reply;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.SortedMap;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.MethodOrderer;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.TestInstance.Lifecycle;
import org.junit.jupiter.api.TestMethodOrder;
import tools.jackson.databind.JsonNode;

/** Clusters of one, two and three instances go through their lives: the steps build on each other. */
@TestInstance(Lifecycle.PER_CLASS)
@TestMethodOrder(MethodOrderer.OrderAnnotation.class)
class LifeIT {
    private static final List<String> SIZES = List.of("one", "two", "three");
    private static final Map<String, String> LOSSLESS = Map.ofEntries(
            Map.entry("gtid_mode", "ON"),
            Map.entry("enforce_gtid_consistency", "ON"),
            Map.entry("binlog_format", "ROW"),
            Map.entry("log_replica_updates", "1"),
            Map.entry("sync_binlog", "1"),
            Map.entry("innodb_flush_log_at_trx_commit", "1"),
            Map.entry("relay_log_recovery", "0"),
            Map.entry("replica_preserve_commit_order", "1"),
            Map.entry("replica_parallel_workers", "16"),
            Map.entry("rpl_semi_sync_source_wait_point", "AFTER_SYNC"),
            Map.entry("rpl_semi_sync_source_timeout", "4294967295"),
            Map.entry("rpl_semi_sync_source_wait_no_replica", "1"),
            Map.entry("require_secure_transport", "1"),
            Map.entry("partial_revokes", "1"));

    private final Map<String, Orders> orders = new HashMap<>();
    private TestFleet fleet;

    @BeforeAll
    void createAllAtOnce() {
        fleet = TestFleet.started();
        SIZES.forEach(name -> fleet.api().create(name, instances(name)));
        SIZES.forEach(name -> fleet.awaitState(name, "healthy"));
    }

    @AfterAll
    void stop() throws Exception {
        fleet.close();
    }

    private static int instances(String cluster) {
        return SIZES.indexOf(cluster) + 1;
    }

    @Test
    @Order(1)
    void everyServerHasTheSettingsThatTheLosslessModeRestsOn() throws SQLException {
        for (String cluster : SIZES) {
            List<JsonNode> members = fleet.api().instances(cluster);
            assertThat(members).hasSize(instances(cluster));
            for (JsonNode instance : members) {
                assertSettings(cluster, instance, members.size() > 1);
            }
        }
    }

    private void assertSettings(String cluster, JsonNode instance, boolean acknowledged) throws SQLException {
        boolean primary = instance.path("role").asString().equals("primary");
        Map<String, String> wanted = new HashMap<>(LOSSLESS);
        wanted.put("super_read_only", primary ? "0" : "1");
        wanted.put("rpl_semi_sync_source_enabled", primary && acknowledged ? "1" : "0");
        wanted.put("rpl_semi_sync_replica_enabled", primary ? "0" : "1");
        wanted.put("rpl_semi_sync_source_wait_for_replica_count", "1");
        try (Connection connection = fleet.connect(cluster, instance)) {
            Map<String, String> found = new HashMap<>();
            for (String name : wanted.keySet()) {
                found.put(name, Orders.ask(connection, "SELECT @@GLOBAL." + name));
            }
            assertThat(found).as(instance.path("id").asString()).isEqualTo(wanted);
        }
    }

    @Test
    @Order(2)
    void aRowOfThePrimaryIsOnEveryMember() throws SQLException {
        for (String cluster : SIZES) {
            Orders table = Orders.in(fleet, cluster);
            table.insert(7);
            table.awaitEverywhere(1);
            orders.put(cluster, table);
        }
    }

    private record Refused(String method, String path, String body, int status, String code, String detail) {}

    private static final List<Refused> REFUSED = List.of(
            new Refused(
                    "POST",
                    "/api/v1/clusters",
                    "{\"name\": \"one\"}",
                    409,
                    "exists",
                    "A cluster named one exists; nothing was changed."),
            new Refused(
                    "POST",
                    "/api/v1/clusters",
                    "{\"name\": \"x\", \"size\": {\"cpus\": 1000}}",
                    400,
                    "does-not-fit",
                    ""),
            new Refused(
                    "POST",
                    "/api/v1/clusters",
                    "{\"name\": \"x\", \"size\": {\"mem\": \"100tb\"}}",
                    400,
                    "does-not-fit",
                    ""),
            new Refused(
                    "POST",
                    "/api/v1/clusters",
                    "{\"name\": \"x\", \"size\": {\"disk\": \"9000tb\"}}",
                    400,
                    "does-not-fit",
                    ""),
            new Refused("POST", "/api/v1/clusters", "{\"name\": \"x\", \"instances\": 10}", 400, "invalid", ""),
            new Refused("DELETE", "/api/v1/clusters/nobody", "", 404, "not-found", "There is no cluster named nobody."),
            new Refused("DELETE", "/api/v1/bin/one", "", 404, "not-found", "There is no cluster named one in the bin."),
            new Refused(
                    "POST",
                    "/api/v1/clusters/one/restore",
                    "",
                    404,
                    "not-found",
                    "There is no cluster named one in the bin."),
            new Refused(
                    "POST",
                    "/api/v1/clusters/one/start",
                    "",
                    409,
                    "conflict",
                    "one is not stopped. Nothing was changed."),
            new Refused(
                    "POST", "/api/v1/clusters/nobody/stop", "", 404, "not-found", "There is no cluster named nobody."));

    @Test
    @Order(3)
    void whatIsRefusedChangesNothingInZooKeeper() throws Exception {
        try (ZooKeeperClient zooKeeper = new ZooKeeperClient(fleet.zkServers())) {
            SortedMap<String, String> before = zooKeeper.tree("/cotton");
            for (Refused call : REFUSED) {
                Reply reply = fleet.api().call(call.method(), call.path(), call.body());
                assertThat(reply.status()).as("%s: %s", call, reply).isEqualTo(call.status());
                assertThat(reply.json().path("code").asString()).as("%s", call).isEqualTo(call.code());
                assertThat(reply.json().path("detail").asString()).isNotEmpty().contains(call.detail());
            }
            Curl.Answer wrong =
                    Curl.call("-X", "DELETE", fleet.scheduler().url() + "/clusters/one", "--form", "password=wrong");
            assertThat(wrong)
                    .isEqualTo(new Curl.Answer(403, "That is not the password of one; nothing was changed.\n"));
            assertThat(zooKeeper.tree("/cotton")).isEqualTo(before);
        }
    }

    @Test
    @Order(4)
    void stoppedDatabasesStartAgainWithTheirData() throws SQLException {
        long pid = fleet.api().pid("one", "one-0");
        fleet.api().post("/api/v1/clusters/one/stop");
        fleet.awaitState("one", "stopped");
        await().atMost(TestFleet.LONG).until(() -> !Processes.alive(pid));
        fleet.api().post("/api/v1/clusters/one/start");
        fleet.awaitState("one", "healthy");
        assertThat(orders("one").countOnPrimary()).isEqualTo(1);
    }

    @Test
    @Order(5)
    void aNameCanBeUsedAgainWhileItsFormerClusterIsInTheBin() {
        fleet.api().delete("one", false);
        fleet.awaitState("one", "absent");
        fleet.api().create("one", 1);
        fleet.awaitState("one", "healthy");
        assertThat(fleet.api().primary("one").path("id").asString()).isEqualTo("one-1");
        assertThatThrownBy(() -> orders("one").countOnPrimary())
                .isInstanceOf(SQLException.class)
                .hasMessageContaining("shop");
    }

    @Test
    @Order(6)
    void aDeletedClusterComesBackFromTheBinWithItsData() throws SQLException {
        List<Long> servers = List.copyOf(fleet.api().pids("two").values());
        fleet.api().delete("two", false);
        fleet.awaitState("two", "absent");
        await().atMost(TestFleet.LONG).until(() -> Files.exists(bin("two-0")) && Files.exists(bin("two-1")));
        assertThat(servers).hasSize(2).noneMatch(Processes::alive);
        assertThat(running("two-0")).doesNotExist();
        fleet.api().post("/api/v1/clusters/two/restore");
        fleet.awaitState("two", "healthy");
        orders("two").awaitEverywhere(1);
        orders("two").insert(8);
        orders("two").awaitEverywhere(2);
    }

    @Test
    @Order(7)
    void whatIsPurgedIsGone() {
        fleet.api().delete("two", true);
        fleet.awaitState("two", "absent");
        await().atMost(TestFleet.LONG).untilAsserted(() -> {
            assertThat(List.of(running("two-0"), running("two-1"))).noneMatch(Files::exists);
            assertThat(List.of(bin("two-0"), bin("two-1"))).noneMatch(Files::exists);
        });
        Reply restored = fleet.api().call("POST", "/api/v1/clusters/two/restore", "");
        assertThat(restored.status()).isEqualTo(404);
    }

    private Orders orders(String cluster) {
        return Objects.requireNonNull(orders.get(cluster), "an earlier step failed");
    }

    private Path running(String instance) {
        return fleet.data().resolve("instances").resolve(instance);
    }

    private Path bin(String instance) {
        return fleet.data().resolve("bin").resolve(instance);
    }
}
