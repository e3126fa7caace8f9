package dev.cotton.scheduler.rest;

import static dev.cotton.scheduler.rest.RunningServer.json;
import static org.assertj.core.api.Assertions.assertThat;

import dev.cotton.core.model.ClusterName;
import dev.cotton.core.model.ClusterSpec;
import dev.cotton.core.model.DataSize;
import dev.cotton.core.model.Durability;
import dev.cotton.core.model.PlacementSpec;
import dev.cotton.core.model.Resources;
import dev.cotton.scheduler.fleet.Fleet.Creation;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import tools.jackson.databind.JsonNode;

/** Clusters under {@code /api/v1}. */
final class ClusterRoutesTest {
    private final RunningServer server = new RunningServer();

    @AfterEach
    void close() {
        server.close();
    }

    @Test
    void createsWithDefaultsFromNothingButAName() {
        HttpResponse<String> answer = server.postJson("/api/v1/clusters", "{\"name\":\"demo\"}");

        assertThat(answer.statusCode()).isEqualTo(202);
        assertThat(answer.headers().firstValue("Location")).contains("/api/v1/operations/op-demo-create");
        assertThat(json(answer).path("id").asString()).isEqualTo("op-demo-create");
        assertThat(json(answer).path("cluster").asString()).isEqualTo("demo");
        assertThat(json(answer).path("kind").asString()).isEqualTo("create");
        assertThat(json(answer).path("progress").asDouble()).isEqualTo(0.5);
        assertThat(server.fleet.creations)
                .containsExactly(new Creation(
                        new ClusterName("demo"),
                        new ClusterSpec(
                                3, Resources.ORDINARY, Durability.LOSSLESS, "app", Map.of(), PlacementSpec.ORDINARY),
                        Optional.empty(),
                        Optional.empty()));
    }

    @Test
    void createsWhatWasAskedForAndPassesTheIdempotencyKeyOn() {
        HttpResponse<String> answer = server.send(server.to("/api/v1/clusters")
                .header("Content-Type", "application/json; charset=utf-8")
                .header("Idempotency-Key", "try-7")
                .POST(BodyPublishers.ofString("""
                                        {"name": "shop_1.db-x", "instances": 5, "user": "shop", "password": "s3cret 'é",
                                         "size": {"cpus": 0.5, "mem": "1gb", "disk": "10gb"}, "durability": "lossless-power"}
                                        """)));

        assertThat(answer.statusCode()).isEqualTo(202);
        assertThat(server.fleet.creations)
                .containsExactly(new Creation(
                        new ClusterName("shop_1.db-x"),
                        new ClusterSpec(
                                5,
                                new Resources(0.5, DataSize.parse("1gb"), DataSize.parse("10gb")),
                                Durability.LOSSLESS_POWER,
                                "shop",
                                Map.of(),
                                PlacementSpec.ORDINARY),
                        Optional.of("s3cret 'é"),
                        Optional.of("try-7")));
        assertThat(answer.body()).doesNotContain("s3cret");
    }

    @Test
    void createsWhereItWasAskedForAndShowsThat() {
        server.postJson(
                "/api/v1/clusters",
                "{\"name\": \"demo\", \"placement\": {\"shareHosts\": true, \"role\": \"web/db\", \"diskType\": \"mount\"}}");

        assertThat(server.fleet.creations.getFirst().spec().placement())
                .isEqualTo(new PlacementSpec(true, Optional.of("web/db"), PlacementSpec.DiskType.MOUNT));
        assertThat(json(server.get("/api/v1/clusters/demo"))
                        .path("spec")
                        .path("placement")
                        .toString())
                .isEqualTo("{\"shareHosts\":true,\"role\":\"web/db\",\"diskType\":\"mount\"}");
    }

    @Test
    void passesOptionsOnAsMysqldSpellsThem() {
        server.postJson("/api/v1/clusters", "{\"name\": \"demo\", \"options\": {\"Max-Connections\": \" 80\"}}");

        assertThat(server.fleet.creations.getFirst().spec().options()).isEqualTo(Map.of("max_connections", "80"));
    }

    @Test
    void changesOnlyWhatIsNamed() {
        server.fleet.live.add(Samples.healthy("demo"));

        HttpResponse<String> answer = server.patchJson("/api/v1/clusters/demo", """
                {"instances": 5, "size": {"mem": "1gb"}, "options": {"max-allowed-packet": "64M"},
                 "unsetOptions": ["max_connections"], "durability": "async"}""");

        assertThat(answer.statusCode()).isEqualTo(202);
        assertThat(server.fleet.calls.getLast())
                .isEqualTo("change demo "
                        + new ClusterSpec(
                                5,
                                new Resources(1.0, DataSize.parse("1gb"), DataSize.parse("2gb")),
                                Durability.ASYNC,
                                "app",
                                Map.of("max_allowed_packet", "67108864"),
                                PlacementSpec.ORDINARY));
    }

    @Test
    void tellsWhatAChangeWouldDo() {
        server.fleet.live.add(Samples.healthy("demo"));
        assertThat(server.patchJson("/api/v1/clusters/demo", "{\"instances\": 5, \"dryRun\": true}")
                        .body())
                .contains("It grows.");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "{\"instances\": 10} | instances",
                "{\"size\": {\"disk\": \"1kb\"}} | size.disk",
                "{\"durability\": \"some\"} | durability",
                "{\"unsetOptions\": [\"wait_timeout\"]} | unsetOptions",
                "{\"user\": \"root\"} | user"
            })
    void refusesAChangeByTheNameOfTheFieldThatIsWrong(String body, String field) {
        server.fleet.live.add(Samples.healthy("demo"));
        HttpResponse<String> answer = server.patchJson("/api/v1/clusters/demo", body);
        assertThat(answer.statusCode()).isEqualTo(400);
        assertThat(json(answer).path("field").asString()).isEqualTo(field);
    }

    @Test
    void showsAClusterWithItsInstancesAndNoSecret() {
        server.fleet.live.add(Samples.healthy("demo"));

        HttpResponse<String> answer = server.get("/api/v1/clusters/demo");

        JsonNode cluster = json(answer);
        assertThat(answer.statusCode()).isEqualTo(200);
        assertThat(answer.headers().firstValue("Content-Type")).contains("application/json");
        assertThat(answer.body()).doesNotContain(Samples.SEALED);
        assertThat(cluster.path("state").asString()).isEqualTo("degraded");
        assertThat(cluster.path("why").asString()).isEqualTo("2 of 3 instances are in sync.");
        assertThat(cluster.path("primary").asString()).isEqualTo("demo-0");
        assertThat(cluster.path("clusterUrl").asString()).isEqualTo("zk://127.0.0.1:2181/cotton/discover/demo");
        assertThat(cluster.path("createdAt").asString()).isEqualTo("2026-11-22T10:00:00Z");
        assertThat(cluster.path("spec").path("size").path("mem").asString()).isEqualTo("512mb");
        assertThat(cluster.path("inSync").path("members").toString()).isEqualTo("[\"demo-0\",\"demo-1\"]");
        assertThat(cluster.path("inSync").path("ackCount").asInt()).isEqualTo(1);
        JsonNode replica = cluster.path("instances").path(1);
        assertThat(replica.path("role").asString()).isEqualTo("replica");
        assertThat(replica.path("stage").asString()).isEqualTo("in-sync");
        assertThat(replica.path("place").path("endpoints").path("mysql").asString())
                .isEqualTo("127.0.0.1:23001");
        assertThat(replica.path("executor").path("silence").asString()).isEqualTo("PT0.12S");
        assertThat(replica.path("executor")
                        .path("report")
                        .path("assigned")
                        .path("role")
                        .asString())
                .isEqualTo("replica");
        assertThat(replica.path("mysql").path("executed").asLong()).isEqualTo(39);
        assertThat(replica.path("mysql").path("received").asLong()).isEqualTo(40);
        assertThat(replica.path("mysql").path("replication").path("lag").asString())
                .isEqualTo("PT1.5S");
        JsonNode lost = cluster.path("instances").path(2);
        assertThat(lost.path("doubted").asBoolean()).isTrue();
        assertThat(lost.has("place")).isFalse();
        assertThat(lost.has("mysql")).isFalse();
    }

    @Test
    void listsLiveClustersAndTheBinApart() {
        server.fleet.live.add(Samples.healthy("demo"));
        server.fleet.binned.add(Samples.binned("gone"));

        JsonNode live = json(server.get("/api/v1/clusters")).path("clusters");
        JsonNode bin = json(server.get("/api/v1/bin")).path("clusters");

        assertThat(live.size()).isEqualTo(1);
        assertThat(live.path(0).path("name").asString()).isEqualTo("demo");
        assertThat(bin.size()).isEqualTo(1);
        assertThat(bin.path(0).path("name").asString()).isEqualTo("gone");
        assertThat(bin.path(0).path("binnedUntil").asString()).isEqualTo("2026-11-29T10:00:00Z");
    }

    @Test
    void deletesStopsStartsRestoresAndPurges() {
        server.fleet.live.add(Samples.healthy("demo"));
        server.fleet.binned.add(Samples.binned("gone"));

        assertThat(json(server.delete("/api/v1/clusters/demo")).path("kind").asString())
                .isEqualTo("delete");
        assertThat(json(server.delete("/api/v1/clusters/demo?purge=true"))
                        .path("kind")
                        .asString())
                .isEqualTo("purge");
        assertThat(json(server.post("/api/v1/clusters/demo/stop")).path("kind").asString())
                .isEqualTo("stop");
        assertThat(json(server.post("/api/v1/clusters/demo/start")).path("kind").asString())
                .isEqualTo("start");
        assertThat(json(server.post("/api/v1/clusters/gone/restore"))
                        .path("kind")
                        .asString())
                .isEqualTo("restore");
        HttpResponse<String> purged = server.delete("/api/v1/bin/gone");

        assertThat(purged.statusCode()).isEqualTo(202);
        assertThat(purged.headers().firstValue("Location")).contains("/api/v1/operations/op-gone-purge");
        assertThat(server.fleet.calls)
                .contains(
                        "delete demo",
                        "delete demo purge",
                        "power demo OFF",
                        "power demo ON",
                        "restore gone",
                        "purgeFromBin gone");
    }

    @Test
    void saysWhatAnEndWouldDoAndDoesNothing() {
        server.fleet.live.add(Samples.healthy("demo"));
        server.fleet.binned.add(Samples.binned("gone"));

        for (HttpResponse<String> plan : List.of(
                server.delete("/api/v1/clusters/demo?dryRun=true"),
                server.delete("/api/v1/clusters/demo?purge=true&dryRun=true"),
                server.post("/api/v1/clusters/demo/stop?dryRun=true"),
                server.delete("/api/v1/bin/gone?dryRun=true"))) {
            assertThat(plan.statusCode()).isEqualTo(200);
            assertThat(json(plan).path("steps").isEmpty()).isFalse();
        }
        assertThat(server.fleet.calls)
                .filteredOn(call -> !call.startsWith("cluster "))
                .containsExactly("deletionPlan demo", "deletionPlan demo purge", "stopPlan demo", "purgePlan gone");
        assertThat(server.delete("/api/v1/clusters/nobody?dryRun=true").statusCode())
                .isEqualTo(404);
    }

    @Test
    void givesTheCredentialsAndForbidsToKeepThem() {
        server.fleet.live.add(Samples.healthy("demo"));

        HttpResponse<String> answer = server.get("/api/v1/clusters/demo/credentials");

        assertThat(json(answer).path("user").asString()).isEqualTo("app");
        assertThat(json(answer).path("password").asString()).isEqualTo(FakeFleet.PASSWORD);
        assertThat(json(answer).path("clusterUrl").asString()).isEqualTo("zk://127.0.0.1:2181/cotton/discover/demo");
        assertThat(answer.headers().firstValue("Cache-Control")).contains("no-store");
    }

    @Test
    void givesEventsAfterASequenceNumber() {
        server.fleet.live.add(Samples.healthy("demo"));

        JsonNode all = json(server.get("/api/v1/clusters/demo/events")).path("events");
        JsonNode later =
                json(server.get("/api/v1/clusters/demo/events?after=2")).path("events");

        assertThat(all.size()).isEqualTo(3);
        assertThat(later.size()).isEqualTo(1);
        assertThat(later.path(0).path("text").asString()).isEqualTo("third");
        assertThat(later.path(0).path("kind").asString()).isEqualTo("member-in-sync");
    }
}
