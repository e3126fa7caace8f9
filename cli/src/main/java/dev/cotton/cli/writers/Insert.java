package dev.cotton.cli.writers;

import java.util.OptionalLong;

/**
 * One attempt to insert a row. Instants are of {@link System#nanoTime} of the process that wrote.
 *
 * @param id never used twice
 * @param begun before it was sent
 * @param ended when the answer was there, or none was to be expected any more
 * @param reign whom the writer was connected to
 * @param acknowledged the server said OK; otherwise the row may be there or not
 */
public record Insert(long id, long begun, long ended, Reign reign, boolean acknowledged) {
    /**
     * A server while it was taken for the primary of an epoch.
     *
     * @param instance for instance {@code demo-1}
     * @param server its server UUID
     * @param epoch absent for a writer that writes there whoever is the primary
     */
    public record Reign(String instance, String server, OptionalLong epoch) {
        public Reign(String instance, String server, long epoch) {
            this(instance, server, OptionalLong.of(epoch));
        }

        @Override
        public String toString() {
            return instance
                    + (epoch.isPresent()
                            ? " (epoch " + epoch.getAsLong() + ")"
                            : " (asked by a client that never leaves it)");
        }
    }

    /** Whether its writer goes wherever the primary is. */
    public boolean ofFollower() {
        return reign.epoch().isPresent();
    }
}
