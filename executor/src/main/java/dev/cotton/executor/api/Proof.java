package dev.cotton.executor.api;

import dev.cotton.core.wire.Enrolment;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.util.Base64;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/** Proves, and has proven, knowledge of the one-time token without showing it; see {@link Enrolment}. */
final class Proof {
    private static final String ALGORITHM = "HmacSHA256";

    private final SecretKeySpec token;

    /** @param token base64 */
    Proof(String token) {
        this.token = new SecretKeySpec(Base64.getDecoder().decode(token), ALGORITHM);
    }

    String ofRequest(String instance, String publicKey) {
        return of("request\n" + instance + "\n" + publicKey);
    }

    /** Whether whoever made {@code grant} knows the token. In constant time. */
    boolean holds(Enrolment.Grant grant) {
        String expected = of("grant\n" + grant.certificate() + "\n" + grant.authority());
        return MessageDigest.isEqual(
                expected.getBytes(StandardCharsets.UTF_8), grant.proof().getBytes(StandardCharsets.UTF_8));
    }

    private String of(String text) {
        try {
            Mac mac = Mac.getInstance(ALGORITHM);
            mac.init(token);
            return Base64.getEncoder().encodeToString(mac.doFinal(text.getBytes(StandardCharsets.UTF_8)));
        } catch (GeneralSecurityException missing) {
            throw new IllegalStateException("This Java has no " + ALGORITHM + ".", missing);
        }
    }
}
