package dev.cotton.core.storage;

import dev.cotton.core.port.BackupStoreException;
import dev.cotton.core.port.BackupStoreException.UnreachableException;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * A part of an object, which is opened again at the place that was reached whenever its connection breaks, also when it
 * ends too early. Gives up after a number of attempts without a byte in between. For one thread.
 */
public final class ResumingInputStream extends InputStream {
    /** Where the bytes come from. */
    public interface Source {
        /**
         * Opens the object at {@code offset}.
         *
         * @throws BackupStoreException tried again only when it is an {@link UnreachableException}
         */
        InputStream open(long offset) throws IOException;

        /** What {@code broken}, thrown on the way or at an early end, means; tried again as above. */
        BackupStoreException failure(IOException broken);
    }

    private final Source source;
    private final long end;
    private final Retries retries;
    private long position;
    private int failures;
    private @Nullable InputStream current;

    /**
     * @param start of the part, in bytes from the beginning of the object
     * @param end of the part, exclusive; not beyond the end of the object
     */
    public ResumingInputStream(Source source, long start, long end, Retries retries) {
        this.source = source;
        this.position = start;
        this.end = end;
        this.retries = retries;
    }

    @Override
    public int read() {
        byte[] one = new byte[1];
        return read(one, 0, 1) < 0 ? -1 : one[0] & 0xff;
    }

    @Override
    public int read(byte[] bytes, int offset, int count) {
        Objects.checkFromIndexSize(offset, count, bytes.length);
        if (count == 0) {
            return 0;
        }
        while (position < end) {
            int got = attempt(bytes, offset, (int) Math.min(count, end - position));
            if (got > 0) {
                position += got;
                failures = 0;
                return got;
            }
        }
        return -1;
    }

    /** How many bytes came; 0 when the connection broke and a pause has passed. */
    private int attempt(byte[] bytes, int offset, int count) {
        try {
            InputStream stream = current;
            if (stream == null) {
                stream = source.open(position);
                current = stream;
            }
            int got = stream.read(bytes, offset, count);
            if (got < 0) {
                throw new EOFException("It ended after " + position + " of " + end + " bytes.");
            }
            return got;
        } catch (IOException broken) {
            pause(source.failure(broken));
        } catch (UnreachableException unreachable) {
            pause(unreachable);
        }
        return 0;
    }

    private void pause(BackupStoreException failure) {
        close();
        failures++;
        if (!(failure instanceof UnreachableException) || failures >= retries.attempts()) {
            throw failure;
        }
        try {
            Thread.sleep(retries.pauseAfter(failures));
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
            throw failure;
        }
    }

    @Override
    public void close() {
        InputStream stream = current;
        current = null;
        if (stream != null) {
            try {
                stream.close();
            } catch (IOException alreadyBroken) {
                // Nothing more is wanted of it.
            }
        }
    }
}
