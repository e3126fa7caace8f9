package dev.cotton.core.mesos;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonValue;
import java.nio.ByteBuffer;
import java.util.Base64;
import java.util.UUID;

/**
 * Bytes as they are written in JSON: standard base64 with padding.
 *
 * @param base64 kept as it came, so that it is given back unchanged
 */
public record Bytes(@JsonValue String base64) {
    @JsonCreator
    public Bytes {}

    public static Bytes of(byte[] bytes) {
        return new Bytes(Base64.getEncoder().encodeToString(bytes));
    }

    public static Bytes of(String text) {
        return of(text.getBytes(UTF_8));
    }

    /** The 16 bytes that a status update is known by. */
    public static Bytes of(UUID uuid) {
        return of(ByteBuffer.allocate(16)
                .putLong(uuid.getMostSignificantBits())
                .putLong(uuid.getLeastSignificantBits())
                .array());
    }

    /** @throws IllegalArgumentException when it is not base64 */
    public byte[] decoded() {
        return Base64.getDecoder().decode(base64);
    }

    /** How many there are; the bytes may be a secret. */
    @Override
    public String toString() {
        return "Bytes[" + base64.length() + " characters of base64]";
    }
}
