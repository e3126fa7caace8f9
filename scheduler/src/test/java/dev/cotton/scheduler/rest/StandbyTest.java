package dev.cotton.scheduler.rest;

import static dev.cotton.scheduler.rest.RunningServer.json;
import static org.assertj.core.api.Assertions.assertThat;

import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Two servers: one leads, the other stands by. */
final class StandbyTest {
    private final RunningServer leader = new RunningServer();
    private final RunningServer standby = new RunningServer();

    @BeforeEach
    void standBy() {
        standby.fleet.ready = false;
        standby.leads.set(false);
        standby.leader.set(Optional.of(leader.url()));
    }

    @AfterEach
    void close() {
        standby.close();
        leader.close();
    }

    @Test
    void carriesTheOriginalRoutesToTheLeader() {
        HttpResponse<String> created = standby.form("POST", "/clusters/demo", "cluster_user=mysos&num_nodes=2");
        HttpResponse<String> wrong = standby.form("DELETE", "/cluster/demo", "password=x");
        HttpResponse<String> deleted = standby.form("DELETE", "/cluster/demo", "password=" + FakeFleet.PASSWORD);
        HttpResponse<String> page = standby.get("/");

        assertThat(created.statusCode()).isEqualTo(200);
        assertThat(json(created).path("cluster_password").asString()).isEqualTo(FakeFleet.PASSWORD);
        assertThat(leader.fleet.creations.getFirst().spec().instances()).isEqualTo(2);
        assertThat(wrong.statusCode()).isEqualTo(403);
        assertThat(wrong.body()).isEqualTo("That is not the password of demo.\n");
        assertThat(wrong.headers().firstValue("Content-Type")).contains("text/plain;charset=utf-8");
        assertThat(deleted.statusCode()).isEqualTo(200);
        assertThat(page.body()).contains("<td>demo<td>");
        assertThat(page.headers().firstValue("Content-Security-Policy").orElseThrow())
                .contains("style-src 'sha256-");
        assertThat(standby.fleet.calls).isEmpty();
    }

    @Test
    void carriesWhatCameThroughAProxyOfSomebodyElse() {
        HttpResponse<String> created = standby.send(standby.to("/clusters/demo")
                .header("Forwarded", "for=192.0.2.1")
                .header("Content-Type", "application/x-www-form-urlencoded")
                .POST(BodyPublishers.ofString("cluster_user=u")));

        assertThat(created.statusCode()).isEqualTo(200);
    }

    @Test
    void carriesMultipartFormsToo() {
        String body = "--b\r\nContent-Disposition: form-data; name=\"cluster_user\"\r\n\r\nmysos\r\n--b--\r\n";

        HttpResponse<String> created = standby.send(standby.to("/clusters/demo")
                .header("Content-Type", "multipart/form-data; boundary=b")
                .POST(BodyPublishers.ofString(body)));

        assertThat(created.statusCode()).isEqualTo(200);
        assertThat(leader.fleet.creations.getFirst().spec().user()).isEqualTo("mysos");
    }

    @Test
    void sendsCallersOfTheApiToTheLeader() throws Exception {
        leader.fleet.live.add(Samples.healthy("demo"));

        HttpResponse<String> answer = standby.delete("/api/v1/clusters/demo?purge=true");

        assertThat(answer.statusCode()).isEqualTo(307);
        assertThat(answer.headers().firstValue("Location")).contains(leader.url() + "/api/v1/clusters/demo?purge=true");
        try (HttpClient following = HttpClient.newBuilder()
                .followRedirects(HttpClient.Redirect.NORMAL)
                .build()) {
            HttpRequest create = standby.to("/api/v1/clusters")
                    .header("Content-Type", "application/json")
                    .POST(BodyPublishers.ofString("{\"name\": \"other\"}"))
                    .build();
            assertThat(following.send(create, BodyHandlers.ofString()).statusCode())
                    .isEqualTo(202);
        }
        assertThat(leader.fleet.calls).contains("create other");
    }

    @Test
    void answersHealthVersionContractAndMetricsItself() {
        HttpResponse<String> health = standby.get("/api/v1/health");

        assertThat(health.statusCode()).isEqualTo(200);
        assertThat(json(health).path("role").asString()).isEqualTo("standby");
        assertThat(json(health).path("leader").asString()).isEqualTo(leader.url());
        assertThat(json(leader.get("/api/v1/health")).path("role").asString()).isEqualTo("leading");
        assertThat(standby.get("/api/v1/version").statusCode()).isEqualTo(200);
        assertThat(standby.get("/api/v1/openapi.yaml").statusCode()).isEqualTo(200);
        assertThat(standby.get("/metrics").body()).contains("cotton_leading 0.0");
        assertThat(json(standby.get("/vars.json"))
                        .path("scheduler.framework_registered")
                        .asInt(-1))
                .isZero();
        assertThat(leader.fleet.calls).isEmpty();
    }

    @Test
    void saysThatNobodyLeads() {
        standby.leader.set(Optional.empty());

        HttpResponse<String> original = standby.form("POST", "/clusters/demo", "cluster_user=u");
        HttpResponse<String> api = standby.get("/api/v1/clusters");

        assertThat(original.statusCode()).isEqualTo(503);
        assertThat(original.headers().firstValue("Retry-After")).contains("2");
        assertThat(original.body()).startsWith("No scheduler leads at the moment");
        assertThat(api.statusCode()).isEqualTo(503);
        assertThat(json(api).path("code").asString()).isEqualTo("not-ready");
        assertThat(json(standby.get("/api/v1/health")).path("why").asString()).contains("no leader is known");
    }

    @Test
    void doesNotSendCallersToItselfWhileItLoadsItsState() {
        standby.leads.set(true);
        standby.leader.set(Optional.of(standby.url()));

        assertThat(standby.get("/api/v1/clusters").statusCode()).isEqualTo(503);
        assertThat(standby.get("/").statusCode()).isEqualTo(503);
        HttpResponse<String> health = standby.get("/api/v1/health");
        assertThat(health.statusCode()).isEqualTo(503);
        assertThat(json(health).path("role").asString()).isEqualTo("loading");
    }

    @Test
    void doesNotCarryInACircle() {
        leader.fleet.ready = false;
        leader.leads.set(false);
        leader.leader.set(Optional.of(standby.url()));

        HttpResponse<String> answer = standby.form("POST", "/clusters/demo", "cluster_user=u");

        assertThat(answer.statusCode()).isEqualTo(503);
        assertThat(answer.headers().firstValue("Retry-After")).contains("2");
        assertThat(answer.body()).isEqualTo("The leader is changing just now. Ask again in a moment.\n");
    }

    @Test
    void saysThatTheLeaderDoesNotAnswer() {
        standby.leader.set(Optional.of("http://127.0.0.1:1"));

        HttpResponse<String> answer = standby.form("POST", "/clusters/demo", "cluster_user=u");

        assertThat(answer.statusCode()).isEqualTo(503);
        assertThat(answer.body()).startsWith("The leader at http://127.0.0.1:1 does not answer.");
    }
}
