package dev.cotton.scheduler.engine.mesos;

/**
 * What the engine persists about itself.
 *
 * @param schema of this form
 * @param state names these records: reservations are labelled with it, so that what belongs to records that were lost is
 *     never taken for a leak
 * @param frameworkId what the master knows Cotton by. Cotton chooses it, and it is written here before the master hears
 *     of it: a registration whose answer is lost is then repeated by whoever comes next, and does not leave a second
 *     framework behind
 * @param removed whether the master has ended it, with all its tasks: its id is dead
 */
public record Framework(int schema, String state, String frameworkId, boolean removed) {
    public static final int SCHEMA = 1;

    /** There is one record of it. */
    public static final String NAME = "framework";

    private static final String PREFIX = "cotton-";

    /** @param nonce that no other framework of any fleet has */
    static Framework first(String nonce) {
        return new Framework(SCHEMA, nonce, PREFIX + nonce, false);
    }

    /** The master has ended it. */
    Framework ended() {
        return new Framework(schema, state, frameworkId, true);
    }

    /** To be registered as another one, with the same records. */
    Framework anew(String nonce) {
        return new Framework(schema, state, PREFIX + nonce, false);
    }
}
