package dev.cotton.scheduler.security;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.cotton.core.model.InstanceId;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.PublicKey;
import java.security.cert.X509Certificate;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class CertificateAuthorityTest {
    private static final Instant NOW = Instant.parse("2030-01-01T12:00:00Z");
    private static final InstanceId INSTANCE = InstanceId.parse("a.long-name_of-a-cluster-12");

    @TempDir
    Path folder;

    private final CertificateAuthority authority = CertificateAuthority.generate(InstantSource.fixed(NOW));
    private final PublicKey holder = CertificateAuthority.newKeyPair().getPublic();

    @Test
    void isACertificateAuthorityThatSignsLeavesOnly() throws GeneralSecurityException {
        X509Certificate certificate = authority.certificate();

        certificate.verify(certificate.getPublicKey());
        assertThat(certificate.getBasicConstraints()).isZero();
        assertThat(certificate.getPublicKey().getAlgorithm()).isEqualTo("EC");
        assertThat(certificate.getSigAlgName()).isEqualTo("SHA256withECDSA");
        assertThat(certificate.getKeyUsage()[5]).as("signs certificates").isTrue();
    }

    @ParameterizedTest
    @CsvSource({"127.0.0.1, 7, 127.0.0.1", "db1.example, 2, db1.example", "fd00::1, 7, fd00:0:0:0:0:0:0:1"})
    void namesTheInstanceAndItsAddress(String address, int kind, String shown) throws GeneralSecurityException {
        X509Certificate certificate = authority.issueForInstance(INSTANCE, address, holder);

        certificate.verify(authority.certificate().getPublicKey());
        assertThat(certificate.getSubjectX500Principal().getName()).isEqualTo("CN=" + INSTANCE);
        assertThat(List.copyOf(certificate.getSubjectAlternativeNames())).isEqualTo(List.of(List.of(kind, shown)));
        assertThat(certificate.getExtendedKeyUsage())
                .as("serverAuth and clientAuth")
                .containsExactlyInAnyOrder("1.3.6.1.5.5.7.3.1", "1.3.6.1.5.5.7.3.2");
        assertThat(certificate.getBasicConstraints()).isEqualTo(-1);
        assertThat(certificate.getPublicKey()).isEqualTo(holder);
    }

    @Test
    void signsForNinetyDaysAndAllowsForClocksThatDiffer() {
        X509Certificate certificate = authority.issueForInstance(INSTANCE, "127.0.0.1", holder);

        assertThat(certificate.getNotAfter().toInstant()).isEqualTo(NOW.plus(Duration.ofDays(90)));
        assertThat(certificate.getNotBefore().toInstant()).isEqualTo(NOW.minus(Duration.ofHours(1)));
    }

    @Test
    void givesEveryCertificateItsOwnNumber() {
        assertThat(authority.issueForInstance(INSTANCE, "127.0.0.1", holder).getSerialNumber())
                .isPositive()
                .isNotEqualTo(authority
                        .issueForInstance(INSTANCE, "127.0.0.1", holder)
                        .getSerialNumber());
    }

    @Test
    void schedulersAreClientsOnly() throws GeneralSecurityException {
        X509Certificate certificate = authority.issueForScheduler(holder);

        assertThat(certificate.getSubjectX500Principal().getName()).isEqualTo("CN=cotton-scheduler");
        assertThat(certificate.getExtendedKeyUsage()).containsExactly("1.3.6.1.5.5.7.3.2");
        assertThat(certificate.getSubjectAlternativeNames()).isNull();
    }

    @Test
    void isTheSameAfterItWasSealedAndOpened() throws GeneralSecurityException {
        Keyring keyring = Keyring.open(folder.resolve("key"), true);

        String sealed = authority.seal(keyring);
        CertificateAuthority opened = CertificateAuthority.open(keyring, sealed, InstantSource.fixed(NOW));

        assertThat(sealed).startsWith("v1:").doesNotContain("BEGIN");
        assertThat(opened.pem()).isEqualTo(authority.pem());
        opened.issueForScheduler(holder).verify(authority.certificate().getPublicKey());
    }

    @Test
    void isNotOpenedWithAnotherKey() {
        String sealed = authority.seal(Keyring.open(folder.resolve("key"), true));
        Keyring another = Keyring.open(folder.resolve("another"), true);

        assertThatThrownBy(() -> CertificateAuthority.open(another, sealed, InstantSource.system()))
                .isInstanceOf(SecretException.class);
    }
}
