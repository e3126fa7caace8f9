package dev.cotton.core.storage;

import java.io.FilterOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;

/** Counts and digests what is written. Closing does nothing: the end of an object is its writer's to say. For one thread. */
public final class MeasuredOutputStream extends FilterOutputStream {
    private final MessageDigest digest;
    private long length;

    public MeasuredOutputStream(OutputStream out) {
        super(out);
        digest = sha256();
    }

    private static MessageDigest sha256() {
        try {
            return MessageDigest.getInstance("SHA-256");
        } catch (NoSuchAlgorithmException never) {
            throw new IllegalStateException("Every Java has SHA-256.", never);
        }
    }

    @Override
    public void write(int octet) throws IOException {
        write(new byte[] {(byte) octet}, 0, 1);
    }

    @Override
    public void write(byte[] bytes, int offset, int count) throws IOException {
        out.write(bytes, offset, count);
        digest.update(bytes, offset, count);
        length += count;
    }

    @Override
    public void close() {
        // A stream that ends its content by closing does not end the object.
    }

    /** How many bytes were written. */
    public long length() {
        return length;
    }

    /** The SHA-256 of all of them, in lower-case hex. To be asked once, at the end. */
    public String sha256Hex() {
        return HexFormat.of().formatHex(digest.digest());
    }
}
