package dev.cotton.core.mesos;

import java.io.BufferedInputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.net.ProtocolException;
import java.util.Optional;

/**
 * Reads the frames of an event stream: each is its length in decimal digits, a newline, and that many bytes. How the
 * bytes arrive does not matter. Used by one thread.
 */
public final class RecordIo {
    private static final int NEWLINE = '\n';

    private final InputStream in;
    private final int largest;

    /** @param largest bytes of a frame that are taken; a longer one is an error before any of it is read */
    public RecordIo(InputStream in, int largest) {
        this.in = in instanceof BufferedInputStream ? in : new BufferedInputStream(in);
        this.largest = largest;
    }

    /**
     * Waits for the next frame, for as long as the stream does.
     *
     * @return empty when the stream ends between two frames
     * @throws EOFException when it ends within one
     * @throws ProtocolException when this is not a frame, or too long a one; nothing can be read after that
     */
    public Optional<byte[]> next() throws IOException {
        int first = in.read();
        if (first < 0) {
            return Optional.empty();
        }
        int length = length(first);
        byte[] frame = in.readNBytes(length);
        if (frame.length < length) {
            throw new EOFException(
                    "The event stream ended after " + frame.length + " of a record's " + length + " bytes.");
        }
        return Optional.of(frame);
    }

    private int length(int first) throws IOException {
        long length = 0;
        int next = first;
        boolean digits = false;
        while (next != NEWLINE || !digits) {
            if (next < 0) {
                throw new EOFException("The event stream ended within a record's length.");
            }
            if (next < '0' || next > '9') {
                throw new ProtocolException(
                        "The event stream is not RecordIO: where a record's length belongs there is " + shown(next)
                                + ".");
            }
            digits = true;
            length = length * 10 + (next - '0');
            if (length > largest) {
                throw new ProtocolException(
                        "The event stream has a record of more than " + largest + " bytes, which is not taken.");
            }
            next = in.read();
        }
        return (int) length;
    }

    private static String shown(int octet) {
        return octet > ' ' && octet < 0x7f ? "'" + (char) octet + "'" : "the byte " + octet;
    }
}
