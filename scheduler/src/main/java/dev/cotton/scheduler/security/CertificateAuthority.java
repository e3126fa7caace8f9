package dev.cotton.scheduler.security;

import dev.cotton.core.model.InstanceId;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.PrivateKey;
import java.security.PublicKey;
import java.security.cert.X509Certificate;
import java.security.spec.ECGenParameterSpec;
import java.security.spec.PKCS8EncodedKeySpec;
import java.time.Duration;
import java.time.InstantSource;
import java.util.Base64;
import java.util.List;
import java.util.Optional;
import org.bouncycastle.asn1.x509.KeyPurposeId;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.json.JsonMapper;

/**
 * Signs the certificates of one fleet, with an ECDSA key on P-256. Made once, sealed, stored where every scheduler of
 * the fleet finds it, and kept for ten years. Thread-safe.
 */
public final class CertificateAuthority {
    /** How long a certificate of an executor or a scheduler is valid. */
    public static final Duration LEAF_VALIDITY = Duration.ofDays(90);

    /** The common name of schedulers. */
    public static final String SCHEDULER = "cotton-scheduler";

    private static final Duration VALIDITY = Duration.ofDays(3653);
    private static final String PURPOSE = "certificate-authority";
    private static final String OWNER = "fleet";
    private static final JsonMapper JSON = new JsonMapper();

    private final PrivateKey key;
    private final X509Certificate certificate;
    private final InstantSource clock;

    /** What is sealed: the certificate in PEM, the key in PKCS#8, base64. */
    private record Stored(String certificate, String key) {}

    private CertificateAuthority(PrivateKey key, X509Certificate certificate, InstantSource clock) {
        this.key = key;
        this.certificate = certificate;
        this.clock = clock;
    }

    /** A new one. */
    public static CertificateAuthority generate(InstantSource clock) {
        KeyPair pair = newKeyPair();
        X509Certificate certificate = new CertificateDraft("Cotton certificate authority", pair.getPublic())
                .validFor(VALIDITY, clock.instant())
                .asAuthority()
                .signSelf(pair.getPrivate());
        return new CertificateAuthority(pair.getPrivate(), certificate, clock);
    }

    /** @throws SecretException when it cannot be opened; see {@link Keyring#open(String, String, String)} */
    public static CertificateAuthority open(Keyring keyring, String sealed, InstantSource clock) {
        byte[] plain = keyring.open(PURPOSE, OWNER, sealed);
        try {
            Stored stored = JSON.readValue(plain, Stored.class);
            byte[] encoded = Base64.getDecoder().decode(stored.key());
            PrivateKey key = KeyFactory.getInstance("EC").generatePrivate(new PKCS8EncodedKeySpec(encoded));
            return new CertificateAuthority(key, Pem.read(stored.certificate()), clock);
        } catch (JacksonException | IllegalArgumentException | GeneralSecurityException e) {
            // The cause would quote the key.
            throw new SecretException("The certificate authority is not stored in a form that this version knows.");
        }
    }

    /** What is to be stored, for {@link #open}. */
    public String seal(Keyring keyring) {
        Stored stored = new Stored(pem(), Base64.getEncoder().encodeToString(key.getEncoded()));
        return keyring.seal(PURPOSE, OWNER, JSON.writeValueAsBytes(stored));
    }

    public X509Certificate certificate() {
        return certificate;
    }

    /** The certificate for clients that want to verify servers. */
    public String pem() {
        return Pem.of(certificate);
    }

    /**
     * A certificate for an executor and its mysqld, good as a server at {@code address} and as a client.
     *
     * @param address an IP address or a host name
     */
    public X509Certificate issueForInstance(InstanceId instance, String address, PublicKey holder) {
        return issue(
                instance.toString(),
                Optional.of(address),
                holder,
                List.of(KeyPurposeId.id_kp_serverAuth, KeyPurposeId.id_kp_clientAuth));
    }

    /** A certificate by which executors know a scheduler. */
    X509Certificate issueForScheduler(PublicKey holder) {
        return issue(SCHEDULER, Optional.empty(), holder, List.of(KeyPurposeId.id_kp_clientAuth));
    }

    private X509Certificate issue(
            String commonName, Optional<String> address, PublicKey holder, List<KeyPurposeId> purposes) {
        CertificateDraft draft = new CertificateDraft(commonName, holder)
                .validFor(LEAF_VALIDITY, clock.instant())
                .asLeaf(purposes);
        address.ifPresent(draft::at);
        return draft.signedBy(certificate, key);
    }

    static KeyPair newKeyPair() {
        try {
            KeyPairGenerator generator = KeyPairGenerator.getInstance("EC");
            generator.initialize(new ECGenParameterSpec("secp256r1"));
            return generator.generateKeyPair();
        } catch (GeneralSecurityException e) {
            throw new SecretException("This Java runtime makes no keys on P-256.", e);
        }
    }
}
