package dev.cotton.executor.api;

import dev.cotton.core.model.InstanceId;
import dev.cotton.core.wire.Enrolment;
import dev.cotton.core.wire.ExecutorConfig;
import dev.cotton.executor.server.DataFolder;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.cert.X509Certificate;
import java.util.Base64;
import javax.net.ssl.SSLContext;
import javax.security.auth.x500.X500Principal;
import org.jspecify.annotations.Nullable;

/** Who this instance is to others: its key, and the certificates that it was granted. Thread-safe. */
public final class Identity {
    private final InstanceId instance;
    private final IdentityFiles files;
    private final KeyPair keys;
    private @Nullable RenewableKeys presented;

    /** Makes a key when there is none. */
    public Identity(ExecutorConfig config, DataFolder folder) {
        this.instance = config.instance();
        this.files = new IdentityFiles(folder);
        this.keys = files.keys();
    }

    /** Whether this instance has a certificate. */
    public boolean enrolled() {
        return files.complete();
    }

    /** The authority's certificate in a PKCS12 store; there once enrolled. */
    public Path trustStore() {
        return files.trustStore();
    }

    public String trustStorePassword() {
        return IdentityFiles.TRUST_STORE_PASSWORD;
    }

    /** X.509 SubjectPublicKeyInfo, base64. */
    String publicKey() {
        return Base64.getEncoder().encodeToString(keys.getPublic().getEncoded());
    }

    Enrolment.Request request(Proof token) {
        return new Enrolment.Request(
                instance.toString(), publicKey(), token.ofRequest(instance.toString(), publicKey()));
    }

    /**
     * Takes the certificates over, once they are proven and checked.
     *
     * @throws IllegalArgumentException when they are not what this instance needs; nothing was changed
     */
    synchronized void enrol(Proof token, Enrolment.Grant grant) {
        if (!token.holds(grant)) {
            throw new IllegalArgumentException("proof: whoever sent this does not know the token.");
        }
        check(Pem.certificate(grant.certificate()), Pem.certificate(grant.authority()));
        files.keepAuthority(grant.authority());
        files.keepCertificate(grant.certificate());
    }

    /**
     * Presents another certificate from now on.
     *
     * @throws IllegalArgumentException when it is not for this key and instance; nothing was changed
     */
    synchronized void renew(String certificate) {
        check(Pem.certificate(certificate), files.authority());
        files.keepCertificate(certificate);
        if (presented != null) {
            presented.present(keys.getPrivate(), files.certificate());
        }
    }

    private void check(X509Certificate certificate, X509Certificate authority) {
        try {
            authority.checkValidity();
            certificate.checkValidity();
            certificate.verify(authority.getPublicKey());
        } catch (GeneralSecurityException refused) {
            throw new IllegalArgumentException("certificate: " + refused.getMessage(), refused);
        }
        if (!certificate.getPublicKey().equals(keys.getPublic())) {
            throw new IllegalArgumentException("certificate: it is for another key.");
        }
        if (!certificate.getSubjectX500Principal().equals(new X500Principal("CN=" + instance))) {
            throw new IllegalArgumentException("certificate: it is not for " + instance + ".");
        }
    }

    /** For mutual TLS with whom the authority has certified. Presents a renewed certificate without being made again. */
    synchronized SSLContext tls() {
        RenewableKeys presenting = new RenewableKeys(keys.getPrivate(), files.certificate());
        presented = presenting;
        return presenting.context(files.authority());
    }
}
