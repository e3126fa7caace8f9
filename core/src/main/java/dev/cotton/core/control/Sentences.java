package dev.cotton.core.control;

import dev.cotton.core.model.GtidSet;
import dev.cotton.core.model.Member;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;

/** Words that several sentences share. */
final class Sentences {
    private Sentences() {}

    /** For instance {@code 7 days}, {@code 90 minutes} or {@code 4 seconds}. */
    static String span(Duration span) {
        if (span.toDays() >= 2) {
            return span.toDays() + " days";
        }
        return span.toMinutes() >= 2 ? span.toMinutes() + " minutes" : Math.max(1, span.toSeconds()) + " seconds";
    }

    /** For instance {@code lossless-power}, as people write it. */
    static String word(Enum<?> value) {
        return value.name().toLowerCase(Locale.ROOT).replace('_', '-');
    }

    /** For instance {@code 3 transactions that nobody else has}. */
    static String alone(GtidSet errant) {
        return errant.count() + " transactions that nobody else has";
    }

    /** For instance {@code demo-1, demo-2}. */
    static String names(List<Member> members) {
        return members.stream().map(member -> member.id().toString()).collect(Collectors.joining(", "));
    }
}
