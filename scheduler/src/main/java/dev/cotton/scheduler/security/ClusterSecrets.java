package dev.cotton.scheduler.security;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.cotton.core.model.InstanceId;
import dev.cotton.core.wire.Setup;
import java.security.MessageDigest;
import java.security.SecureRandom;
import java.util.Base64;
import java.util.Optional;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.json.JsonMapper;

/**
 * The secrets of one cluster. Persisted only as what {@link #seal} gives.
 *
 * @param password of the cluster's user
 * @param root 32 random bytes, base64: everything else is derived from it
 */
public record ClusterSecrets(String password, String root) {
    private static final String PURPOSE = "cluster-secrets";
    private static final String LETTERS_AND_DIGITS = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789";
    private static final int PASSWORD_LENGTH = 21;
    private static final int ROOT_BYTES = 32;
    private static final JsonMapper JSON = new JsonMapper();

    /** @param password generated, 21 letters and digits, when absent */
    public static ClusterSecrets generate(Optional<String> password) {
        SecureRandom random = new SecureRandom();
        byte[] root = new byte[ROOT_BYTES];
        random.nextBytes(root);
        return new ClusterSecrets(
                password.orElseGet(() -> letters(random)), Base64.getEncoder().encodeToString(root));
    }

    private static String letters(SecureRandom random) {
        StringBuilder text = new StringBuilder(PASSWORD_LENGTH);
        random.ints(PASSWORD_LENGTH, 0, LETTERS_AND_DIGITS.length())
                .forEach(index -> text.append(LETTERS_AND_DIGITS.charAt(index)));
        return text.toString();
    }

    /**
     * @param uid of the cluster that they belong to
     * @return the string for the cluster's record
     */
    public String seal(Keyring keyring, String uid) {
        return keyring.seal(PURPOSE, uid, JSON.writeValueAsBytes(this));
    }

    /** @throws SecretException when they cannot be opened; see {@link Keyring#open(String, String, String)} */
    public static ClusterSecrets open(Keyring keyring, String uid, String sealed) {
        byte[] plain = keyring.open(PURPOSE, uid, sealed);
        try {
            return JSON.readValue(plain, ClusterSecrets.class);
        } catch (JacksonException e) {
            // The cause would quote the secret.
            throw new SecretException(
                    "The secrets of the cluster " + uid + " are not in a form that this version knows.");
        }
    }

    /** Compares in constant time. */
    public boolean passwordIs(String claimed) {
        return MessageDigest.isEqual(password.getBytes(UTF_8), claimed.getBytes(UTF_8));
    }

    /** What executors are told; {@code user} is the cluster's user. */
    public Setup.Accounts accounts(String user) {
        return new Setup.Accounts(user, password, root);
    }

    /** The one-time token by which {@code instance} and this scheduler know each other at enrolment, base64. */
    public String enrolmentToken(InstanceId instance) {
        return Proofs.hmac(root, "enrolment\n" + instance);
    }

    /** Without the secrets. */
    @Override
    public String toString() {
        return "ClusterSecrets[]";
    }
}
