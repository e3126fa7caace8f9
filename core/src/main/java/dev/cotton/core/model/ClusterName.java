package dev.cotton.core.model;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonValue;
import java.util.regex.Pattern;

/**
 * The name by which people know a cluster: a letter or digit, then up to 62 letters, digits, {@code _}, {@code .} or
 * {@code -}.
 */
public record ClusterName(@JsonValue String value) implements Comparable<ClusterName> {
    private static final Pattern FORM = Pattern.compile("[A-Za-z0-9][A-Za-z0-9_.-]{0,62}");

    /** @throws IllegalArgumentException with a sentence for the user when {@code value} is not of that form */
    @JsonCreator
    public ClusterName {
        if (!FORM.matcher(value).matches()) {
            throw new IllegalArgumentException(
                    "A cluster name starts with a letter or a digit and has at most 63 letters,"
                            + " digits, '_', '.' or '-'; '" + Shown.of(value) + "' is not one.");
        }
    }

    @Override
    public int compareTo(ClusterName other) {
        return value.compareTo(other.value);
    }

    @Override
    public String toString() {
        return value;
    }
}
