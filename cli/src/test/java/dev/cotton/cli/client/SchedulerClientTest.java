package dev.cotton.cli.client;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.cotton.cli.Documents;
import dev.cotton.cli.ExitCode;
import dev.cotton.cli.Failure;
import dev.cotton.cli.FakeScheduler;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

final class SchedulerClientTest {
    private final FakeScheduler scheduler = new FakeScheduler();

    @AfterEach
    void stop() {
        scheduler.close();
    }

    @Test
    void sendsTheTokenOfTheFileAndNotItsNewline(@TempDir Path folder) throws IOException {
        Path token = Files.writeString(folder.resolve("token"), "secret\n");
        scheduler.on("GET /api/v1/clusters", Documents.clusters());

        new SchedulerClient(new SchedulerAddress(scheduler.url(), Optional.of(token), Optional.empty())).clusters();

        assertThat(scheduler.requests())
                .singleElement()
                .satisfies(request -> assertThat(request.authorization()).contains("Bearer secret"));
    }

    @Test
    void passesARequestOnToTheLeaderWithItsBodyTokenAndKey(@TempDir Path folder) throws IOException {
        Path token = Files.writeString(folder.resolve("token"), "secret");
        JsonNode body = JsonMapper.shared().createObjectNode().put("name", "demo");
        try (FakeScheduler leader = new FakeScheduler()) {
            leader.on("POST /api/v1/clusters", 202, Documents.operation("create", "running", 0));
            scheduler.onRedirect("POST /api/v1/clusters", leader.url().resolve("/api/v1/clusters"));
            SchedulerClient client =
                    new SchedulerClient(new SchedulerAddress(scheduler.url(), Optional.of(token), Optional.empty()));

            client.create(body, Optional.of("once"));

            assertThat(leader.requests())
                    .containsExactly(new FakeScheduler.Request(
                            "POST /api/v1/clusters",
                            "{\"name\":\"demo\"}",
                            Optional.of("Bearer secret"),
                            Optional.of("once"),
                            Optional.empty()));
        }
    }

    @Test
    void keepsFieldsThatItDoesNotKnow() {
        scheduler.on("GET /api/v1/clusters/demo", Documents.cluster("demo", "healthy"));

        assertThat(client().cluster("demo").json().path("somethingNew").asInt()).isEqualTo(42);
    }

    @ParameterizedTest
    @CsvSource({
        "400, USAGE",
        "422, USAGE",
        "401, FORBIDDEN",
        "403, FORBIDDEN",
        "404, NOT_FOUND",
        "409, CONFLICT",
        "503, UNREACHABLE",
        "500, FAILED"
    })
    void givesTheSentenceAndCodeOfAProblem(int status, ExitCode exitCode) {
        scheduler.on("GET /api/v1/clusters/demo", status, Documents.problem("some-code", "A sentence."));

        assertFailure(() -> client().cluster("demo"), exitCode, "A sentence.");
    }

    @Test
    void saysWhenSomethingElseAnswers() {
        scheduler.onText("GET /api/v1/clusters/demo", "text/html", "<html>");

        assertThatThrownBy(() -> client().cluster("demo"))
                .hasMessageEndingWith("is not one of a Cotton scheduler of this version.");
    }

    @Test
    void saysWhenNobodyAnswers() {
        SchedulerClient client = client();
        scheduler.close();

        assertThatThrownBy(client::clusters)
                .hasMessageStartingWith("No scheduler answers at " + scheduler.url())
                .satisfies(failure -> assertThat(((Failure) failure).exitCode()).isEqualTo(ExitCode.UNREACHABLE));
    }

    @Test
    void refusesAUrlThatIsNotOne() {
        assertThatThrownBy(() -> new SchedulerAddress(URI.create("ftp://x"), Optional.empty(), Optional.empty()))
                .hasMessageContaining("begins with http:// or https://");
    }

    @Test
    void namesTheFileThatHoldsNoCertificate(@TempDir Path folder) throws IOException {
        Path file = Files.writeString(folder.resolve("ca.pem"), "nothing");

        assertFailure(
                () -> new SchedulerClient(
                        new SchedulerAddress(URI.create("https://127.0.0.1:1"), Optional.empty(), Optional.of(file))),
                ExitCode.USAGE,
                "The file " + file + " holds no certificate that can be read");
    }

    @Test
    void readsTheEventsOfAStreamAndIgnoresComments() {
        scheduler.onText(
                "GET /api/v1/events",
                "text/event-stream",
                ": hello\n\nevent: event\nid: demo/1\ndata: " + Documents.event(1, "10:00:00", "First.")
                        + "\n\n: still there\n\ndata: " + Documents.event(2, "10:00:01", "Second.") + "\n\n");

        try (EventStream stream = client().stream(Optional.empty())) {
            List<String> texts = List.of(next(stream), next(stream));
            assertThat(texts).containsExactly("First.", "Second.");
            assertThat(stream.next()).isEmpty();
        }
    }

    private static String next(EventStream stream) {
        return stream.next().map(document -> document.value().text()).orElse("");
    }

    private SchedulerClient client() {
        return new SchedulerClient(new SchedulerAddress(scheduler.url(), Optional.empty(), Optional.empty()));
    }

    private static void assertFailure(ThrowingCallable call, ExitCode exitCode, String sentence) {
        assertThatThrownBy(call)
                .isInstanceOfSatisfying(
                        Failure.class, failure -> assertThat(failure.exitCode()).isEqualTo(exitCode))
                .hasMessageStartingWith(sentence);
    }
}
