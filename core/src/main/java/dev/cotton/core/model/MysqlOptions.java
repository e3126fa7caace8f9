package dev.cotton.core.model;

import java.util.Map;

/** The options of mysqld that users may set, and the values that they may have. */
public final class MysqlOptions {
    private MysqlOptions() {}

    /**
     * The options as mysqld's option file spells them: lower case, with underscores.
     *
     * @throws IllegalArgumentException naming the first option, in the order of names, that may not be set or whose value is wrong, and why
     */
    public static Map<String, String> checked(Map<String, String> options) {
        options.keySet().stream().sorted().findFirst().ifPresent(name -> {
            throw new IllegalArgumentException("options: '" + Shown.of(name) + "' cannot be set.");
        });
        return Map.of();
    }
}
