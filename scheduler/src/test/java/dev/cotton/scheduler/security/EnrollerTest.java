package dev.cotton.scheduler.security;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.cotton.core.model.InstanceId;
import dev.cotton.core.wire.Enrolment;
import dev.cotton.core.wire.Renewal;
import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.PublicKey;
import java.security.cert.X509Certificate;
import java.security.spec.ECGenParameterSpec;
import java.time.InstantSource;
import java.util.Base64;
import java.util.Optional;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;
import org.junit.jupiter.api.Test;

final class EnrollerTest {
    private static final InstanceId INSTANCE = InstanceId.parse("demo-0");

    private final CertificateAuthority authority = CertificateAuthority.generate(InstantSource.system());
    private final Enroller enroller = new Enroller(authority);
    private final String token = ClusterSecrets.generate(Optional.empty()).enrolmentToken(INSTANCE);

    /** As the wire says, written here a second time. */
    private static String hmac(String token, String text) throws GeneralSecurityException {
        Mac mac = Mac.getInstance("HmacSHA256");
        mac.init(new SecretKeySpec(Base64.getDecoder().decode(token), "HmacSHA256"));
        return Base64.getEncoder().encodeToString(mac.doFinal(text.getBytes(UTF_8)));
    }

    private static Enrolment.Request request(String instance, String token, PublicKey key)
            throws GeneralSecurityException {
        String publicKey = Base64.getEncoder().encodeToString(key.getEncoded());
        return new Enrolment.Request(instance, publicKey, hmac(token, "request\n" + instance + "\n" + publicKey));
    }

    private Enrolment.Grant grant(Enrolment.Request request) {
        return enroller.grant(INSTANCE, "127.0.0.1", token, request);
    }

    @Test
    void signsForAnExecutorThatKnowsTheToken() throws GeneralSecurityException {
        KeyPair pair = CertificateAuthority.newKeyPair();

        Enrolment.Grant grant = grant(request("demo-0", token, pair.getPublic()));

        X509Certificate certificate = Pem.read(grant.certificate());
        assertThat(certificate.getPublicKey()).isEqualTo(pair.getPublic());
        assertThat(certificate.getSubjectX500Principal().getName()).isEqualTo("CN=demo-0");
        assertThat(Pem.read(grant.authority())).isEqualTo(authority.certificate());
        certificate.verify(Pem.read(grant.authority()).getPublicKey());
    }

    @Test
    void provesThatItKnowsTheTokenToo() throws GeneralSecurityException {
        Enrolment.Grant grant =
                grant(request("demo-0", token, CertificateAuthority.newKeyPair().getPublic()));

        assertThat(grant.proof()).isEqualTo(hmac(token, "grant\n" + grant.certificate() + "\n" + grant.authority()));
    }

    @Test
    void renewsTheCertificateOfAnEnrolledExecutor() throws GeneralSecurityException {
        PublicKey key = CertificateAuthority.newKeyPair().getPublic();
        String encoded = Base64.getEncoder().encodeToString(key.getEncoded());

        String renewed = enroller.renew(INSTANCE, "127.0.0.1", new Renewal.Request(encoded))
                .certificate();

        X509Certificate certificate = Pem.read(renewed);
        certificate.verify(authority.certificate().getPublicKey());
        assertThat(certificate.getPublicKey()).isEqualTo(key);
        assertThat(certificate.getSubjectX500Principal().getName()).isEqualTo("CN=demo-0");
    }

    @Test
    void refusesAProofByAnotherToken() throws GeneralSecurityException {
        String another = ClusterSecrets.generate(Optional.empty()).enrolmentToken(INSTANCE);
        Enrolment.Request request =
                request("demo-0", another, CertificateAuthority.newKeyPair().getPublic());

        assertThatThrownBy(() -> grant(request))
                .isInstanceOf(SecretException.class)
                .hasMessageContaining("does not prove");
    }

    @Test
    void refusesAKeyThatWasPutInPlaceOfTheProvedOne() throws GeneralSecurityException {
        Enrolment.Request honest =
                request("demo-0", token, CertificateAuthority.newKeyPair().getPublic());
        Enrolment.Request forged = new Enrolment.Request(
                honest.instance(),
                Base64.getEncoder()
                        .encodeToString(
                                CertificateAuthority.newKeyPair().getPublic().getEncoded()),
                honest.proof());

        assertThatThrownBy(() -> grant(forged)).isInstanceOf(SecretException.class);
    }

    @Test
    void refusesToEnrolOneInstanceAsAnother() throws GeneralSecurityException {
        Enrolment.Request request =
                request("demo-1", token, CertificateAuthority.newKeyPair().getPublic());

        assertThatThrownBy(() -> grant(request))
                .isInstanceOf(SecretException.class)
                .hasMessageContaining("asks to be enrolled as demo-1");
    }

    @Test
    void refusesKeysOfAnotherKind() throws GeneralSecurityException {
        KeyPairGenerator large = KeyPairGenerator.getInstance("EC");
        large.initialize(new ECGenParameterSpec("secp384r1"));
        PublicKey rsa = KeyPairGenerator.getInstance("RSA").generateKeyPair().getPublic();

        for (PublicKey key : new PublicKey[] {large.generateKeyPair().getPublic(), rsa}) {
            Enrolment.Request request = request("demo-0", token, key);
            assertThatThrownBy(() -> grant(request))
                    .isInstanceOf(SecretException.class)
                    .hasMessageContaining("public key");
        }
    }
}
