package dev.cotton.executor.server;

import java.util.Map;
import java.util.OptionalInt;

/**
 * How a run of mysqld ended.
 *
 * @param code its exit code, 128 plus the signal's number when a signal ended it; empty when nobody is left who knows:
 *     the host went down, or the keeper was killed as well
 */
public record Exit(OptionalInt code) {
    private static final Map<Integer, String> SIGNALS = Map.of(
            1, "SIGHUP", 2, "SIGINT", 3, "SIGQUIT", 6, "SIGABRT", 7, "SIGBUS", 9, "SIGKILL", 11, "SIGSEGV", 15,
            "SIGTERM");

    static final Exit UNKNOWN = new Exit(OptionalInt.empty());

    /** Whether mysqld ended in order. */
    public boolean clean() {
        return code.isPresent() && code.getAsInt() == 0;
    }

    /** For people, for instance {@code mysqld was ended by SIGKILL}. */
    @Override
    public String toString() {
        if (code.isEmpty()) {
            return "mysqld ended, and nobody saw how";
        }
        int value = code.getAsInt();
        if (value == 0) {
            return "mysqld shut down in order";
        }
        if (value == 127 || value == 126) {
            return "mysqld could not be started (code " + value + ")";
        }
        return value > 128
                ? "mysqld was ended by " + SIGNALS.getOrDefault(value - 128, "signal " + (value - 128))
                : "mysqld ended with code " + value;
    }
}
