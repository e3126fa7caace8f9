package dev.cotton.core.wire;

import java.util.Base64;

/**
 * What the data of one backup are encrypted with.
 *
 * @param secret 32 random bytes, base64; empty while it is only known in its wrapped form
 * @param id of the key that {@code wrapped} was made with, for the manifest
 * @param wrapped the secret as it is kept beside the data, encrypted by whoever gives the order; for the manifest
 */
public record DataKey(String secret, String id, String wrapped) {
    private static final int BYTES = 32;

    /** One whose secret whoever wrapped it has to open first. */
    public static DataKey sealed(String id, String wrapped) {
        return new DataKey("", id, wrapped);
    }

    /** The secret as bytes. @throws IllegalArgumentException when it is none, without quoting it */
    public byte[] bytes() {
        byte[] bytes;
        try {
            bytes = Base64.getDecoder().decode(secret);
        } catch (IllegalArgumentException notBase64) {
            bytes = new byte[0];
        }
        if (bytes.length != BYTES) {
            throw new IllegalArgumentException("key.secret: " + BYTES + " random bytes in base64.");
        }
        return bytes;
    }

    /** Without the secret. */
    @Override
    public String toString() {
        return "DataKey[" + id + "]";
    }
}
