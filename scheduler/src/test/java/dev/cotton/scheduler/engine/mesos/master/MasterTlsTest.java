package dev.cotton.scheduler.engine.mesos.master;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.cotton.core.mesos.Call;
import dev.cotton.scheduler.rest.edge.ServerTls;
import java.math.BigInteger;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.KeyStore;
import java.security.cert.Certificate;
import java.security.cert.X509Certificate;
import java.time.Duration;
import java.time.Instant;
import java.util.Base64;
import java.util.Date;
import java.util.List;
import java.util.Optional;
import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLException;
import org.bouncycastle.asn1.x500.X500Name;
import org.bouncycastle.asn1.x509.Extension;
import org.bouncycastle.asn1.x509.GeneralName;
import org.bouncycastle.asn1.x509.GeneralNames;
import org.bouncycastle.cert.jcajce.JcaX509CertificateConverter;
import org.bouncycastle.cert.jcajce.JcaX509v3CertificateBuilder;
import org.bouncycastle.operator.jcajce.JcaContentSignerBuilder;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Masters that speak HTTPS. */
final class MasterTlsTest {
    @TempDir
    private Path folder;

    private final Recorder told = new Recorder();
    private Identity master = Identity.unset();

    /** A key and its certificate, signed by itself. */
    private record Identity(Optional<KeyPair> keys, Optional<X509Certificate> certificate) {
        static Identity unset() {
            return new Identity(Optional.empty(), Optional.empty());
        }

        static Identity made() throws Exception {
            KeyPairGenerator generator = KeyPairGenerator.getInstance("EC");
            generator.initialize(256);
            KeyPair pair = generator.generateKeyPair();
            X500Name name = new X500Name("CN=mesos-master");
            Instant now = Instant.now();
            return new Identity(
                    Optional.of(pair),
                    Optional.of(new JcaX509CertificateConverter()
                            .getCertificate(new JcaX509v3CertificateBuilder(
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
                                    .build(new JcaContentSignerBuilder("SHA256withECDSA").build(pair.getPrivate())))));
        }

        SSLContext server() throws Exception {
            char[] password = "none".toCharArray();
            KeyStore store = KeyStore.getInstance("PKCS12");
            store.load(null, password);
            store.setKeyEntry(
                    "master", keys.orElseThrow().getPrivate(), password, new Certificate[] {certificate.orElseThrow()});
            KeyManagerFactory factory = KeyManagerFactory.getInstance(KeyManagerFactory.getDefaultAlgorithm());
            factory.init(store, password);
            SSLContext context = SSLContext.getInstance("TLS");
            context.init(factory.getKeyManagers(), null, null);
            return context;
        }
    }

    @BeforeEach
    void makeIdentity() throws Exception {
        master = Identity.made();
    }

    private MasterLink link(PlayedMaster played, Identity trusted) throws Exception {
        return new MasterLink(new MasterSettings(
                new MasterAddress.Listed(List.of(played.endpoint())),
                Optional.of(ServerTls.client(pem(trusted))),
                Optional.of(new Credentials("sched", "s3cret")),
                Links.framework(),
                Links.QUICK));
    }

    private Path pem(Identity identity) throws Exception {
        String encoded = Base64.getMimeEncoder(64, "\n".getBytes(UTF_8))
                .encodeToString(identity.certificate().orElseThrow().getEncoded());
        return Files.writeString(
                folder.resolve("ca.pem"), "-----BEGIN CERTIFICATE-----\n" + encoded + "\n-----END CERTIFICATE-----\n");
    }

    @Test
    void speaksToAMasterWhoseAuthorityItWasGiven() throws Exception {
        try (PlayedMaster played = PlayedMaster.start(master.server(), PlayedMaster.willing((_, _) -> {}));
                MasterLink link = link(played, master)) {
            link.start(Optional.empty(), told);
            told.next(Recorder.Subscribed.class);
            link.call(new Call.Revive(List.of()));
            assertThat(played.request().header("authorization")).isPresent();
        }
    }

    @Test
    void tellsAStrangerNothing() throws Exception {
        try (PlayedMaster played = PlayedMaster.start(master.server(), PlayedMaster.willing((_, _) -> {}));
                MasterHttp http = new MasterHttp(new MasterSettings(
                        new MasterAddress.Listed(List.of(played.endpoint())),
                        Optional.of(ServerTls.client(pem(Identity.made()))),
                        Optional.of(new Credentials("sched", "s3cret")),
                        Links.framework(),
                        Links.QUICK))) {
            assertThatThrownBy(() -> http.call(
                            played.endpoint(), new Call.Envelope(Optional.empty(), new Call.Revive(List.of())), "s"))
                    .isInstanceOf(SSLException.class);
            assertThat(played.waiting()).isEmpty();
        }
    }
}
