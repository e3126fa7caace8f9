package dev.cotton.fleet;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** Several schedulers of one fleet: one leads, and who does not cannot change anything. */
class SchedulersIT {
    private TestFleet fleet;
    private SchedulerProcess first;
    private SchedulerProcess second;

    @BeforeEach
    void start() {
        fleet = TestFleet.started();
        first = fleet.scheduler();
        second = fleet.startScheduler();
        awaitRole(second, "standby");
    }

    @AfterEach
    void stop() throws Exception {
        fleet.close();
    }

    @Test
    void theSecondPassesCallersOnAndTakesOverWhenTheFirstIsKilled() throws Exception {
        assertThat(health(second).path("leader").asString()).isEqualTo(first.url());
        Curl.Answer created = create(second, "demo").answer();
        assertThat(created.status()).as(created.text()).isEqualTo(200);
        HttpResponse<String> redirected = createdByApi(second, "other");
        assertThat(redirected.statusCode()).isEqualTo(307);
        assertThat(redirected.headers().firstValue("Location")).contains(first.url() + "/api/v1/clusters");
        assertThat(new Api(first::url).state("other")).isEqualTo("absent");
        fleet.awaitState("demo", "healthy");
        Map<String, Long> pids = fleet.api().pids("demo");
        long term = term("demo");

        first.kill();
        awaitRole(second, "leading");
        fleet.awaitState("demo", "healthy");
        assertThat(fleet.api().pids("demo")).isEqualTo(pids);
        assertThat(pids.values()).allMatch(Processes::alive);
        assertThat(term("demo")).isGreaterThan(term);
    }

    @Test
    void aLeaderThatWasPausedCannotWriteAfterAnotherTookOver() throws Exception {
        fleet.create("demo", 1);
        long term = term("demo");
        first.pause();
        awaitRole(second, "leading");
        fleet.awaitState("demo", "healthy");
        long next = term("demo");
        assertThat(next).isGreaterThan(term);
        Curl asked = create(first, "late");
        first.resume();

        Curl.Answer answer = asked.answer();
        assertThat(answer.status()).as(answer.text()).isIn(200, 503);
        awaitRole(first, "standby");
        // It has lost its session: it is a standby at once, and hears who leads when it has another one.
        await().atMost(TestFleet.LONG)
                .untilAsserted(() ->
                        assertThat(health(first).path("leader").asString()).isEqualTo(second.url()));
        assertThat(health(second).path("role").asString()).isEqualTo("leading");
        try (ZooKeeperClient zooKeeper = new ZooKeeperClient(fleet.zkServers())) {
            assertThat(zooKeeper.text("/cotton/cotton/term")).isEqualTo(Long.toString(next));
            List<String> records = zooKeeper.children("/cotton/cotton/clusters");
            assertThat(records).hasSize(answer.status() == 200 ? 2 : 1);
            for (String record : records) {
                JsonNode stored =
                        JsonMapper.builder().build().readTree(zooKeeper.text("/cotton/cotton/clusters/" + record));
                assertThat(stored.path("term").asLong()).isEqualTo(next);
            }
        }
        assertThat(createdByApi(first, "other").statusCode()).isEqualTo(307);
        assertThat(fleet.api().state("demo")).isEqualTo("healthy");
    }

    private long term(String cluster) {
        return fleet.api().get("/api/v1/clusters/" + cluster).path("term").asLong();
    }

    private static Curl create(SchedulerProcess asked, String cluster) {
        return Curl.start("-X", "POST", asked.url() + "/clusters/" + cluster, "--form", "cluster_user=app");
    }

    private static HttpResponse<String> createdByApi(SchedulerProcess asked, String cluster) throws Exception {
        try (HttpClient client = HttpClient.newHttpClient()) {
            return client.send(
                    HttpRequest.newBuilder(URI.create(asked.url() + "/api/v1/clusters"))
                            .header("Content-Type", "application/json")
                            .POST(BodyPublishers.ofString("{\"name\":\"" + cluster + "\",\"user\":\"app\"}"))
                            .build(),
                    BodyHandlers.ofString());
        }
    }

    private static JsonNode health(SchedulerProcess asked) {
        return new Api(asked::url).get("/api/v1/health");
    }

    private static void awaitRole(SchedulerProcess asked, String role) {
        await().atMost(TestFleet.LONG)
                .ignoreExceptions()
                .until(() -> health(asked).path("role").asString().equals(role));
    }
}
