package dev.cotton.scheduler.engine.mesos.artifact;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.KeyStore;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import javax.net.ssl.SSLContext;
import javax.net.ssl.TrustManagerFactory;
import org.eclipse.jetty.util.ssl.SslContextFactory;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What agents get, and that they get nothing else. */
final class ArtifactServerTest {
    private static final int SIZE = 3_000_000;

    @TempDir
    private Path folder;

    private final byte[] content = new byte[SIZE];
    private final HttpClient client =
            HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();
    private Artifact artifact;
    private ArtifactServer server;

    @BeforeEach
    void start() throws IOException {
        new Random(1).nextBytes(content);
        Path file = Files.write(folder.resolve("cotton-executor-1.tar.gz"), content);
        Files.writeString(folder.resolve("scheduler.key"), "secret");
        artifact = Artifact.of(file);
        server = new ArtifactServer(
                new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), Optional.empty(), List.of(artifact));
        server.start();
    }

    @AfterEach
    void stop() {
        client.close();
        server.close();
    }

    private HttpResponse<byte[]> get(String... headers) throws IOException, InterruptedException {
        HttpRequest.Builder request =
                HttpRequest.newBuilder(server.uri(artifact, "127.0.0.1")).GET();
        return client.send(
                (headers.length == 0 ? request : request.headers(headers)).build(), BodyHandlers.ofByteArray());
    }

    private static Optional<String> header(HttpResponse<?> response, String name) {
        return response.headers().firstValue(name);
    }

    @Test
    void aWholeFileComesWithItsLengthAndItsHash() throws Exception {
        HttpResponse<byte[]> response = get();
        assertThat(response.statusCode()).isEqualTo(200);
        assertThat(response.body()).isEqualTo(content);
        assertThat(header(response, "Content-Length")).contains(Integer.toString(SIZE));
        assertThat(header(response, "ETag")).contains("\"" + artifact.sha256() + "\"");
        assertThat(header(response, "Accept-Ranges")).contains("bytes");
    }

    @Test
    void theAddressHasTheHash() {
        assertThat(artifact.sha256()).matches("[0-9a-f]{64}");
        assertThat(server.uri(artifact, "agents.example"))
                .hasToString("http://agents.example:"
                        + server.uri(artifact, "x").getPort() + "/artifact/" + artifact.sha256()
                        + "/cotton-executor-1.tar.gz");
        assertThat(server.uri(artifact, "::1").getHost()).isEqualTo("[::1]");
    }

    @Test
    void headTellsTheSameWithoutTheFile() throws Exception {
        HttpResponse<byte[]> response = client.send(
                HttpRequest.newBuilder(server.uri(artifact, "127.0.0.1")).HEAD().build(), BodyHandlers.ofByteArray());
        assertThat(response.statusCode()).isEqualTo(200);
        assertThat(response.body()).isEmpty();
        assertThat(header(response, "Content-Length")).contains(Integer.toString(SIZE));
        assertThat(header(response, "ETag")).contains("\"" + artifact.sha256() + "\"");
    }

    @ParameterizedTest
    @CsvSource({
        "bytes=0-0, 0, 1",
        "bytes=1000000-, 1000000, 3000000",
        "bytes=10-19, 10, 20",
        "bytes=-5, 2999995, 3000000",
        "bytes=2999999-9999999, 2999999, 3000000",
        "bytes=-9999999, 0, 3000000"
    })
    void aPartIsThatPart(String range, int from, int to) throws Exception {
        HttpResponse<byte[]> response = get("Range", range);
        assertThat(response.statusCode()).isEqualTo(206);
        assertThat(response.body()).isEqualTo(Arrays.copyOfRange(content, from, to));
        assertThat(header(response, "Content-Range")).contains("bytes " + from + "-" + (to - 1) + "/" + SIZE);
        assertThat(header(response, "Content-Length")).contains(Integer.toString(to - from));
    }

    @ParameterizedTest
    @ValueSource(strings = {"bytes=3000000-", "bytes=-0"})
    void aPartThatIsNotThereIsRefused(String range) throws Exception {
        HttpResponse<byte[]> response = get("Range", range);
        assertThat(response.statusCode()).isEqualTo(416);
        assertThat(header(response, "Content-Range")).contains("bytes */" + SIZE);
    }

    @ParameterizedTest
    @ValueSource(strings = {"bytes=5-2", "bytes=-", "bytes=0-1,5-6", "lines=1-2", "bytes=99999999999999999999-"})
    void whatIsNoPartGetsTheWhole(String range) throws Exception {
        HttpResponse<byte[]> response = get("Range", range);
        assertThat(response.statusCode()).isEqualTo(200);
        assertThat(response.body()).hasSize(SIZE);
    }

    @Test
    void theRestOfAnotherFileIsNotGiven() throws Exception {
        assertThat(get("Range", "bytes=5-", "If-Range", artifact.tag()).statusCode())
                .isEqualTo(206);
        assertThat(get("Range", "bytes=5-", "If-Range", "\"another\"").statusCode())
                .isEqualTo(200);
    }

    @Test
    void whoHasItIsToldSo() throws Exception {
        HttpResponse<byte[]> response = get("If-None-Match", artifact.tag());
        assertThat(response.statusCode()).isEqualTo(304);
        assertThat(response.body()).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "/",
                "/artifact",
                "/artifact/HASH",
                "/artifact/HASH/",
                "/artifact/HASH/../../scheduler.key",
                "/artifact/HASH/scheduler.key",
                "/scheduler.key",
                "/artifact/HASH/%2e%2e/scheduler.key"
            })
    void nothingElseIsHandedOut(String path) throws Exception {
        URI there = server.uri(artifact, "127.0.0.1");
        URI elsewhere = URI.create("http://" + there.getAuthority() + path.replace("HASH", artifact.sha256()));
        HttpResponse<String> response =
                client.send(HttpRequest.newBuilder(elsewhere).build(), BodyHandlers.ofString());
        assertThat(response.statusCode()).isIn(400, 404);
        assertThat(response.body()).doesNotContain("secret");
    }

    @ParameterizedTest
    @ValueSource(strings = {"POST", "PUT", "DELETE"})
    void nothingIsTaken(String method) throws Exception {
        HttpResponse<String> response = client.send(
                HttpRequest.newBuilder(server.uri(artifact, "127.0.0.1"))
                        .method(method, BodyPublishers.ofString("x"))
                        .build(),
                BodyHandlers.ofString());
        assertThat(response.statusCode()).isEqualTo(405);
        assertThat(header(response, "Allow")).contains("GET, HEAD");
    }

    @Test
    void aFileThatHasChangedIsNotHandedOutUnderTheFormerHash() throws Exception {
        Files.writeString(artifact.file(), "another");
        assertThat(get().statusCode()).isEqualTo(410);
    }

    @Test
    void overTlsItIsTheSame() throws Exception {
        Path store = folder.resolve("store.p12");
        Process keytool = new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "keytool")
                                .toString(),
                        "-genkeypair",
                        "-keyalg",
                        "EC",
                        "-dname",
                        "CN=scheduler",
                        "-ext",
                        "san=ip:127.0.0.1",
                        "-storetype",
                        "PKCS12",
                        "-keystore",
                        store.toString(),
                        "-storepass",
                        "changeit")
                .start();
        assertThat(keytool.waitFor()).isZero();
        SslContextFactory.Server tls = new SslContextFactory.Server();
        tls.setKeyStorePath(store.toString());
        tls.setKeyStorePassword("changeit");
        tls.setSniRequired(false);
        try (ArtifactServer secure = new ArtifactServer(
                        new InetSocketAddress(InetAddress.getLoopbackAddress(), 0),
                        Optional.of(tls),
                        List.of(artifact));
                HttpClient trusting =
                        HttpClient.newBuilder().sslContext(trusting(store)).build()) {
            secure.start();
            URI uri = secure.uri(artifact, "127.0.0.1");
            assertThat(uri.getScheme()).isEqualTo("https");
            assertThat(trusting.send(HttpRequest.newBuilder(uri).build(), BodyHandlers.ofByteArray())
                            .body())
                    .isEqualTo(content);
        }
    }

    private static SSLContext trusting(Path store) throws Exception {
        TrustManagerFactory trust = TrustManagerFactory.getInstance("PKIX");
        KeyStore keys = KeyStore.getInstance("PKCS12");
        try (InputStream in = Files.newInputStream(store)) {
            keys.load(in, "changeit".toCharArray());
        }
        KeyStore trusted = KeyStore.getInstance("PKCS12");
        trusted.load(null, null);
        trusted.setCertificateEntry(
                "scheduler", keys.getCertificate(keys.aliases().nextElement()));
        trust.init(trusted);
        SSLContext context = SSLContext.getInstance("TLS");
        context.init(null, trust.getTrustManagers(), null);
        return context;
    }

    @Test
    void aNameThatAnAddressCannotHaveIsRefused() throws IOException {
        Path odd = Files.writeString(folder.resolve("my sql.tar"), "x");
        assertThatThrownBy(() -> Artifact.of(odd))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("my sql.tar");
    }
}
