package dev.cotton.executor.binlog;

import static java.nio.charset.StandardCharsets.US_ASCII;

import java.nio.BufferUnderflowException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.UUID;

/**
 * The first event of a transaction.
 *
 * @param committed when it was, on the server where it was done first; to the microsecond
 */
public record GtidEvent(Gtid gtid, Instant committed) {
    private static final int TIMES = 1 + 16 + 8 + 1 + 8 + 8;
    private static final int TIME_BYTES = 7;
    private static final long ORIGINAL_FOLLOWS = 1L << 55;
    private static final int UUID_BYTES = 16;

    /** @param body of the event, without header and checksum */
    static GtidEvent parse(EventHeader header, byte[] body) throws BinlogException {
        if (header.anonymous()) {
            throw new BinlogException("the transaction at byte " + header.begin() + " has no GTID");
        }
        try {
            ByteBuffer buffer = ByteBuffer.wrap(body).order(ByteOrder.LITTLE_ENDIAN);
            return header.tagged() ? tagged(buffer) : plain(buffer);
        } catch (BufferUnderflowException | IllegalArgumentException malformed) {
            throw new BinlogException("the GTID at byte " + header.begin() + " cannot be understood");
        }
    }

    private static GtidEvent plain(ByteBuffer body) {
        body.get();
        String uuid = uuid(body);
        long number = body.getLong();
        body.position(TIMES);
        long immediate = time(body);
        long committed = (immediate & ORIGINAL_FOLLOWS) == 0 ? immediate : time(body);
        return new GtidEvent(new Gtid(uuid, number), instant(committed & ~ORIGINAL_FOLLOWS));
    }

    static String uuid(ByteBuffer from) {
        ByteBuffer bytes = from.slice(from.position(), UUID_BYTES).order(ByteOrder.BIG_ENDIAN);
        from.position(from.position() + UUID_BYTES);
        return new UUID(bytes.getLong(), bytes.getLong()).toString();
    }

    private static long time(ByteBuffer from) {
        long value = 0;
        for (int i = 0; i < TIME_BYTES; i++) {
            value |= (long) Byte.toUnsignedInt(from.get()) << (Byte.SIZE * i);
        }
        return value;
    }

    private static Instant instant(long microseconds) {
        return Instant.EPOCH.plus(microseconds, ChronoUnit.MICROS);
    }

    /** Fields with numbers, in their order; those after the times do not matter here. */
    private static GtidEvent tagged(ByteBuffer body) {
        VariableLength.unsigned(body);
        VariableLength.unsigned(body);
        VariableLength.unsigned(body);
        String uuid = "";
        String tag = "";
        long number = 0;
        long committed = 0;
        boolean more = true;
        while (more && body.hasRemaining()) {
            switch ((int) VariableLength.unsigned(body)) {
                case 0 -> VariableLength.unsigned(body);
                case 1 -> uuid = packedUuid(body);
                case 2 -> number = VariableLength.signed(body);
                case 3 -> tag = tag(body);
                case 4, 5 -> VariableLength.signed(body);
                case 6, 7 -> committed = VariableLength.unsigned(body);
                default -> more = false;
            }
        }
        String source = tag.isEmpty() ? uuid : uuid + ":" + tag;
        return new GtidEvent(new Gtid(source, number), instant(committed));
    }

    private static String packedUuid(ByteBuffer from) {
        ByteBuffer bytes = ByteBuffer.allocate(UUID_BYTES);
        for (int i = 0; i < UUID_BYTES; i++) {
            bytes.put((byte) VariableLength.unsigned(from));
        }
        return uuid(bytes.flip());
    }

    /** A text after its length. */
    static String tag(ByteBuffer from) {
        byte[] text = new byte[Math.toIntExact(VariableLength.unsigned(from))];
        from.get(text);
        return new String(text, US_ASCII);
    }
}
