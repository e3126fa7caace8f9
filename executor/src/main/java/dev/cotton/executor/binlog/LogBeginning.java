package dev.cotton.executor.binlog;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.zip.CRC32;

/** What the logs begin with that are put together of events of other ones. */
public final class LogBeginning {
    private static final int PREVIOUS_GTIDS = 35;
    private static final int COUNT_LENGTH = 8;
    private static final int CHECKSUM_LENGTH = 4;
    private static final int TYPE = 4;
    private static final int SIZE = 9;
    private static final short IGNORABLE = 0x80;

    private LogBeginning() {}

    /**
     * Of a log that is only kept.
     *
     * @param format the event that describes it
     */
    public static byte[] plain(byte[] format) {
        return ByteBuffer.allocate(BinlogReader.MAGIC_LENGTH + format.length)
                .putInt(BinlogReader.MAGIC)
                .put(format)
                .array();
    }

    /** Of a log that an applier reads: with GTIDs, it wants to be told what came before, which here is nothing. */
    public static byte[] relay(byte[] format, boolean checksums) {
        byte[] plain = plain(format);
        int length = EventHeader.LENGTH + COUNT_LENGTH + (checksums ? CHECKSUM_LENGTH : 0);
        ByteBuffer event = ByteBuffer.allocate(length).order(ByteOrder.LITTLE_ENDIAN);
        event.put(format, 0, EventHeader.LENGTH);
        event.put(TYPE, (byte) PREVIOUS_GTIDS).putInt(SIZE, length).putShort(EventHeader.FLAGS, IGNORABLE);
        if (checksums) {
            CRC32 checksum = new CRC32();
            checksum.update(event.array(), 0, length - CHECKSUM_LENGTH);
            event.putInt(length - CHECKSUM_LENGTH, (int) checksum.getValue());
        }
        return ByteBuffer.allocate(plain.length + length)
                .put(plain)
                .put(event.array())
                .array();
    }
}
