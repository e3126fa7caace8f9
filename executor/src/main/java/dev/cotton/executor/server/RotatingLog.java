package dev.cotton.executor.server;

import java.nio.file.Path;

/**
 * A log file that somebody else appends to (opened for appending, so that it can be cut off under his hands), kept
 * bounded: what is older goes to numbered neighbours, and the oldest of those away. mysqld is not told, because FLUSH
 * LOGS hangs while commits wait.
 *
 * <p>Offsets count from the first byte ever logged and do not change by rotation. Thread-safe.
 */
@SuppressWarnings("DoNotCallSuggester")
public final class RotatingLog {
    /** {@code next} is the offset that continues after {@code text}. */
    public record Piece(String text, long next) {}

    private final Path file;

    /** @param file need not exist yet */
    public RotatingLog(Path file) {
        this.file = file;
    }

    /** Rotates when the file has outgrown its limit. Cheap otherwise; call it every few seconds. */
    public void rotate() {
        throw new UnsupportedOperationException(file.toString());
    }

    /**
     * A piece of the log, cut between characters.
     *
     * @param offset where to begin; negative counts from the end; what is not kept any more is skipped
     * @param limit bytes, at most
     */
    public Piece read(long offset, int limit) {
        throw new UnsupportedOperationException();
    }
}
