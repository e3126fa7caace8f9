package dev.cotton.core.model;

import java.util.Set;

/** The rule for the name of a cluster's user. */
public final class UserName {
    /** Every account of Cotton's own starts with this. */
    public static final String RESERVED_PREFIX = "cotton_";

    private static final Set<String> RESERVED = Set.of("root", "mysql", "cotton");

    private UserName() {}

    /** @throws IllegalArgumentException when {@code user} cannot be the name of a cluster's user */
    public static void check(String user) {
        if (!user.matches("[A-Za-z0-9_.-]{1,32}")) {
            throw new IllegalArgumentException(
                    "user: 1 to 32 letters, digits, '_', '.' or '-', not '" + Shown.of(user) + "'.");
        }
        if (user.startsWith(RESERVED_PREFIX) || user.startsWith("mysql.") || RESERVED.contains(user)) {
            throw new IllegalArgumentException("user: '" + user + "' is kept for the system; choose another name.");
        }
    }
}
