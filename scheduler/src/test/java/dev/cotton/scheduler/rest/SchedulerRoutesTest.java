package dev.cotton.scheduler.rest;

import static dev.cotton.scheduler.rest.RunningServer.json;
import static org.assertj.core.api.Assertions.assertThat;

import dev.cotton.core.port.StateStore.StateException;
import dev.cotton.scheduler.fleet.Refusal;
import dev.cotton.scheduler.fleet.Refusal.Code;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What the scheduler says of itself, metrics, and how the fleet's refusals are told. */
final class SchedulerRoutesTest {
    private final RunningServer server = new RunningServer();

    @AfterEach
    void close() {
        server.close();
    }

    @Test
    void tellsVersionHealthCapacityAndAuthority() {
        assertThat(json(server.get("/api/v1/version")).path("version").asString())
                .isEqualTo("0.1.0-test");
        assertThat(json(server.get("/api/v1/version")).path("startedAt").asString())
                .isEqualTo("2026-11-22T09:00:00Z");
        assertThat(json(server.get("/api/v1/health")).path("role").asString()).isEqualTo("leading");
        assertThat(json(server.get("/api/v1/health")).path("leader").asString()).isEqualTo(server.url());
        assertThat(json(server.get("/api/v1/capacity"))
                        .path("total")
                        .path("mem")
                        .asString())
                .isEqualTo("16gb");
        assertThat(json(server.get("/api/v1/capacity")).path("used").path("mem").asString())
                .isEqualTo("1536mb");
        assertThat(json(server.get("/api/v1/capacity")).path("roles").path(0).toString())
                .isEqualTo("{\"name\":\"web\",\"guarantee\":{},\"limit\":{\"cpus\":8.0,\"mem\":\"16gb\"},"
                        + "\"used\":{\"cpus\":1.5,\"mem\":\"1536mb\",\"disk\":\"6gb\"}}");
        HttpResponse<String> authority = server.get("/api/v1/ca");
        assertThat(authority.body()).isEqualTo(RunningServer.AUTHORITY);
        assertThat(authority.headers().firstValue("Content-Type")).contains("application/x-pem-file");
    }

    @Test
    void showsAnOperation() {
        server.fleet.live.add(Samples.healthy("demo"));

        HttpResponse<String> answer = server.get("/api/v1/operations/op-1-of-demo");

        assertThat(json(answer).path("outcome").asString()).isEqualTo("running");
        assertThat(json(answer).path("steps").path(0).path("finishedAt").asString())
                .isEqualTo("2026-11-22T10:00:00Z");
        assertThat(json(answer).path("steps").path(1).has("finishedAt")).isFalse();
        assertThat(server.get("/api/v1/operations/none").statusCode()).isEqualTo(404);
    }

    @Test
    void answersHeadAsGetWithoutABody() {
        HttpResponse<String> found = server.send(server.to("/api/v1/health").method("HEAD", BodyPublishers.noBody()));
        HttpResponse<String> absent =
                server.send(server.to("/api/v1/clusters/absent").method("HEAD", BodyPublishers.noBody()));

        assertThat(found.statusCode()).isEqualTo(200);
        assertThat(found.body()).isEmpty();
        assertThat(absent.statusCode()).isEqualTo(404);
    }

    @ParameterizedTest
    @CsvSource({
        "INVALID, 400, invalid",
        "NOT_FOUND, 404, not-found",
        "EXISTS, 409, exists",
        "FORBIDDEN, 403, forbidden",
        "DOES_NOT_FIT, 400, does-not-fit",
        "CONFLICT, 409, conflict",
        "UNREACHABLE, 503, instance-unreachable",
        "NOT_READY, 503, not-ready"
    })
    void tellsTheFleetsRefusals(Code code, int status, String word) {
        server.fleet.failure = Optional.of(() -> new Refusal(code, "size", "Größer als alles."));

        HttpResponse<String> answer = server.get("/api/v1/clusters/demo");

        assertThat(answer.statusCode()).isEqualTo(status);
        assertThat(json(answer).path("code").asString()).isEqualTo(word);
        assertThat(json(answer).path("field").asString()).isEqualTo("size");
        assertThat(json(answer).path("detail").asString()).isEqualTo("Größer als alles.");
        assertThat(answer.headers().firstValue("Retry-After").isPresent()).isEqualTo(code == Code.NOT_READY);
    }

    @Test
    void hidesTheInnardsOfAFault() {
        server.fleet.failure = Optional.of(() -> new IllegalStateException("inner secret"));

        HttpResponse<String> answer = server.get("/api/v1/clusters/demo");

        assertThat(answer.statusCode()).isEqualTo(500);
        assertThat(json(answer).path("code").asString()).isEqualTo("internal");
        assertThat(answer.body()).doesNotContain("inner secret");
    }

    @Test
    void takesTroubleWithTheStoreForNotReady() {
        server.fleet.failure = Optional.of(() -> new StateException("ZooKeeper does not answer."));

        HttpResponse<String> answer = server.get("/api/v1/clusters/demo");

        assertThat(answer.statusCode()).isEqualTo(503);
        assertThat(json(answer).path("detail").asString()).isEqualTo("ZooKeeper does not answer.");
    }

    @Test
    void measuresClustersInstancesRequestsAndEvents() {
        server.fleet.live.add(Samples.healthy("demo"));
        server.get("/api/v1/clusters/demo");
        server.fleet.happen(new dev.cotton.scheduler.fleet.Fleet.Happened(
                new dev.cotton.core.model.ClusterName("demo"), Samples.event(1, "x")));

        String metrics = server.get("/metrics").body();

        assertThat(metrics)
                .contains(
                        "cotton_leading 1.0",
                        "cotton_cluster_state{cluster=\"demo\",state=\"degraded\"} 1.0",
                        "cotton_cluster_state{cluster=\"demo\",state=\"healthy\"} 0.0",
                        "cotton_cluster_instances{cluster=\"demo\"} 3.0",
                        "cotton_cluster_in_sync{cluster=\"demo\"} 2.0",
                        "cotton_cluster_ack_count{cluster=\"demo\"} 1.0",
                        "cotton_instance_up{cluster=\"demo\",instance=\"demo-1\"} 1.0",
                        "cotton_instance_up{cluster=\"demo\",instance=\"demo-2\"} 0.0",
                        "cotton_instance_lag_seconds{cluster=\"demo\",instance=\"demo-1\"} 1.5",
                        "cotton_events_total{kind=\"member-in-sync\"} 1.0")
                .contains("route=\"/api/v1/clusters/{name}\"");
        server.fleet.live.clear();
        assertThat(server.get("/metrics").body()).doesNotContain("cluster=\"demo\"");
    }
}
