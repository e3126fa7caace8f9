package dev.cotton.executor.binlog;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;

/**
 * What every event begins with.
 *
 * @param begin where the event is in its log, in bytes
 * @param size of the event with its header, in bytes
 */
public record EventHeader(int type, long begin, long size) {
    /** In bytes. */
    public static final int LENGTH = 19;

    static final int FLAGS = 17;
    static final int IN_USE = 1;

    private static final int TYPE = 4;
    private static final int SIZE = 9;
    private static final int QUERY = 2;
    private static final int STOP = 3;
    private static final int ROTATE = 4;
    private static final int FORMAT_DESCRIPTION = 15;
    private static final int GTID = 33;
    private static final int ANONYMOUS_GTID = 34;
    private static final int PREVIOUS_GTIDS = 35;
    private static final int TAGGED_GTID = 42;

    static EventHeader parse(byte[] bytes, long begin) throws BinlogException {
        ByteBuffer buffer = ByteBuffer.wrap(bytes).order(ByteOrder.LITTLE_ENDIAN);
        long size = Integer.toUnsignedLong(buffer.getInt(SIZE));
        if (size < LENGTH) {
            throw new BinlogException("at byte " + begin + " there is no event");
        }
        return new EventHeader(Byte.toUnsignedInt(bytes[TYPE]), begin, size);
    }

    /** The byte after the event. */
    public long end() {
        return begin + size;
    }

    /** Whether it says how the events after it are to be read. */
    public boolean describesFormat() {
        return type == FORMAT_DESCRIPTION;
    }

    /** Whether it says what was executed before this log. */
    public boolean hasPreviousGtids() {
        return type == PREVIOUS_GTIDS;
    }

    /** Whether a transaction begins with it. */
    public boolean beginsTransaction() {
        return type == GTID || type == TAGGED_GTID || type == ANONYMOUS_GTID;
    }

    /** Whether it is a statement as it was given. */
    public boolean isStatement() {
        return type == QUERY;
    }

    /** Whether it is at the end of a log, behind all transactions. */
    public boolean endsLog() {
        return type == STOP || type == ROTATE;
    }

    boolean tagged() {
        return type == TAGGED_GTID;
    }

    boolean anonymous() {
        return type == ANONYMOUS_GTID;
    }
}
