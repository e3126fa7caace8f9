package dev.cotton.scheduler.rest;

import static org.assertj.core.api.Assertions.assertThat;

import dev.cotton.scheduler.rest.resource.ApiJson;
import dev.cotton.scheduler.rest.resource.Problem;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvFileSource;

/**
 * Nothing that is wrong gets past the edge, and each time the caller is told what. The tables are beside this class among
 * the resources; their columns are set apart by {@code |}.
 */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
final class BadInputTest {
    private static final String CREATE = "/api/v1/clusters";
    private static final String DEMO = "{\"name\": \"demo\"}";
    private static final String LARGE = "x".repeat((1 << 20) + 1);
    private static final String TOO_LARGE = "The body is larger than 1 MiB.";

    private RunningServer server;

    @BeforeAll
    void open() {
        server = new RunningServer();
    }

    @AfterEach
    void nothingGotThrough() {
        assertThat(server.fleet.calls).isEmpty();
    }

    @AfterAll
    void close() {
        server.close();
    }

    @ParameterizedTest
    @CsvFileSource(resources = "bad-json.csv", delimiter = '|', quoteCharacter = '`', numLinesToSkip = 1)
    void refusesJson(@Nullable String body, String code, @Nullable String field, String message) {
        assertProblem(server.postJson(CREATE, orEmpty(body)), 400, code, field, message);
    }

    @ParameterizedTest
    @CsvFileSource(resources = "bad-calls.csv", delimiter = '|', quoteCharacter = '`', numLinesToSkip = 1)
    void refusesCalls(
            String method, String path, int status, @Nullable String code, @Nullable String field, String message) {
        HttpResponse<String> answer = server.send(server.to(path).method(method, BodyPublishers.noBody()));

        if (code == null) {
            assertSentence(answer, status, message);
        } else {
            assertProblem(answer, status, code, field, message);
        }
    }

    @ParameterizedTest
    @CsvFileSource(resources = "bad-forms.csv", delimiter = '|', quoteCharacter = '`', numLinesToSkip = 1)
    void refusesForms(@Nullable String form, String message) {
        assertSentence(server.form("POST", "/clusters/demo", orEmpty(form)), 400, message);
    }

    @Test
    void refusesWhatIsNotSentAsJson() {
        String wanted = "The body is to be JSON: send it with 'Content-Type: application/json'.";

        assertProblem(post(CREATE, "text/plain", DEMO), 415, "unsupported-media-type", "Content-Type", wanted);
        assertProblem(
                post(CREATE, "application/x-www-form-urlencoded", "name=demo"),
                415,
                "unsupported-media-type",
                "Content-Type",
                wanted);
        assertProblem(
                server.send(server.to(CREATE).POST(BodyPublishers.ofString(DEMO))),
                415,
                "unsupported-media-type",
                "Content-Type",
                wanted);
    }

    @Test
    void refusesWhatIsNotSentAsAForm() {
        assertSentence(
                post("/clusters/demo", "application/json", "{\"cluster_user\": \"u\"}"),
                415,
                "The body is to be a form, application/x-www-form-urlencoded or multipart/form-data.");
    }

    @Test
    void refusesLargeBodies() {
        String form = "application/x-www-form-urlencoded";
        String part = "--b\r\nContent-Disposition: form-data; name=\"cluster_user\"\r\n\r\n" + LARGE + "\r\n--b--\r\n";

        assertProblem(server.postJson(CREATE, LARGE), 413, "too-large", null, TOO_LARGE);
        assertProblem(post(CREATE + "/demo/stop", "text/plain", LARGE), 413, "too-large", null, TOO_LARGE);
        assertSentence(post("/clusters/demo", form, "cluster_user=" + LARGE), 413, TOO_LARGE);
        assertSentence(post("/clusters/demo", "multipart/form-data; boundary=b", part), 413, TOO_LARGE);
    }

    @Test
    void saysThatTheConnectionEndsWhereABodyIsLeft() {
        assertThat(server.postJson(CREATE, LARGE).headers().firstValue("Connection"))
                .contains("close");
        assertThat(server.postJson(CREATE, "{}").headers().firstValue("Connection"))
                .isEmpty();
    }

    @Test
    void refusesMalformedMultipartForms() {
        String malformed = "The form is malformed, or larger than 1 MiB.";

        assertSentence(post("/clusters/demo", "multipart/form-data; boundary=b", "no parts"), 400, malformed);
        assertSentence(post("/clusters/demo", "multipart/form-data", "--b--"), 400, malformed);
    }

    @Test
    void refusesABodyWhereNoneBelongs() {
        String message = "This request takes no body.";

        assertProblem(server.postJson(CREATE + "/demo/stop", "{}"), 400, "unknown-field", "body", message);
        assertProblem(
                server.send(server.to(CREATE + "/demo").method("DELETE", BodyPublishers.ofString("{\"purge\": true}"))),
                400,
                "unknown-field",
                "body",
                message);
    }

    @Test
    void refusesAPauseThatIsNoSpanOrTooLong() {
        server.fleet.live.add(Samples.healthy("demo"));
        String pause = CREATE + "/demo/pause-automation";
        String wish = "{\"who\": \"ann\", \"why\": \"a repair\", \"span\": \"%s\"}";

        assertProblem(
                server.postJson(pause, wish.formatted("P31D")), 400, "invalid", "span", "span: from PT1S to PT720H.");
        assertProblem(
                server.postJson(pause, wish.formatted("-PT1H")), 400, "invalid", "span", "span: from PT1S to PT720H.");
        HttpResponse<String> malformed = server.postJson(pause, wish.formatted("an hour"));
        assertThat(malformed.statusCode()).isEqualTo(400);
        assertThat(problem(malformed).field()).contains("span");
        assertThat(server.fleet.calls).isEmpty();
    }

    @Test
    void refusesIdempotencyKeysThatAreNotVisibleAscii() {
        for (String key : new String[] {"two words", "k".repeat(129)}) {
            assertProblem(
                    server.send(server.to(CREATE)
                            .header("Content-Type", "application/json")
                            .header("Idempotency-Key", key)
                            .POST(BodyPublishers.ofString(DEMO))),
                    400,
                    "invalid",
                    "Idempotency-Key",
                    "Idempotency-Key: 1 to 128 visible ASCII characters.");
        }
    }

    @Test
    void refusesOptionsThatUsersMayNotSet() {
        HttpResponse<String> answer =
                server.postJson(CREATE, "{\"name\": \"demo\", \"options\": {\"super_read_only\": \"OFF\"}}");

        Problem problem = problem(answer);
        assertThat(answer.statusCode()).isEqualTo(400);
        assertThat(problem.field()).contains("options");
        assertThat(problem.detail()).startsWith("options: ").contains("super_read_only");
    }

    private HttpResponse<String> post(String path, String type, String body) {
        return server.send(server.to(path).header("Content-Type", type).POST(BodyPublishers.ofString(body)));
    }

    private static void assertProblem(
            HttpResponse<String> answer, int status, String code, @Nullable String field, String message) {
        Problem problem = problem(answer);
        assertThat(problem.detail()).isEqualTo(message);
        assertThat(answer.statusCode()).isEqualTo(status);
        assertThat(problem.status()).isEqualTo(status);
        assertThat(ApiJson.word(problem.code())).isEqualTo(code);
        assertThat(problem.type()).isEqualTo("urn:cotton:problem:" + code);
        assertThat(problem.field()).isEqualTo(Optional.ofNullable(field));
    }

    private static Problem problem(HttpResponse<String> answer) {
        assertThat(answer.headers().firstValue("Content-Type")).contains("application/problem+json");
        return ApiJson.mapper().readValue(answer.body(), Problem.class);
    }

    private static void assertSentence(HttpResponse<String> answer, int status, String message) {
        assertThat(answer.body()).isEqualTo(message + "\n");
        assertThat(answer.statusCode()).isEqualTo(status);
        assertThat(answer.headers().firstValue("Content-Type")).contains("text/plain;charset=utf-8");
    }

    private static String orEmpty(@Nullable String text) {
        return text == null ? "" : text;
    }
}
