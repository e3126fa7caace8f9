package dev.cotton.scheduler.engine.mesos;

import java.util.Optional;

/**
 * What the engine persists about itself.
 *
 * @param schema of this form
 * @param state names these records: reservations are labelled with it, so that what belongs to records that were lost is
 *     never taken for a leak
 * @param frameworkId what the master knows Cotton by, once it was registered
 */
public record Framework(int schema, String state, Optional<String> frameworkId) {
    public static final int SCHEMA = 1;

    /** There is one record of it. */
    public static final String NAME = "framework";

    Framework registered(String id) {
        return new Framework(schema, state, Optional.of(id));
    }
}
