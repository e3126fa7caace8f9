package dev.cotton.scheduler.engine.mesos;

import java.util.List;
import java.util.stream.Stream;

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
 * @param roles that clusters asked for and the master has let it have; kept, so that what is left in them is given back
 */
public record Framework(int schema, String state, String frameworkId, boolean removed, List<String> roles) {
    public static final int SCHEMA = 2;

    /** There is one record of it. */
    public static final String NAME = "framework";

    private static final String PREFIX = "cotton-";

    public Framework {
        roles = List.copyOf(roles);
    }

    /** @param nonce that no other framework of any fleet has */
    static Framework first(String nonce) {
        return new Framework(SCHEMA, nonce, PREFIX + nonce, false, List.of());
    }

    /** The master has ended it. */
    Framework ended() {
        return new Framework(schema, state, frameworkId, true, roles);
    }

    /** To be registered as another one, with the same records. */
    Framework anew(String nonce) {
        return new Framework(schema, state, PREFIX + nonce, false, roles);
    }

    Framework inRole(String role) {
        return new Framework(
                schema,
                state,
                frameworkId,
                removed,
                Stream.concat(roles.stream(), Stream.of(role)).toList());
    }

    /** All that it takes part in, with the one that the scheduler is told. */
    List<String> allRoles(String own) {
        return Stream.concat(Stream.of(own), roles.stream()).distinct().toList();
    }
}
