package dev.cotton.scheduler.security;

import dev.cotton.core.model.InstanceId;
import dev.cotton.core.model.Shown;
import dev.cotton.core.wire.Enrolment;
import dev.cotton.core.wire.Renewal;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.PublicKey;
import java.security.interfaces.ECPublicKey;
import java.security.spec.X509EncodedKeySpec;
import java.util.Base64;

/** The scheduler's side of {@link Enrolment} and {@link Renewal}. Thread-safe. */
public final class Enroller {
    private static final int FIELD_BITS = 256;

    private final CertificateAuthority authority;

    public Enroller(CertificateAuthority authority) {
        this.authority = authority;
    }

    /**
     * Checks what an executor sent and makes the answer.
     *
     * @param instance who should be there
     * @param address where it listens: the certificate is for that address only
     * @param token of {@code instance}, see {@link ClusterSecrets#enrolmentToken}
     * @throws SecretException when the request is another instance's, its proof is not by {@code token}, or its key is
     *     not an elliptic curve key of 256 bits; nothing was signed
     */
    public Enrolment.Grant grant(InstanceId instance, String address, String token, Enrolment.Request request) {
        if (!request.instance().equals(instance.toString())) {
            throw new SecretException("The executor at the place of " + instance + " asks to be enrolled as "
                    + Shown.of(request.instance()) + "; refused.");
        }
        String signed = "request\n" + request.instance() + "\n" + request.publicKey();
        if (!Proofs.proves(request.proof(), token, signed)) {
            throw new SecretException("The executor at the place of " + instance
                    + " does not prove that it knows its enrolment token; refused.");
        }
        String certificate = certificate(instance, address, request.publicKey());
        String proof = Proofs.hmac(token, "grant\n" + certificate + "\n" + authority.pem());
        return new Enrolment.Grant(certificate, authority.pem(), proof);
    }

    /**
     * A new certificate for an executor that is enrolled and asks over mutual TLS.
     *
     * @throws SecretException when its key is not an elliptic curve key of 256 bits
     */
    public Renewal.Grant renew(InstanceId instance, String address, Renewal.Request request) {
        return new Renewal.Grant(certificate(instance, address, request.publicKey()));
    }

    private String certificate(InstanceId instance, String address, String publicKey) {
        return Pem.of(authority.issueForInstance(instance, address, decoded(instance, publicKey)));
    }

    private static PublicKey decoded(InstanceId instance, String publicKey) {
        try {
            byte[] encoded = Base64.getDecoder().decode(publicKey);
            PublicKey key = KeyFactory.getInstance("EC").generatePublic(new X509EncodedKeySpec(encoded));
            if (key instanceof ECPublicKey ec
                    && ec.getParams().getCurve().getField().getFieldSize() == FIELD_BITS) {
                return key;
            }
        } catch (GeneralSecurityException | IllegalArgumentException e) {
            throw new SecretException("The executor of " + instance + " sent a public key that cannot be read.", e);
        }
        throw new SecretException("The executor of " + instance + " sent a public key that is not of 256 bits.");
    }
}
