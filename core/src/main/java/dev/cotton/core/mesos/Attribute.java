package dev.cotton.core.mesos;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonInclude.Include;
import java.util.Optional;
import java.util.stream.Collectors;

/** What an operator says of an agent. */
@JsonInclude(Include.NON_ABSENT)
public record Attribute(
        String name, ValueType type, Optional<Scalar> scalar, Optional<Ranges> ranges, Optional<Text> text) {

    public record Text(String value) {}

    public static Attribute text(String name, String value) {
        return new Attribute(name, ValueType.TEXT, Optional.empty(), Optional.empty(), Optional.of(new Text(value)));
    }

    /** The value as an operator would write it: {@code r1}, {@code 3}, {@code 3.5}, {@code [1-5,8-9]}. */
    public String shown() {
        return text.map(Text::value)
                .or(() -> scalar.map(number -> shown(number.value())))
                .or(() -> ranges.map(Attribute::shown))
                .orElse("");
    }

    private static String shown(double number) {
        return number == Math.rint(number) ? Long.toString((long) number) : Double.toString(number);
    }

    private static String shown(Ranges ranges) {
        return ranges.range().stream()
                .map(range -> range.begin() + "-" + range.end())
                .collect(Collectors.joining(",", "[", "]"));
    }
}
