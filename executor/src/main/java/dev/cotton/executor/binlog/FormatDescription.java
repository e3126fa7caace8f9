package dev.cotton.executor.binlog;

/** How the events of a log are to be read. */
final class FormatDescription {
    private static final int VERSION = 4;
    private static final int CHECKSUM_BYTES = 4;
    private static final int NO_CHECKSUM = 0;
    private static final int CRC32 = 1;

    private FormatDescription() {}

    /**
     * Whether events end with a CRC32.
     *
     * @param raw the event with its header
     */
    static boolean checksums(byte[] raw) throws BinlogException {
        int at = raw.length - CHECKSUM_BYTES - 1;
        if (at <= EventHeader.LENGTH || raw[EventHeader.LENGTH] != VERSION) {
            throw new BinlogException("its format is none of version " + VERSION);
        }
        return switch (raw[at]) {
            case NO_CHECKSUM -> false;
            case CRC32 -> true;
            default -> throw new BinlogException("it has checksums of an unknown kind");
        };
    }
}
