package dev.cotton.scheduler.rest;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.cotton.scheduler.rest.RestSettings.Access;
import java.io.IOException;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Base64;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Who gets in. */
final class GateTest {
    private static final String TOKEN = "0123456789abcdef0123456789abcdef";

    @TempDir
    private Path folder;

    @Test
    void answersOnLoopbackToLoopbackNamesOnly() {
        try (RunningServer server = new RunningServer()) {
            String port = server.url().substring(server.url().lastIndexOf(':'));

            for (String host : new String[] {"localhost", "127.0.0.1" + port, "[::1]" + port, "LOCALHOST" + port}) {
                assertThat(server.raw("GET /api/v1/clusters HTTP/1.1", "Host: " + host))
                        .startsWith("HTTP/1.1 200");
            }
            for (String host :
                    new String[] {"evil.example", "evil.example" + port, "localhost.evil.example", "[::2]"}) {
                assertThat(server.raw("GET /api/v1/clusters HTTP/1.1", "Host: " + host))
                        .startsWith("HTTP/1.1 403")
                        .contains("\"code\":\"host-refused\"", "\"field\":\"Host\"");
            }
            assertThat(server.raw("GET /vars.json HTTP/1.1", "Host: evil.example"))
                    .startsWith("HTTP/1.1 403")
                    .contains("This server answers to localhost only");
        }
    }

    @Test
    void refusesChangesThatAPageOfAnotherSiteSent() {
        try (RunningServer server = new RunningServer()) {
            server.fleet.live.add(Samples.healthy("demo"));
            String host = server.url().substring("http://".length());
            String post = "POST /api/v1/clusters/demo/stop HTTP/1.1";

            assertThat(server.raw(post, "Host: " + host, "Content-Length: 0", "Origin: http://evil.example"))
                    .startsWith("HTTP/1.1 403")
                    .contains("\"code\":\"origin-refused\"");
            assertThat(server.raw(post, "Host: " + host, "Content-Length: 0", "Origin: null"))
                    .startsWith("HTTP/1.1 403");
            assertThat(server.fleet.calls).isEmpty();
            assertThat(server.raw(post, "Host: " + host, "Content-Length: 0", "Origin: http://" + host))
                    .startsWith("HTTP/1.1 202");
            assertThat(server.raw("GET /api/v1/clusters HTTP/1.1", "Host: " + host, "Origin: http://evil.example"))
                    .startsWith("HTTP/1.1 200")
                    .doesNotContainIgnoringCase("Access-Control-Allow");
        }
    }

    @Test
    void asksForATokenEverywhereButForHealth() throws IOException {
        try (RunningServer server = new RunningServer(withTokens("\n" + TOKEN + "\nanother-token-of-many-letters\n"))) {
            for (String path : new String[] {
                "/", "/vars.json", "/metrics", "/api/v1/clusters", "/api/v1/version", "/api/v1/nothing", "/nothing"
            }) {
                HttpResponse<String> answer = server.get(path);
                assertThat(answer.statusCode()).as(path).isEqualTo(401);
                assertThat(answer.headers().allValues("WWW-Authenticate"))
                        .containsExactly("Bearer realm=\"cotton\"", "Basic realm=\"cotton\", charset=\"UTF-8\"");
            }
            assertThat(server.form("POST", "/clusters/demo", "cluster_user=u").statusCode())
                    .isEqualTo(401);
            assertThat(server.fleet.calls).isEmpty();

            assertThat(server.get("/api/v1/health").statusCode()).isEqualTo(200);
            assertThat(authorised(server, "Bearer " + TOKEN)).isEqualTo(200);
            assertThat(authorised(server, "bearer another-token-of-many-letters"))
                    .isEqualTo(200);
            assertThat(authorised(server, "Basic " + base64("anybody:" + TOKEN)))
                    .isEqualTo(200);
            assertThat(authorised(server, "Bearer " + TOKEN + "x")).isEqualTo(401);
            assertThat(authorised(server, "Bearer")).isEqualTo(401);
            assertThat(authorised(server, "Basic not-base64!")).isEqualTo(401);
            assertThat(authorised(server, "Digest " + TOKEN)).isEqualTo(401);
        }
    }

    @Test
    void takesATokenOnTheOriginalRoutes() throws IOException {
        try (RunningServer server = new RunningServer(withTokens(TOKEN))) {
            HttpRequest.Builder create = server.to("/clusters/demo")
                    .header("Authorization", "Bearer " + TOKEN)
                    .header("Content-Type", "application/x-www-form-urlencoded")
                    .POST(BodyPublishers.ofString("cluster_user=u"));

            assertThat(server.send(create).statusCode()).isEqualTo(200);
        }
    }

    @Test
    void refusesTokenFilesThatOthersMayReadOrThatAreTooShort() throws IOException {
        Path open = tokenFile(TOKEN, "rw-r--r--");
        Path shortOne = tokenFile("abc", "rw-------");
        Path empty = tokenFile("\n", "rw-------");

        assertThatThrownBy(() -> new RunningServer(withTokenFile(open)))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("may be read by others");
        assertThatThrownBy(() -> new RunningServer(withTokenFile(shortOne)))
                .hasMessageContaining("at least 20 characters");
        assertThatThrownBy(() -> new RunningServer(withTokenFile(empty)))
                .hasMessageContaining("at least 20 characters");
        assertThatThrownBy(() -> new RunningServer(withTokenFile(folder.resolve("absent"))))
                .hasMessageContaining("cannot be read");
    }

    @Test
    void guardsEveryAnswerWithHeaders() {
        try (RunningServer server = new RunningServer()) {
            for (String path : new String[] {"/", "/api/v1/clusters", "/api/v1/nothing", "/vars.json"}) {
                HttpResponse<String> answer = server.get(path);
                assertThat(answer.headers().firstValue("Cache-Control")).contains("no-store");
                assertThat(answer.headers().firstValue("X-Content-Type-Options"))
                        .contains("nosniff");
                assertThat(answer.headers().firstValue("X-Frame-Options")).contains("DENY");
                assertThat(answer.headers().firstValue("Referrer-Policy")).contains("no-referrer");
                assertThat(answer.headers()
                                .firstValue("Content-Security-Policy")
                                .orElseThrow())
                        .startsWith("default-src 'none'");
                assertThat(answer.headers().firstValue("Server")).isEmpty();
            }
        }
    }

    @Test
    void answersWhatIsNotHttpAsAProblemWithoutInnards() {
        try (RunningServer server = new RunningServer()) {
            String answer = server.raw("GET /api/v1/clusters/%zz HTTP/1.1", "Host: localhost");

            assertThat(answer)
                    .startsWith("HTTP/1.1 400")
                    .contains("application/problem+json", "\"code\":\"malformed-request\"")
                    .doesNotContain("jetty", "Exception", "at org.");
        }
    }

    private RestSettings withTokens(String content) throws IOException {
        return withTokenFile(tokenFile(content, "rw-------"));
    }

    private static RestSettings withTokenFile(Path file) {
        return new RestSettings(
                "127.0.0.1",
                0,
                Optional.empty(),
                new Access(Optional.of(file), Optional.empty(), false),
                Optional.empty());
    }

    private Path tokenFile(String content, String permissions) throws IOException {
        Path file = Files.createTempFile(folder, "tokens", "");
        Files.writeString(file, content);
        return Files.setPosixFilePermissions(file, PosixFilePermissions.fromString(permissions));
    }

    private static int authorised(RunningServer server, String authorization) {
        return server.send(server.to("/api/v1/clusters").header("Authorization", authorization))
                .statusCode();
    }

    private static String base64(String text) {
        return Base64.getEncoder().encodeToString(text.getBytes(StandardCharsets.UTF_8));
    }
}
