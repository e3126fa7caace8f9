package dev.cotton.core.control;

/**
 * The one state that a cluster is in.
 *
 * @param why a sentence with the evidence, for people
 */
public record Assessment(State state, String why) {
    /** In the order in which they are tried. */
    public enum State {
        /** Deleted; the data are in the bin. */
        BINNED,
        /** Members leave, mysqlds stop, data go to the bin or are destroyed. */
        DELETING,
        /** Stopped on request; the data stay where they are. */
        STOPPED,
        /** Has never had a primary that took writes. */
        CREATING,
        /** Something that only a person can decide, or that the hardware has to give back first. */
        BLOCKED,
        /** This scheduler has just begun to listen and has not heard from every server yet. */
        LOOKING,
        /** The primary is dead and another one is being elected. */
        FAILING_OVER,
        /** A healthy primary hands over to a replica. */
        SWITCHING_OVER,
        /** No server takes writes. */
        PRIMARY_DOWN,
        /** Writes work, and not everything that was asked for is there. */
        DEGRADED,
        /** A write just succeeded on the primary and every member is in sync. */
        HEALTHY
    }
}
