package dev.cotton.scheduler.engine.mesos.artifact;

import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** A part of a file. */
record ByteSpan(long first, long length) {
    private static final Pattern FORM = Pattern.compile("bytes=([0-9]{0,18})-([0-9]{0,18})");

    /** What a {@code Range} asks for. */
    sealed interface Wish {}

    /** The header is none that can be followed, and is passed over. */
    record Everything() implements Wish {}

    /** Nothing of the file is in it. */
    record Nothing() implements Wish {}

    /** One part, which is there. */
    record Part(ByteSpan span) implements Wish {}

    long last() {
        return first + length - 1;
    }

    /** @param size of the file */
    static Wish of(Optional<String> range, long size) {
        Matcher matcher = FORM.matcher(range.orElse("").strip());
        if (!matcher.matches()
                || (matcher.group(1).isEmpty() && matcher.group(2).isEmpty())) {
            return new Everything();
        }
        if (matcher.group(1).isEmpty()) {
            long tail = Math.min(size, Long.parseLong(matcher.group(2)));
            return tail == 0 ? new Nothing() : new Part(new ByteSpan(size - tail, tail));
        }
        long first = Long.parseLong(matcher.group(1));
        long last = matcher.group(2).isEmpty() ? size - 1 : Math.min(size - 1, Long.parseLong(matcher.group(2)));
        if (first >= size) {
            return new Nothing();
        }
        return last < first ? new Everything() : new Part(new ByteSpan(first, last - first + 1));
    }
}
