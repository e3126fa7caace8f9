package dev.cotton.scheduler.rest;

import static dev.cotton.scheduler.rest.RunningServer.json;
import static org.assertj.core.api.Assertions.assertThat;

import dev.cotton.scheduler.fleet.Refusal;
import java.net.http.HttpResponse;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Instances and their logs. */
final class InstanceRoutesTest {
    private final RunningServer server = new RunningServer();

    @BeforeEach
    void addDemo() {
        server.fleet.live.add(Samples.healthy("demo"));
    }

    @AfterEach
    void close() {
        server.close();
    }

    @Test
    void showsOneAndAll() {
        HttpResponse<String> one = server.get("/api/v1/instances/demo-0");
        HttpResponse<String> all = server.get("/api/v1/clusters/demo/instances");

        assertThat(json(one).path("id").asString()).isEqualTo("demo-0");
        assertThat(json(one).path("role").asString()).isEqualTo("primary");
        assertThat(json(one).path("mysql").path("heartbeatAge").asString()).isEqualTo("PT0.3S");
        assertThat(json(all).path("instances").size()).isEqualTo(3);
        assertThat(json(all).path("instances").path(0)).isEqualTo(json(one));
    }

    @Test
    void knowsNoInstanceThatIsNotThere() {
        HttpResponse<String> ordinal = server.get("/api/v1/instances/demo-9");
        HttpResponse<String> cluster = server.get("/api/v1/instances/other-0");

        assertThat(ordinal.statusCode()).isEqualTo(404);
        assertThat(json(ordinal).path("detail").asString()).isEqualTo("Cluster demo has no instance demo-9 now.");
        assertThat(cluster.statusCode()).isEqualTo(404);
    }

    @Test
    void readsTheEndOfALogUnlessToldOtherwise() {
        HttpResponse<String> end = server.get("/api/v1/instances/demo-0/log");
        server.get("/api/v1/instances/demo-0/log?name=executor&offset=100&limit=10");
        server.get("/api/v1/instances/demo-0/log?offset=-5&limit=10");

        assertThat(json(end).path("text").asString()).isEqualTo("ready for connections\n");
        assertThat(json(end).path("next").asLong()).isEqualTo(4711);
        assertThat(server.fleet.calls)
                .containsExactly(
                        "log demo-0 mysqld -65536 65536", "log demo-0 executor 100 10", "log demo-0 mysqld -5 10");
    }

    @Test
    void saysThatAnExecutorDoesNotAnswer() {
        server.fleet.failure =
                Optional.of(() -> new Refusal(Refusal.Code.UNREACHABLE, "The executor of demo-0 does not answer."));

        HttpResponse<String> answer = server.get("/api/v1/instances/demo-0/log");

        assertThat(answer.statusCode()).isEqualTo(503);
        assertThat(json(answer).path("code").asString()).isEqualTo("instance-unreachable");
    }
}
