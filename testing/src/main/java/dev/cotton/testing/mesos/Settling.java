package dev.cotton.testing.mesos;

import java.time.Duration;
import java.util.function.BooleanSupplier;
import org.awaitility.Awaitility;

/** Waits of the simulator for itself. */
final class Settling {
    private static final Duration LIMIT = Duration.ofSeconds(20);

    private Settling() {}

    static void until(String what, BooleanSupplier reached) {
        Awaitility.await(what).atMost(LIMIT).pollInterval(Duration.ofMillis(10)).until(reached::getAsBoolean);
    }
}
