package dev.cotton.core.mesos;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonInclude.Include;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * Names and values that Mesos keeps and shows to everybody. Those of a reservation are part of its identity, in their
 * order.
 */
@JsonInclude(Include.NON_EMPTY)
public record Labels(List<Label> labels) {
    public Labels {
        labels = Wire.repeated(labels);
    }

    @JsonInclude(Include.NON_ABSENT)
    public record Label(String key, Optional<String> value) {}

    /** In the order of the names. */
    public static Labels of(Map<String, String> values) {
        SortedMap<String, String> sorted = new TreeMap<>(values);
        return new Labels(sorted.entrySet().stream()
                .map(label -> new Label(label.getKey(), Optional.of(label.getValue())))
                .toList());
    }

    /** The first of that name. */
    public Optional<String> value(String key) {
        return labels.stream()
                .filter(label -> label.key().equals(key))
                .findFirst()
                .flatMap(Label::value);
    }
}
