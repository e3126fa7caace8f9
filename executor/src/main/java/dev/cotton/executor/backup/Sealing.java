package dev.cotton.executor.backup;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.google.crypto.tink.subtle.AesGcmHkdfStreaming;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.security.GeneralSecurityException;
import java.util.HexFormat;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/**
 * Encryption of a stream by Tink's {@code AesGcmHkdfStreaming}, AES-256-GCM in segments of 128 KiB: what comes out of {@link
 * #open} was not changed by anybody.
 */
public final class Sealing {
    private static final String HASH = "HmacSha256";
    private static final int KEY_BYTES = 32;
    /** Small enough for a JVM to find out soon that it should use the processor's own instructions for AES. */
    private static final int SEGMENT_BYTES = 128 * 1024;

    private static final String CHECK = "cotton backup key check";
    private static final int CHECK_DIGITS = 32;

    private final byte[] key;
    private final byte[] binding;

    /**
     * @param key 32 random bytes, used for nothing else
     * @param binding what the stream belongs to; it is opened with the same
     */
    public Sealing(byte[] key, String binding) {
        this.key = key.clone();
        this.binding = binding.getBytes(UTF_8);
    }

    /** Closing it completes the encrypted stream, and closes {@code out}. */
    public OutputStream seal(OutputStream out) throws IOException {
        try {
            return streaming().newEncryptingStream(out, binding);
        } catch (GeneralSecurityException missing) {
            throw new IllegalStateException("This Java has no AES-GCM.", missing);
        }
    }

    /** Reading it fails where {@code in} is not what was sealed, also at an end that comes too early. */
    public InputStream open(InputStream in) throws IOException {
        try {
            return streaming().newDecryptingStream(in, binding);
        } catch (GeneralSecurityException missing) {
            throw new IllegalStateException("This Java has no AES-GCM.", missing);
        }
    }

    private AesGcmHkdfStreaming streaming() throws GeneralSecurityException {
        return new AesGcmHkdfStreaming(key, HASH, KEY_BYTES, SEGMENT_BYTES, 0);
    }

    /** The same for the same key, and tells nothing of it. */
    public String keyCheck() {
        try {
            Mac mac = Mac.getInstance("HmacSHA256");
            mac.init(new SecretKeySpec(key, "HmacSHA256"));
            return HexFormat.of().formatHex(mac.doFinal(CHECK.getBytes(UTF_8))).substring(0, CHECK_DIGITS);
        } catch (GeneralSecurityException missing) {
            throw new IllegalStateException("This Java has no HMAC-SHA-256.", missing);
        }
    }
}
