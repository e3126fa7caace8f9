package dev.cotton.core.model;

import java.util.Map;

/**
 * What an instance is made with and keeps for as long as it lives: a member of another shape than its cluster's is
 * replaced by one that has it.
 *
 * @param options overrides of mysqld's options, name to value
 */
public record Shape(Resources size, Map<String, String> options) {
    public Shape {
        options = Map.copyOf(options);
    }
}
