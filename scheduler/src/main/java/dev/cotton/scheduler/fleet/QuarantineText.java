package dev.cotton.scheduler.fleet;

import dev.cotton.core.model.InstanceId;
import dev.cotton.core.port.Executors;
import dev.cotton.core.port.Executors.UnreachableException;
import dev.cotton.core.wire.QuarantineId;
import java.io.InputStream;
import java.util.Objects;

/**
 * The text of an entry, fetched from an executor piece by piece while it is read, so that there is never more than one in
 * memory. A read throws {@link UnreachableException} when the executor gives no answer. For one thread.
 */
final class QuarantineText extends InputStream {
    private static final int PIECE = 1 << 20;

    private final Executors executors;
    private final InstanceId holder;
    private final QuarantineId id;
    private final long end;
    private byte[] piece = {};
    private int read;
    private long next;

    /**
     * Fetches the first piece.
     *
     * @param holder who has the entry
     * @throws UnreachableException when no answer came
     */
    QuarantineText(Executors executors, InstanceId holder, QuarantineId id, long begin, long end) {
        this.executors = executors;
        this.holder = holder;
        this.id = id;
        this.next = begin;
        this.end = end;
        more();
    }

    /** Whether anything is left; fetches the next piece when it is its turn. */
    private boolean more() {
        if (read == piece.length && next < end) {
            piece = executors.quarantineText(holder, id, next, (int) Math.min(PIECE, end - next));
            if (piece.length == 0) {
                throw new UnreachableException("The text of " + id + " ends before its end at " + holder + ".", null);
            }
            read = 0;
            next += piece.length;
        }
        return read < piece.length;
    }

    @Override
    public int read() {
        return more() ? Byte.toUnsignedInt(piece[read++]) : -1;
    }

    @Override
    public int read(byte[] into, int offset, int length) {
        Objects.checkFromIndexSize(offset, length, into.length);
        if (length == 0) {
            return 0;
        }
        if (!more()) {
            return -1;
        }
        int count = Math.min(length, piece.length - read);
        System.arraycopy(piece, read, into, offset, count);
        read += count;
        return count;
    }
}
