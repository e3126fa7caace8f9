package dev.cotton.mesos;

import static org.assertj.core.api.Assertions.assertThat;

import dev.cotton.scheduler.engine.mesos.artifact.Artifact;
import dev.cotton.scheduler.engine.mesos.artifact.ArtifactServer;
import dev.cotton.scheduler.rest.edge.ServerTls;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Files for agents are fetched by curl, which is what the fetcher of Mesos is made of: by HTTP and by HTTPS. */
final class ArtifactIT {
    private static final int SIZE = 5_000_000;

    @TempDir
    private Path folder;

    private final byte[] content = new byte[SIZE];
    private Artifact artifact;

    @BeforeEach
    void write() throws IOException {
        new Random(1).nextBytes(content);
        artifact = Artifact.of(Files.write(folder.resolve("cotton-executor.tar.gz"), content));
    }

    private ArtifactServer serve(boolean secure) throws IOException, InterruptedException {
        ArtifactServer server = new ArtifactServer(
                new InetSocketAddress(InetAddress.getLoopbackAddress(), 0),
                secure ? Optional.of(ServerTls.server(certificate(), folder.resolve("tls.key"))) : Optional.empty(),
                List.of(artifact));
        server.start();
        return server;
    }

    private Path certificate() throws IOException, InterruptedException {
        Path certificate = folder.resolve("tls.pem");
        run(List.of(
                "openssl",
                "req",
                "-x509",
                "-newkey",
                "rsa:2048",
                "-nodes",
                "-days",
                "2",
                "-subj",
                "/CN=scheduler",
                "-addext",
                "subjectAltName=IP:127.0.0.1",
                "-keyout",
                folder.resolve("tls.key").toString(),
                "-out",
                certificate.toString()));
        return certificate;
    }

    /** Its exit code. */
    private int run(List<String> command) throws IOException, InterruptedException {
        Process process = new ProcessBuilder(command)
                .redirectErrorStream(true)
                .redirectOutput(folder.resolve("said").toFile())
                .start();
        assertThat(process.waitFor(30, TimeUnit.SECONDS)).isTrue();
        return process.exitValue();
    }

    private int curl(ArtifactServer server, String... flags) throws IOException, InterruptedException {
        return run(Stream.concat(
                        Stream.concat(
                                Stream.of("curl", "--silent", "--show-error", "--fail", "--max-time", "20"),
                                Stream.of(flags)),
                        Stream.of(server.uri(artifact, "127.0.0.1").toString()))
                .toList());
    }

    @Test
    void whatWasCutOffGoesOnWhereItStopped() throws Exception {
        Path target = Files.write(folder.resolve("half"), Arrays.copyOf(content, SIZE / 2));
        try (ArtifactServer server = serve(false)) {
            assertThat(curl(server, "--continue-at", "-", "--output", target.toString()))
                    .isZero();
        }
        assertThat(Files.readAllBytes(target)).isEqualTo(content);
    }

    @Test
    void onePartIsFetchedByHttps() throws Exception {
        Path target = folder.resolve("part");
        try (ArtifactServer server = serve(true)) {
            String authority = folder.resolve("tls.pem").toString();
            assertThat(curl(server, "--cacert", authority, "--range", "100-299", "--output", target.toString()))
                    .isZero();
            assertThat(Files.readAllBytes(target)).isEqualTo(Arrays.copyOfRange(content, 100, 300));
        }
    }

    /** The host of an agent that does not know the authority fetches nothing. */
    @Test
    void anAuthorityThatIsNotKnownIsNotTrusted() throws Exception {
        int untrusted = 60;
        try (ArtifactServer server = serve(true)) {
            assertThat(curl(server, "--output", folder.resolve("none").toString()))
                    .isEqualTo(untrusted);
        }
        assertThat(Files.readString(folder.resolve("said"), StandardCharsets.UTF_8))
                .contains("certificate");
    }
}
