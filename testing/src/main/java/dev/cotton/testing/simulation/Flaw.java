package dev.cotton.testing.simulation;

/** A mistake that an executor could make. A test plants one to see that the simulation finds it. */
public enum Flaw {
    /** Executors do what the wire says. */
    NONE,
    /** A late command undoes a newer one. */
    OBEYS_OLD_COMMANDS,
    /** Commands of one epoch are obeyed in whatever order they come. */
    ORDERS_BY_EPOCH_ALONE,
    /** A command is answered before it is on disk, and a crash brings the former one back. */
    ANSWERS_BEFORE_IT_WRITES,
    /** A role is confirmed when it is accepted, before it is established. */
    CONFIRMS_TOO_EARLY,
    /** A role that was lost with mysqld is confirmed as if it still stood. */
    CONFIRMS_A_LOST_ROLE,
    /** A role that was once taken on this run of mysqld is confirmed although another one has undone it since. */
    CONFIRMS_WHAT_ANOTHER_ROLE_UNDID,
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
    /** An account is locked and its dump thread left alone. */
    LOCKS_WITHOUT_KILLING,
    /** A fenced member goes on acknowledging. */
    KEEPS_RECEIVING_WHEN_FENCED,
    /** A frozen primary is writable as soon as it starts again. */
    THAWS_WHEN_IT_RESTARTS,
    /** A primary opens again after a crash without waiting for acks. */
    FORGETS_THE_ACK_COUNT,
    /** The ack flag is switched and the receiver is not started again: nothing is acknowledged. */
    SWITCHES_ACKS_WITHOUT_A_RESTART;

    /** Whether it loses nothing, and no peace comes. */
    public boolean hangs() {
        return this == CONFIRMS_A_LOST_ROLE || this == SWITCHES_ACKS_WITHOUT_A_RESTART;
    }
}
