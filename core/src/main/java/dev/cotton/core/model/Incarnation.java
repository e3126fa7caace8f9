package dev.cotton.core.model;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonValue;

/**
 * A nonce that an executor keeps with a data directory. An emptied or re-cloned member has another one and counts as a
 * stranger wherever the former one was named.
 */
public record Incarnation(@JsonValue String value) {
    @JsonCreator
    public Incarnation {
        if (!value.matches("[0-9a-z]{8,32}")) {
            throw new IllegalArgumentException("'" + Shown.of(value) + "' is not an incarnation.");
        }
    }

    @Override
    public String toString() {
        return value;
    }
}
