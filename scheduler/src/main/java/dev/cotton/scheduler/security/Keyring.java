package dev.cotton.scheduler.security;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.cotton.core.model.Shown;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.security.SecureRandom;
import java.util.Base64;
import java.util.HexFormat;
import javax.crypto.AEADBadTagException;
import javax.crypto.Cipher;
import javax.crypto.spec.GCMParameterSpec;
import javax.crypto.spec.SecretKeySpec;

/**
 * Seals secrets for storage with AES-256-GCM under the key of a file. The sealed form is {@code v1:<key id>:<base64 of
 * nonce and ciphertext>}; the key id tells which key is needed and nothing about it.
 *
 * <p>What a secret is for and whom it belongs to are authenticated with it: a sealed secret that is moved to another
 * place cannot be opened there. Thread-safe.
 */
public final class Keyring {
    private static final String FORMAT = "v1";
    private static final int NONCE_BYTES = 12;
    private static final int TAG_BITS = 128;

    private final SecureRandom random = new SecureRandom();
    private final SecretKeySpec key;
    private final String id;

    private Keyring(byte[] key) {
        this.key = new SecretKeySpec(key, "AES");
        this.id = idOf(key);
    }

    /**
     * Opens the key file: exactly 32 bytes, readable by its owner only.
     *
     * @param create whether to make the file, mode 0600 with a random key, when it is absent
     * @throws SecretException when the file is absent and may not be made, is open to others, or is not a key
     */
    public static Keyring open(Path file, boolean create) {
        return new Keyring(KeyFile.read(file, create));
    }

    /** Tells this key from others; not secret. */
    public String id() {
        return id;
    }

    /**
     * @param purpose what {@code secret} is, for instance {@code cluster-secrets}
     * @param owner whom it belongs to, for instance a cluster's uid
     */
    public String seal(String purpose, String owner, byte[] secret) {
        byte[] nonce = new byte[NONCE_BYTES];
        random.nextBytes(nonce);
        try {
            byte[] sealed = cipher(Cipher.ENCRYPT_MODE, nonce, purpose, owner).doFinal(secret);
            byte[] whole = ByteBuffer.allocate(nonce.length + sealed.length)
                    .put(nonce)
                    .put(sealed)
                    .array();
            return FORMAT + ":" + id + ":" + Base64.getEncoder().encodeToString(whole);
        } catch (GeneralSecurityException e) {
            throw new SecretException("A secret (" + purpose + ") could not be sealed.", e);
        }
    }

    /**
     * The secret that was sealed for the same {@code purpose} and {@code owner}.
     *
     * @throws SecretException when it was sealed with another key, for something else, or was changed since
     */
    public byte[] open(String purpose, String owner, String sealed) {
        String[] parts = sealed.split(":", -1);
        if (parts.length != 3 || !parts[0].equals(FORMAT)) {
            throw new SecretException("A sealed secret (" + purpose + ") is not in a form that this version knows.");
        }
        if (!parts[1].equals(id)) {
            throw new SecretException("A sealed secret (" + purpose + ") needs the key " + Shown.of(parts[1])
                    + ", but the key file holds the key " + id + ". Start with the key file that it was sealed with.");
        }
        try {
            ByteBuffer whole = ByteBuffer.wrap(Base64.getDecoder().decode(parts[2]));
            if (whole.remaining() < NONCE_BYTES + TAG_BITS / Byte.SIZE) {
                throw changed(purpose, new AEADBadTagException("too short"));
            }
            byte[] nonce = new byte[NONCE_BYTES];
            whole.get(nonce);
            return cipher(Cipher.DECRYPT_MODE, nonce, purpose, owner)
                    .doFinal(whole.array(), whole.position(), whole.remaining());
        } catch (GeneralSecurityException | IllegalArgumentException e) {
            throw changed(purpose, e);
        }
    }

    private static SecretException changed(String purpose, Exception cause) {
        return new SecretException(
                "A sealed secret (" + purpose + ") was changed, or belongs to something else; it is not used.", cause);
    }

    private Cipher cipher(int mode, byte[] nonce, String purpose, String owner) throws GeneralSecurityException {
        Cipher cipher = Cipher.getInstance("AES/GCM/NoPadding");
        cipher.init(mode, key, new GCMParameterSpec(TAG_BITS, nonce));
        cipher.updateAAD((FORMAT + "\n" + purpose + "\n" + owner).getBytes(UTF_8));
        return cipher;
    }

    private static String idOf(byte[] key) {
        try {
            MessageDigest digest = MessageDigest.getInstance("SHA-256");
            digest.update("cotton key id\n".getBytes(UTF_8));
            return HexFormat.of().formatHex(digest.digest(key), 0, 4);
        } catch (NoSuchAlgorithmException e) {
            throw new SecretException("This Java runtime has no SHA-256.", e);
        }
    }
}
