package dev.cotton.executor.mesos;

import java.math.BigDecimal;
import java.math.RoundingMode;
import java.time.Duration;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** A span of time as Mesos writes it: {@code 15mins}, {@code 2secs}, {@code 1.5hrs}. */
final class MesosSpan {
    private static final Pattern FORM =
            Pattern.compile("([0-9]{1,12}(?:\\.[0-9]{1,9})?)(ns|us|ms|secs|mins|hrs|days|weeks)");
    private static final Map<String, Duration> UNITS = Map.of(
            "ns", Duration.ofNanos(1),
            "us", Duration.ofNanos(1_000),
            "ms", Duration.ofMillis(1),
            "secs", Duration.ofSeconds(1),
            "mins", Duration.ofMinutes(1),
            "hrs", Duration.ofHours(1),
            "days", Duration.ofDays(1),
            "weeks", Duration.ofDays(7));

    private MesosSpan() {}

    /** @throws IllegalArgumentException naming the variable {@code name} */
    static Duration parse(String name, String text) {
        Matcher matcher = FORM.matcher(text.strip());
        Duration unit = matcher.matches() ? UNITS.get(matcher.group(2)) : null;
        if (unit == null) {
            throw new IllegalArgumentException(
                    name + ": a span of time, for instance 15mins; '" + text + "' is not one.");
        }
        BigDecimal nanoseconds = new BigDecimal(matcher.group(1)).multiply(BigDecimal.valueOf(unit.toNanos()));
        return nanoseconds.compareTo(BigDecimal.valueOf(Long.MAX_VALUE)) > 0
                ? Duration.ofNanos(Long.MAX_VALUE)
                : Duration.ofNanos(nanoseconds.setScale(0, RoundingMode.DOWN).longValue());
    }
}
