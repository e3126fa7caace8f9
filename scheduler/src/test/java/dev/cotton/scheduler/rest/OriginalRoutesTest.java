package dev.cotton.scheduler.rest;

import static dev.cotton.scheduler.rest.RunningServer.json;
import static org.assertj.core.api.Assertions.assertThat;

import dev.cotton.core.model.ClusterName;
import dev.cotton.core.model.ClusterSpec;
import dev.cotton.core.model.DataSize;
import dev.cotton.core.model.Durability;
import dev.cotton.core.model.PlacementSpec;
import dev.cotton.core.model.Resources;
import dev.cotton.core.port.FrameworkFigures;
import dev.cotton.scheduler.fleet.Fleet.Creation;
import java.net.URLEncoder;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;

/** The routes of the original, with urlencoded forms; {@link CurlTest} has multipart ones. */
final class OriginalRoutesTest {
    private static final String URL_OF_DEMO = "zk://127.0.0.1:2181/cotton/discover/demo";

    private final RunningServer server = new RunningServer();

    @AfterEach
    void close() {
        server.close();
    }

    @Test
    void createsOneNodeWithTheOriginalsDefaults() {
        HttpResponse<String> answer = server.form("POST", "/clusters/demo", "cluster_user=mysos");

        assertThat(answer.statusCode()).isEqualTo(200);
        assertThat(answer.body())
                .isEqualTo("{\"cluster_url\":\"" + URL_OF_DEMO + "\",\"cluster_password\":\"" + FakeFleet.PASSWORD
                        + "\"}");
        assertThat(server.fleet.creations)
                .containsExactly(new Creation(
                        new ClusterName("demo"),
                        new ClusterSpec(
                                1, Resources.ORDINARY, Durability.LOSSLESS, "mysos", Map.of(), PlacementSpec.ORDINARY),
                        Optional.empty(),
                        Optional.empty()));
    }

    @Test
    void takesEmptyFieldsForAbsentOnes() {
        server.form("POST", "/clusters/demo", "cluster_user=mysos&num_nodes=&size=&backup_id=&cluster_password=");

        assertThat(server.fleet.creations).hasSize(1);
        assertThat(server.fleet.creations.getFirst().spec().instances()).isEqualTo(1);
        assertThat(server.fleet.creations.getFirst().password()).isEmpty();
    }

    @Test
    void createsWhatWasAskedFor() {
        String size = URLEncoder.encode("{\"mem\": \"1gb\", \"disk\": \"3gb\", \"cpus\": 2}", StandardCharsets.UTF_8);

        HttpResponse<String> answer = server.form(
                "POST",
                "/clusters/demo",
                "cluster_user=mysos&num_nodes=3&cluster_password=p%26ss+w%C3%B6rd&size=" + size);

        assertThat(answer.statusCode()).isEqualTo(200);
        assertThat(server.fleet.creations)
                .containsExactly(new Creation(
                        new ClusterName("demo"),
                        new ClusterSpec(
                                3,
                                new Resources(2, DataSize.parse("1gb"), DataSize.parse("3gb")),
                                Durability.LOSSLESS,
                                "mysos",
                                Map.of(),
                                PlacementSpec.ORDINARY),
                        Optional.of("p&ss wörd"),
                        Optional.empty()));
    }

    @Test
    void deletesWithThePasswordOnBothPaths() {
        server.fleet.live.add(Samples.healthy("demo"));

        HttpResponse<String> plural = server.form("DELETE", "/clusters/demo", "password=" + FakeFleet.PASSWORD);
        HttpResponse<String> singular = server.form("DELETE", "/cluster/demo", "password=" + FakeFleet.PASSWORD);

        assertThat(plural.statusCode()).isEqualTo(200);
        assertThat(plural.body()).isEqualTo("{\"cluster_url\":\"" + URL_OF_DEMO + "\"}");
        assertThat(singular.body()).isEqualTo(plural.body());
        assertThat(server.fleet.calls)
                .filteredOn("deleteWithPassword demo"::equals)
                .hasSize(2);
    }

    @Test
    void refusesInPlainText() {
        server.fleet.live.add(Samples.healthy("demo"));

        HttpResponse<String> exists = server.form("POST", "/clusters/demo", "cluster_user=mysos");
        HttpResponse<String> unknown = server.form("DELETE", "/clusters/other", "password=x");
        HttpResponse<String> wrong = server.form("DELETE", "/clusters/demo", "password=x");

        assertThat(exists.statusCode()).isEqualTo(409);
        assertThat(exists.headers().firstValue("Content-Type")).contains("text/plain;charset=utf-8");
        assertThat(exists.body()).isEqualTo("A cluster named demo exists.\n");
        assertThat(unknown.statusCode()).isEqualTo(404);
        assertThat(wrong.statusCode()).isEqualTo(403);
        assertThat(wrong.body()).isEqualTo("That is not the password of demo.\n");
    }

    @Test
    void looksAtNoMorePasswordsAfterFiveWrongOnes() {
        server.fleet.live.add(Samples.healthy("demo"));
        server.fleet.live.add(Samples.healthy("other"));
        for (int i = 0; i < 5; i++) {
            assertThat(server.form("DELETE", "/clusters/demo", "password=x").statusCode())
                    .isEqualTo(403);
        }

        HttpResponse<String> limited = server.form("DELETE", "/cluster/demo", "password=" + FakeFleet.PASSWORD);
        HttpResponse<String> other = server.form("DELETE", "/clusters/other", "password=" + FakeFleet.PASSWORD);

        assertThat(limited.statusCode()).isEqualTo(429);
        assertThat(limited.headers().firstValue("Retry-After")).contains("30");
        assertThat(limited.body())
                .isEqualTo("Too many wrong passwords for demo came from 127.0.0.1: none is looked at for up to 30"
                        + " seconds. Nothing was changed. Ask again then.\n");
        assertThat(other.statusCode()).isEqualTo(200);
        assertThat(server.fleet.calls)
                .filteredOn("deleteWithPassword demo"::equals)
                .hasSize(5);
    }

    @Test
    void showsAPageOfClustersWithEverythingEscaped() {
        server.fleet.live.add(Samples.healthy("demo"));
        server.fleet.binned.add(Samples.binned("gone"));

        HttpResponse<String> page = server.get("/");

        assertThat(page.statusCode()).isEqualTo(200);
        assertThat(page.headers().firstValue("Content-Type")).contains("text/html;charset=utf-8");
        assertThat(page.body())
                .contains("<td>demo<td>", "degraded", "2 of 3 instances are in sync.", "127.0.0.1:23000", "2 of 3")
                .contains("<h2>Bin</h2>", "gone", "2026-11-29T10:00:00Z")
                .contains(
                        "<h2>Roles</h2>",
                        "<td>web<td>1.5 cpus, 1536mb memory, 6gb disk<td>nothing<td>8.0 cpus, 16gb memory")
                .doesNotContain("<script", Samples.SEALED);
        assertThat(page.headers().firstValue("Content-Security-Policy").orElseThrow())
                .contains("default-src 'none'", "style-src 'sha256-");
    }

    @Test
    void showsFlatMetricsUnderTheOriginalsNames() {
        server.fleet.live.add(Samples.healthy("demo"));
        server.fleet.binned.add(Samples.binned("gone"));

        HttpResponse<String> answer = server.get("/vars.json");

        assertThat(json(answer).path("scheduler.cluster_count").asInt()).isEqualTo(1);
        assertThat(json(answer).path("scheduler.total_requested_cpus").asDouble())
                .isEqualTo(3.0);
        assertThat(json(answer).path("scheduler.total_requested_mem_mb").asLong())
                .isEqualTo(1536);
        assertThat(json(answer).path("scheduler.total_requested_disk_mb").asLong())
                .isEqualTo(6144);
        assertThat(json(answer).path("scheduler.framework_registered").asInt()).isEqualTo(1);
        assertThat(json(answer).propertyNames())
                .contains(
                        "scheduler.uptime",
                        "scheduler.tasks_lost",
                        "scheduler.tasks_finished",
                        "scheduler.tasks_failed",
                        "scheduler.tasks_killed",
                        "scheduler.tasks_launched",
                        "scheduler.resource_offers",
                        "scheduler.offers_incompatible_role",
                        "scheduler.offers_unused");
    }

    @Test
    void onAFleetTheVariablesAreTheFrameworks() {
        server.framework.set(Optional.of(new FrameworkFigures(
                false, new FrameworkFigures.Offers(7, 1, 2), new FrameworkFigures.Tasks(10, 3, 4, 5, 6))));

        JsonNode variables = json(server.get("/vars.json"));

        assertThat(variables.path("scheduler.framework_registered").asInt(-1)).isZero();
        assertThat(variables.path("scheduler.resource_offers").asInt()).isEqualTo(7);
        assertThat(variables.path("scheduler.offers_incompatible_role").asInt()).isEqualTo(1);
        assertThat(variables.path("scheduler.offers_unused").asInt()).isEqualTo(2);
        assertThat(variables.path("scheduler.tasks_launched").asInt()).isEqualTo(10);
        assertThat(variables.path("scheduler.tasks_finished").asInt()).isEqualTo(3);
        assertThat(variables.path("scheduler.tasks_failed").asInt()).isEqualTo(4);
        assertThat(variables.path("scheduler.tasks_killed").asInt()).isEqualTo(5);
        assertThat(variables.path("scheduler.tasks_lost").asInt()).isEqualTo(6);
    }
}
