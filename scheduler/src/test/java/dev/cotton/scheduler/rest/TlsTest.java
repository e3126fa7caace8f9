package dev.cotton.scheduler.rest;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.cotton.scheduler.rest.RestSettings.Access;
import dev.cotton.scheduler.rest.RestSettings.TlsFiles;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.math.BigInteger;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.time.Duration;
import java.time.Instant;
import java.util.Base64;
import java.util.Date;
import java.util.Optional;
import org.bouncycastle.asn1.x500.X500Name;
import org.bouncycastle.asn1.x509.Extension;
import org.bouncycastle.asn1.x509.GeneralName;
import org.bouncycastle.asn1.x509.GeneralNames;
import org.bouncycastle.cert.X509CertificateHolder;
import org.bouncycastle.cert.jcajce.JcaX509v3CertificateBuilder;
import org.bouncycastle.openssl.jcajce.JcaPEMWriter;
import org.bouncycastle.operator.jcajce.JcaContentSignerBuilder;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** HTTPS with files in PEM. */
final class TlsTest {
    @TempDir
    private Path folder;

    private Path certificate = Path.of("");
    private Path key = Path.of("");

    @BeforeEach
    void makeCertificate() throws Exception {
        KeyPairGenerator generator = KeyPairGenerator.getInstance("EC");
        generator.initialize(256);
        KeyPair pair = generator.generateKeyPair();
        certificate = write("certificate.pem", selfSigned(pair));
        key = writePkcs8("key.pem", pair);
    }

    @Test
    void speaksHttpsAndNothingElse() {
        try (RunningServer server = new RunningServer(settings(certificate, key))) {
            assertThat(server.url()).startsWith("https://127.0.0.1:");
            assertThat(server.get("/api/v1/clusters").statusCode()).isEqualTo(200);
            assertThat(server.raw("GET / HTTP/1.1", "Host: localhost")).doesNotContain("200 OK");
        }
    }

    @Test
    void takesKeysInTheirOldFormToo() throws Exception {
        KeyPairGenerator generator = KeyPairGenerator.getInstance("RSA");
        generator.initialize(2048);
        KeyPair pair = generator.generateKeyPair();
        Path rsaCertificate = write("rsa.pem", selfSigned(pair));
        Path rsaKey = write("rsa-key.pem", pair);

        try (RunningServer server = new RunningServer(settings(rsaCertificate, rsaKey))) {
            assertThat(server.get("/api/v1/health").statusCode()).isEqualTo(200);
        }
    }

    @Test
    void carriesToALeaderWhoseAuthorityItWasToldOf() {
        try (RunningServer leader = new RunningServer(settings(certificate, key));
                RunningServer standby = new RunningServer(settings(certificate, key))) {
            standby.fleet.ready = false;
            standby.leads.set(false);
            standby.leader.set(Optional.of(leader.url()));

            assertThat(standby.form("POST", "/clusters/demo", "cluster_user=u").statusCode())
                    .isEqualTo(200);
            assertThat(leader.fleet.creations).hasSize(1);
        }
    }

    @Test
    void doesNotCarryToAStranger() {
        try (RunningServer leader = new RunningServer(settings(certificate, key));
                RunningServer standby = new RunningServer()) {
            standby.fleet.ready = false;
            standby.leads.set(false);
            standby.leader.set(Optional.of(leader.url()));

            assertThat(standby.form("POST", "/clusters/demo", "cluster_user=u").statusCode())
                    .isEqualTo(503);
            assertThat(leader.fleet.calls).isEmpty();
        }
    }

    @Test
    void namesTheFileThatItCannotUse() throws IOException {
        Path empty = Files.writeString(folder.resolve("empty.pem"), "");

        assertThatThrownBy(() -> new RunningServer(settings(empty, key)))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("empty.pem");
        assertThatThrownBy(() -> new RunningServer(settings(certificate, empty)))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("There is no unencrypted private key in " + empty + ".");
        assertThatThrownBy(() -> new RunningServer(settings(certificate, folder.resolve("absent.pem"))))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("absent.pem");
    }

    private RestSettings settings(Path certificateFile, Path keyFile) {
        TlsFiles files = new TlsFiles(certificateFile, keyFile, Optional.of(certificateFile));
        return new RestSettings(
                "127.0.0.1",
                0,
                Optional.empty(),
                new Access(Optional.empty(), Optional.of(files), false),
                Optional.empty());
    }

    private static X509CertificateHolder selfSigned(KeyPair pair) throws Exception {
        X500Name name = new X500Name("CN=scheduler");
        Instant now = Instant.now();
        String algorithm = pair.getPrivate().getAlgorithm().equals("EC") ? "SHA256withECDSA" : "SHA256withRSA";
        return new JcaX509v3CertificateBuilder(
                        name,
                        BigInteger.ONE,
                        Date.from(now.minus(Duration.ofHours(1))),
                        Date.from(now.plus(Duration.ofHours(1))),
                        name,
                        pair.getPublic())
                .addExtension(
                        Extension.subjectAlternativeName,
                        false,
                        new GeneralNames(new GeneralName(GeneralName.iPAddress, "127.0.0.1")))
                .build(new JcaContentSignerBuilder(algorithm).build(pair.getPrivate()));
    }

    private Path writePkcs8(String name, KeyPair pair) throws IOException {
        String encoded = Base64.getMimeEncoder(64, new byte[] {'\n'})
                .encodeToString(pair.getPrivate().getEncoded());
        return Files.writeString(
                folder.resolve(name), "-----BEGIN PRIVATE KEY-----\n" + encoded + "\n-----END PRIVATE KEY-----\n");
    }

    private Path write(String name, Object content) {
        Path file = folder.resolve(name);
        try (JcaPEMWriter writer = new JcaPEMWriter(Files.newBufferedWriter(file))) {
            writer.writeObject(content);
            return file;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
