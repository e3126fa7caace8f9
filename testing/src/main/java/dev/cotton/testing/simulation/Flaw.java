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
    /** A primary opens again after a crash without waiting for acks. */
    FORGETS_THE_ACK_COUNT
}
