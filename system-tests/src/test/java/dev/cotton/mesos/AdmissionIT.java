package dev.cotton.mesos;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.cotton.cli.ExitCode;
import dev.cotton.cli.app.Cotton;
import dev.cotton.testing.executor.FreePorts;
import dev.cotton.testing.mesos.MasterOptions;
import dev.cotton.testing.mesos.MesosSimulator;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.KeyStore;
import java.time.Duration;
import java.util.Base64;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.SSLContext;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A master that speaks HTTPS and knows its frameworks by name and secret: who is let in, and what the others are told. */
final class AdmissionIT {
    private static final Duration LIMIT = Duration.ofSeconds(60);
    private static final String PASSWORD = "changeit";

    @TempDir
    Path folder;

    private MesosSimulator mesos;
    private Optional<Process> started = Optional.empty();

    @BeforeEach
    void startMaster() throws Exception {
        mesos = MesosSimulator.in(folder.resolve("mesos"))
                .masterOptions(MasterOptions.forTests().withCredentials(Map.of("cotton", "s3cret")))
                .tls(identity("master"))
                .start();
    }

    @AfterEach
    void stop() throws InterruptedException {
        if (started.isPresent()) {
            scheduler().destroyForcibly().waitFor();
        }
        mesos.close();
    }

    /** A key and a certificate of this machine that it has signed itself; the certificate goes to a file of that name. */
    private SSLContext identity(String name) throws Exception {
        Path keys = folder.resolve(name + ".p12");
        Process keytool = new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "keytool")
                                .toString(),
                        "-genkeypair",
                        "-keystore",
                        keys.toString(),
                        "-storepass",
                        PASSWORD,
                        "-alias",
                        name,
                        "-keyalg",
                        "EC",
                        "-dname",
                        "CN=" + name,
                        "-ext",
                        "san=ip:127.0.0.1")
                .inheritIO()
                .start();
        assertThat(keytool.waitFor()).isZero();
        KeyStore store = KeyStore.getInstance("PKCS12");
        try (InputStream in = Files.newInputStream(keys)) {
            store.load(in, PASSWORD.toCharArray());
        }
        Files.writeString(
                folder.resolve(name + ".pem"),
                "-----BEGIN CERTIFICATE-----\n"
                        + Base64.getMimeEncoder(64, "\n".getBytes(UTF_8))
                                .encodeToString(store.getCertificate(name).getEncoded())
                        + "\n-----END CERTIFICATE-----\n");
        KeyManagerFactory factory = KeyManagerFactory.getInstance(KeyManagerFactory.getDefaultAlgorithm());
        factory.init(store, PASSWORD.toCharArray());
        SSLContext context = SSLContext.getInstance("TLS");
        context.init(factory.getKeyManagers(), null, null);
        return context;
    }

    private void startScheduler(String secret, String authority) throws IOException {
        Path login = Files.writeString(folder.resolve("login.yaml"), "principal: cotton\nsecret: " + secret + "\n");
        Files.setPosixFilePermissions(login, PosixFilePermissions.fromString("rw-------"));
        started = Optional.of(new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-Xmx192m",
                        "-XX:+UseSerialGC",
                        "-cp",
                        System.getProperty("java.class.path"),
                        Cotton.class.getName(),
                        "scheduler",
                        "--data-dir",
                        folder.resolve("data").toString(),
                        "--port",
                        Integer.toString(FreePorts.one()),
                        "--mesos-master",
                        mesos.leader(),
                        "--mesos-tls-authority",
                        folder.resolve(authority).toString(),
                        "--framework-authentication-file",
                        login.toString(),
                        "--framework-user",
                        MesosFleet.USER,
                        "--executor-uri",
                        "http://127.0.0.1:1/executor.tar.gz")
                .redirectErrorStream(true)
                .redirectOutput(output().toFile())
                .start());
    }

    private Process scheduler() {
        return started.orElseThrow();
    }

    private Path output() {
        return folder.resolve("output");
    }

    private String said() throws IOException {
        return Files.readString(output());
    }

    @Test
    void whoGivesTheRightSecretIsRegistered() throws Exception {
        startScheduler("s3cret", "master.pem");

        await().atMost(LIMIT).until(() -> mesos.view().frameworks().size() == 1);
        assertThat(scheduler().isAlive()).isTrue();
        assertThat(said()).doesNotContain("s3cret");
    }

    @Test
    void whoGivesAWrongSecretIsToldSoAndEnds() throws Exception {
        startScheduler("guessed", "master.pem");

        assertThat(scheduler().waitFor(LIMIT.toSeconds(), TimeUnit.SECONDS)).isTrue();
        assertThat(scheduler().exitValue()).as(said()).isEqualTo(ExitCode.FORBIDDEN.number());
        assertThat(said().lines().reduce((_, last) -> last).orElse(""))
                .contains("The Mesos master does not accept the framework's principal and secret (401).")
                .contains("Nothing was changed.")
                .contains(
                        "Check the framework's authentication file against the master's --credentials, and start again.");
        assertThat(said()).doesNotContain("guessed");
        assertThat(mesos.view().frameworks()).isEmpty();
    }

    @Test
    void aMasterOfAnotherAuthorityIsNotToldTheSecret() throws Exception {
        identity("stranger");
        startScheduler("s3cret", "stranger.pem");

        await().atMost(LIMIT).untilAsserted(() -> assertThat(said()).contains("no trusted connection came about"));
        assertThat(scheduler().isAlive()).isTrue();
        assertThat(mesos.view().frameworks()).isEmpty();
    }
}
