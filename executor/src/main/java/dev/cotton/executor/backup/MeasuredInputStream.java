package dev.cotton.executor.backup;

import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;

/** Measures what is read through it. For one thread. */
final class MeasuredInputStream extends FilterInputStream {
    private final MessageDigest digest;
    private long length;

    MeasuredInputStream(InputStream in) {
        super(in);
        try {
            digest = MessageDigest.getInstance("SHA-256");
        } catch (NoSuchAlgorithmException never) {
            throw new IllegalStateException("Every Java has SHA-256.", never);
        }
    }

    @Override
    public int read() throws IOException {
        byte[] one = new byte[1];
        return read(one, 0, 1) < 0 ? -1 : one[0] & 0xff;
    }

    @Override
    public int read(byte[] bytes, int offset, int count) throws IOException {
        int got = in.read(bytes, offset, count);
        if (got > 0) {
            digest.update(bytes, offset, got);
            length += got;
        }
        return got;
    }

    /** Not to be had: what is skipped is not measured. */
    @Override
    public long skip(long count) throws IOException {
        return readNBytes((int) Math.min(count, 1 << 16)).length;
    }

    @Override
    public boolean markSupported() {
        return false;
    }

    long length() {
        return length;
    }

    /** Of all that was read, in lower-case hex. To be asked once, at the end. */
    String sha256Hex() {
        return HexFormat.of().formatHex(digest.digest());
    }
}
