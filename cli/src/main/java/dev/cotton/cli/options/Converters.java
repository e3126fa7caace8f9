package dev.cotton.cli.options;

import dev.cotton.cli.terminal.OutputFormat;
import dev.cotton.core.model.ClusterName;
import dev.cotton.core.model.DataSize;
import dev.cotton.core.model.InstanceId;
import dev.cotton.core.wire.QuarantineId;
import java.time.Duration;
import java.util.Map;
import java.util.Objects;
import java.util.function.Function;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import picocli.CommandLine;
import picocli.CommandLine.TypeConversionException;

/** Reads values on the command line; what is wrong with one is said in a sentence. */
public final class Converters {
    private static final Pattern SPAN = Pattern.compile("([0-9]{1,9})(ms|s|m|min|h|d)?");
    private static final Map<String, Duration> UNITS = Map.of(
            "ms", Duration.ofMillis(1),
            "s", Duration.ofSeconds(1),
            "m", Duration.ofMinutes(1),
            "min", Duration.ofMinutes(1),
            "h", Duration.ofHours(1),
            "d", Duration.ofDays(1));

    private Converters() {}

    /** Makes {@code commandLine} and all its subcommands read the types of this project. */
    public static CommandLine register(CommandLine commandLine) {
        return commandLine
                .registerConverter(OutputFormat.class, text -> converted(text, Converters::format))
                .registerConverter(ClusterName.class, text -> converted(text, ClusterName::new))
                .registerConverter(InstanceId.class, text -> converted(text, InstanceId::parse))
                .registerConverter(QuarantineId.class, text -> converted(text, QuarantineId::parse))
                .registerConverter(DataSize.class, text -> converted(text, DataSize::parse))
                .registerConverter(PortSpan.class, text -> converted(text, PortSpan::parse))
                .registerConverter(Duration.class, text -> converted(text, Converters::span));
    }

    /** Reads {@code 90s}, {@code 5m}, {@code 2h}, {@code 7d}, a bare number of seconds, or ISO-8601. */
    static Duration span(String text) {
        Matcher matcher = SPAN.matcher(text);
        if (matcher.matches()) {
            Duration unit = UNITS.getOrDefault(Objects.requireNonNullElse(matcher.group(2), "s"), Duration.ZERO);
            return unit.multipliedBy(Long.parseLong(matcher.group(1)));
        }
        try {
            return Duration.parse(text);
        } catch (java.time.format.DateTimeParseException e) {
            throw new IllegalArgumentException("'" + text + "' is not a span of time, for instance 90s, 5m or 7d.", e);
        }
    }

    private static OutputFormat format(String text) {
        return Stream.of(OutputFormat.values())
                .filter(format -> format.toString().equals(text))
                .findFirst()
                .orElseThrow(() -> new IllegalArgumentException("text or json, not '" + text + "'."));
    }

    private static <T> T converted(String text, Function<String, T> parse) {
        try {
            return parse.apply(text);
        } catch (IllegalArgumentException e) {
            throw new TypeConversionException(String.valueOf(e.getMessage()));
        }
    }
}
