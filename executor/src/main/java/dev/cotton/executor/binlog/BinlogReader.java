package dev.cotton.executor.binlog;

import dev.cotton.core.model.GtidSet;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.Arrays;
import java.util.Optional;
import java.util.zip.CRC32;
import java.util.zip.CheckedInputStream;
import org.jspecify.annotations.Nullable;

/**
 * Reads the events of a binary log one after the other, from its beginning or from any event. Each is taken by one of {@link
 * #skip}, {@link #raw} and {@link #copy} before the next. For one thread.
 */
public final class BinlogReader {
    static final int MAGIC = 0xFE62_696E;

    static final int MAGIC_LENGTH = 4;

    private static final int CHECKSUM_LENGTH = 4;

    /** Of an event that is looked into; transactions are not. */
    private static final int LONGEST = 8 << 20;

    private static final int PIECE = 64 * 1024;

    private final InputStream in;
    private final long limit;
    private final byte[] piece = new byte[PIECE];
    private boolean checksums;
    private long position;
    private @Nullable EventHeader header;
    private byte[] head = new byte[0];

    private BinlogReader(InputStream in, long position, long limit, boolean checksums) {
        this.in = in;
        this.position = position;
        this.limit = limit;
        this.checksums = checksums;
    }

    /**
     * From the beginning.
     *
     * @param limit how much of {@code in} counts, in bytes; an event that is cut by it is not seen
     * @throws BinlogException when that is no binary log, for instance one that mysqld encrypts
     */
    public static BinlogReader begin(InputStream in, long limit) throws IOException {
        byte[] magic = in.readNBytes(MAGIC_LENGTH);
        if (magic.length < MAGIC_LENGTH || ByteBuffer.wrap(magic).getInt() != MAGIC) {
            throw new BinlogException("it does not begin as a binary log does");
        }
        return new BinlogReader(in, MAGIC_LENGTH, limit, false);
    }

    /**
     * From an event on.
     *
     * @param in is at that event
     * @param position of the event in the log
     * @param limit as for {@link #begin}, counted in the log
     * @param checksums what another reader of the same log said
     */
    public static BinlogReader from(InputStream in, long position, long limit, boolean checksums) {
        return new BinlogReader(in, position, limit, checksums);
    }

    /** Whether events end with a CRC32; known after the format description. */
    public boolean checksums() {
        return checksums;
    }

    /** The next event; empty where there is no complete one. */
    public Optional<EventHeader> next() throws IOException {
        if (limit - position < EventHeader.LENGTH) {
            return Optional.empty();
        }
        head = in.readNBytes(EventHeader.LENGTH);
        if (head.length < EventHeader.LENGTH) {
            return Optional.empty();
        }
        EventHeader next = EventHeader.parse(head, position);
        header = next;
        return next.end() > limit ? Optional.empty() : Optional.of(next);
    }

    private EventHeader taken() {
        EventHeader now = header;
        if (now == null) {
            throw new IllegalStateException("There is no event to be taken.");
        }
        header = null;
        position = now.end();
        return now;
    }

    /** Passes over the event. */
    public void skip() throws IOException {
        in.skipNBytes(taken().size() - EventHeader.LENGTH);
    }

    /**
     * All of the event, with its header. A format description is as the server makes it when it closes the log.
     *
     * @throws BinlogException also when its checksum is wrong, or when it is longer than an event that is looked into
     */
    public byte[] raw() throws IOException {
        EventHeader event = taken();
        if (event.size() > LONGEST) {
            throw new BinlogException("the event at byte " + event.begin() + " is too long");
        }
        byte[] raw = Arrays.copyOf(head, (int) event.size());
        int rest = raw.length - EventHeader.LENGTH;
        if (in.readNBytes(raw, EventHeader.LENGTH, rest) < rest) {
            throw cut(event);
        }
        if (event.describesFormat()) {
            // Set while the log is written, and not reckoned with.
            raw[EventHeader.FLAGS] &= ~EventHeader.IN_USE;
            checksums = FormatDescription.checksums(raw);
        }
        if (checksums) {
            CRC32 checksum = new CRC32();
            checksum.update(raw, 0, raw.length - CHECKSUM_LENGTH);
            check(event, checksum, ByteBuffer.wrap(raw, raw.length - CHECKSUM_LENGTH, CHECKSUM_LENGTH));
        }
        return raw;
    }

    /**
     * What an event says that {@link EventHeader#beginsTransaction}.
     *
     * @param raw all of it
     */
    public GtidEvent gtid(EventHeader event, byte[] raw) throws BinlogException {
        return GtidEvent.parse(event, body(raw));
    }

    /**
     * What an event says that {@link EventHeader#hasPreviousGtids}.
     *
     * @param raw all of it
     */
    public GtidSet previousGtids(byte[] raw) throws BinlogException {
        return PreviousGtids.parse(body(raw));
    }

    /** What {@code raw}, the bytes of {@code event}, says. */
    public Statement statement(EventHeader event, byte[] raw) throws BinlogException {
        return Statement.parse(event, body(raw));
    }

    private byte[] body(byte[] raw) {
        return Arrays.copyOfRange(raw, EventHeader.LENGTH, raw.length - (checksums ? CHECKSUM_LENGTH : 0));
    }

    private static void check(EventHeader event, CRC32 reckoned, ByteBuffer stored) throws BinlogException {
        int value = stored.order(ByteOrder.LITTLE_ENDIAN).getInt(stored.position());
        if (value != (int) reckoned.getValue()) {
            throw new BinlogException("the checksum of the event at byte " + event.begin() + " is wrong");
        }
    }

    private static BinlogException cut(EventHeader event) {
        return new BinlogException("it ends within the event at byte " + event.begin());
    }

    /**
     * Writes the event to {@code out} as it is.
     *
     * @throws BinlogException also when its checksum is wrong; by then it is written
     */
    public void copy(OutputStream out) throws IOException {
        EventHeader event = taken();
        CRC32 checksum = new CRC32();
        checksum.update(head);
        out.write(head);
        long left = event.size() - EventHeader.LENGTH - (checksums ? CHECKSUM_LENGTH : 0);
        CheckedInputStream checked = new CheckedInputStream(in, checksum);
        while (left > 0) {
            int count = checked.read(piece, 0, (int) Math.min(left, PIECE));
            if (count < 0) {
                throw cut(event);
            }
            out.write(piece, 0, count);
            left -= count;
        }
        if (checksums) {
            byte[] stored = in.readNBytes(CHECKSUM_LENGTH);
            if (stored.length < CHECKSUM_LENGTH) {
                throw cut(event);
            }
            out.write(stored);
            check(event, checksum, ByteBuffer.wrap(stored));
        }
    }
}
