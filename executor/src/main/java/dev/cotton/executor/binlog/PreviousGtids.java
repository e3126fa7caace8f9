package dev.cotton.executor.binlog;

import dev.cotton.core.model.GtidSet;
import java.nio.BufferUnderflowException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;

/** What was executed before a log. */
final class PreviousGtids {
    private static final int TAGGED = 1;
    private static final int FORMAT_AT = 7;
    private static final long COUNT = 0xFFFF_FFFF_FFFFL;

    private PreviousGtids() {}

    /** @param body of the event, without header and checksum */
    static GtidSet parse(byte[] body) throws BinlogException {
        try {
            ByteBuffer buffer = ByteBuffer.wrap(body).order(ByteOrder.LITTLE_ENDIAN);
            boolean tags = body.length > FORMAT_AT && body[FORMAT_AT] == TAGGED;
            long head = buffer.getLong();
            long count = (tags ? head >>> Byte.SIZE : head) & COUNT;
            StringBuilder text = new StringBuilder();
            for (long i = 0; i < count; i++) {
                append(buffer, tags, text);
            }
            return GtidSet.parse(text.toString());
        } catch (BufferUnderflowException | IllegalArgumentException malformed) {
            throw new BinlogException("what was executed before it cannot be understood");
        }
    }

    private static void append(ByteBuffer from, boolean tags, StringBuilder to) {
        String uuid = GtidEvent.uuid(from);
        String tag = tags ? GtidEvent.tag(from) : "";
        long intervals = from.getLong();
        if (intervals > 0) {
            to.append(to.isEmpty() ? "" : ",").append(uuid).append(tag.isEmpty() ? "" : ":" + tag);
        }
        for (long i = 0; i < intervals; i++) {
            to.append(':').append(from.getLong()).append('-').append(from.getLong() - 1);
        }
    }
}
