package dev.cotton.core.wire;

/** How far an executor is with its mysqld. */
public enum Lifecycle {
    /** Enrolled; no setup given and no data. */
    EMPTY,
    /** Making the data directory, or cloning. */
    PREPARING,
    /** mysqld is starting, or its role is not known yet. */
    STARTING,
    /** mysqld runs and answers. */
    RUNNING,
    /** mysqld exited by itself; it is started again after a pause. */
    RESTARTING,
    /** mysqld runs and does not answer. */
    UNRESPONSIVE,
    /** Stopped as told. */
    STOPPED,
    /** Cannot go on without a person; {@code detail} says why. */
    FAILED
}
