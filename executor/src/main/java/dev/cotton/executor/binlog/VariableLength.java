package dev.cotton.executor.binlog;

import java.nio.ByteBuffer;

/** Integers of one to nine bytes, as {@code mysql::serialization} writes them: so many ones at the end as bytes follow. */
final class VariableLength {
    private static final int LONGEST = 8;

    private VariableLength() {}

    static long unsigned(ByteBuffer from) {
        int first = Byte.toUnsignedInt(from.get());
        int following = Integer.numberOfTrailingZeros(~first);
        long value = following < LONGEST ? (long) first >>> (following + 1) : 0;
        int shift = following < LONGEST ? LONGEST - 1 - following : 0;
        for (int i = 0; i < following; i++) {
            value |= (long) Byte.toUnsignedInt(from.get()) << shift;
            shift += Byte.SIZE;
        }
        return value;
    }

    /** Its sign is its lowest bit. */
    static long signed(ByteBuffer from) {
        long coded = unsigned(from);
        return coded >>> 1 ^ -(coded & 1);
    }
}
