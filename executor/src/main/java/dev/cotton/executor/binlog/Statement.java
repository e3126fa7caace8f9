package dev.cotton.executor.binlog;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.nio.BufferUnderflowException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;

/**
 * A statement as it was given; MySQL calls it a query event.
 *
 * @param schema that it was given in; empty when in none
 */
public record Statement(String schema, String text) {
    private static final int THREAD_AND_TIME = 8;

    /** @param body of the event, without header and checksum */
    static Statement parse(EventHeader header, byte[] body) throws BinlogException {
        try {
            ByteBuffer buffer = ByteBuffer.wrap(body).order(ByteOrder.LITTLE_ENDIAN);
            buffer.position(THREAD_AND_TIME);
            int schemaLength = Byte.toUnsignedInt(buffer.get());
            buffer.getShort();
            int variables = Short.toUnsignedInt(buffer.getShort());
            buffer.position(buffer.position() + variables);
            String schema = text(buffer, schemaLength);
            buffer.get();
            return new Statement(schema, text(buffer, buffer.remaining()));
        } catch (BufferUnderflowException | IllegalArgumentException malformed) {
            throw new BinlogException("the statement at byte " + header.begin() + " cannot be understood");
        }
    }

    private static String text(ByteBuffer from, int length) {
        byte[] bytes = new byte[length];
        from.get(bytes);
        return new String(bytes, UTF_8);
    }
}
