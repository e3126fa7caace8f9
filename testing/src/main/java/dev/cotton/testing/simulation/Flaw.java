package dev.cotton.testing.simulation;

/** A mistake that an executor could make. A test plants one to see that the simulation finds it. */
public enum Flaw {
    /** Executors do what the wire says. */
    NONE,
    /** A late command undoes a newer one. */
    OBEYS_OLD_COMMANDS,
    /** A role is confirmed when it is accepted, before it is established. */
    CONFIRMS_TOO_EARLY,
    /** A relay log is trusted although its host has booted. */
    TRUSTS_EVERY_BOOT,
    /** A server is opened for writes before it has executed all that it received. */
    OPENS_BEFORE_IT_HAS_DRAINED,
    /** After a crash the relay log is thrown away, to be received anew. */
    RECOVERS_RELAY_LOGS,
    /** A source is changed while the applier stands still, which deletes the relay log. */
    CHANGES_SOURCE_WITH_THE_APPLIER_STOPPED,
    /** A primary with waiting commits is talked out of its role by switching semi-sync off. */
    DEMOTES_BY_SEMI_SYNC_OFF,
    /** A primary with waiting commits is ended by SIGTERM. */
    STOPS_BY_SIGTERM,
    /** What a primary had reached leaves out the commits that wait. */
    REACHED_IS_WHAT_IS_EXECUTED,
    /** A primary lets nobody out that was once let in. */
    NEVER_LOCKS_LEAVERS,
    /** A fenced member goes on acknowledging. */
    KEEPS_RECEIVING_WHEN_FENCED,
    /** A primary opens again after a crash without waiting for acks. */
    FORGETS_THE_ACK_COUNT
}
