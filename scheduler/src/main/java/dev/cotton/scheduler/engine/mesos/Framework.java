package dev.cotton.scheduler.engine.mesos;

import java.util.Optional;

/**
 * What the engine persists about itself.
 *
 * @param schema of this form
 * @param state names these records: reservations are labelled with it, so that what belongs to records that were lost is
 *     never taken for a leak
 * @param frameworkId what the master knows Cotton by, once it was registered
 * @param removed whether the master has ended it, with all its tasks: its id is dead
 */
public record Framework(int schema, String state, Optional<String> frameworkId, boolean removed) {
    public static final int SCHEMA = 1;

    /** There is one record of it. */
    public static final String NAME = "framework";

    Framework registered(String id) {
        return new Framework(schema, state, Optional.of(id), false);
    }

    /** The master has ended it. */
    Framework ended() {
        return new Framework(schema, state, frameworkId, true);
    }

    /** To be registered as another one. */
    Framework anew() {
        return new Framework(schema, state, Optional.empty(), false);
    }
}
