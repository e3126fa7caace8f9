package dev.cotton.scheduler.security;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.util.Base64;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/** HMAC-SHA-256 over text, by keys and to values in base64. */
final class Proofs {
    private static final String ALGORITHM = "HmacSHA256";

    private Proofs() {}

    /** @param key base64 of the key's bytes */
    static String hmac(String key, String text) {
        try {
            Mac mac = Mac.getInstance(ALGORITHM);
            mac.init(new SecretKeySpec(Base64.getDecoder().decode(key), ALGORITHM));
            return Base64.getEncoder().encodeToString(mac.doFinal(text.getBytes(UTF_8)));
        } catch (GeneralSecurityException e) {
            throw new SecretException("This Java runtime has no HMAC-SHA-256.", e);
        }
    }

    /** Compares in constant time. */
    static boolean proves(String proof, String key, String text) {
        return MessageDigest.isEqual(hmac(key, text).getBytes(UTF_8), proof.getBytes(UTF_8));
    }
}
