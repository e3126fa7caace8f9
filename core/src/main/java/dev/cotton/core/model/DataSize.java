package dev.cotton.core.model;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonValue;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.util.Locale;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** A number of bytes. Written and read as {@code 512mb} or {@code 2gb}; units are powers of 1024. */
public record DataSize(long bytes) implements Comparable<DataSize> {
    private static final Pattern FORM = Pattern.compile("([0-9]+(?:\\.[0-9]+)?)\\s*(b|kb|mb|gb|tb)");
    private static final Map<String, Long> UNITS =
            Map.of("b", 1L, "kb", 1L << 10, "mb", 1L << 20, "gb", 1L << 30, "tb", 1L << 40);

    public DataSize {
        if (bytes < 0) {
            throw new IllegalArgumentException("A size is not negative: " + bytes + " bytes.");
        }
    }

    /** @throws IllegalArgumentException when {@code text} is not a number with one of the units b, kb, mb, gb, tb */
    @JsonCreator
    public static DataSize parse(String text) {
        Matcher matcher = FORM.matcher(text.strip().toLowerCase(Locale.ROOT));
        Long unit = matcher.matches() ? UNITS.get(matcher.group(2)) : null;
        if (unit == null) {
            throw new IllegalArgumentException(
                    "A size is a number with a unit, for instance 512mb or 2gb; '" + Shown.of(text) + "' is not one.");
        }
        BigDecimal bytes = new BigDecimal(matcher.group(1))
                .multiply(BigDecimal.valueOf(unit))
                .setScale(0, RoundingMode.DOWN);
        if (bytes.compareTo(BigDecimal.valueOf(Long.MAX_VALUE)) > 0) {
            throw new IllegalArgumentException("The size '" + Shown.of(text) + "' is larger than any machine.");
        }
        return new DataSize(bytes.longValue());
    }

    public static DataSize ofMegabytes(long megabytes) {
        return new DataSize(Math.multiplyExact(megabytes, 1L << 20));
    }

    /** Whole megabytes, rounded down. */
    public long megabytes() {
        return bytes >> 20;
    }

    public DataSize times(long factor) {
        return new DataSize(Math.multiplyExact(bytes, factor));
    }

    @Override
    public int compareTo(DataSize other) {
        return Long.compare(bytes, other.bytes);
    }

    /** The largest unit that gives a whole number, for instance {@code 512mb}. */
    @JsonValue
    @Override
    public String toString() {
        for (String unit : new String[] {"tb", "gb", "mb", "kb"}) {
            long size = UNITS.getOrDefault(unit, 1L);
            if (bytes != 0 && bytes % size == 0) {
                return bytes / size + unit;
            }
        }
        return bytes + "b";
    }
}
