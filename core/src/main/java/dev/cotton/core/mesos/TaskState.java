package dev.cotton.core.mesos;

import com.fasterxml.jackson.annotation.JsonCreator;

/** Where a task is, as Mesos says it. */
public enum TaskState {
    /** Launched; its executor has not got it yet. */
    TASK_STAGING(false),
    /** Its executor has it and prepares. */
    TASK_STARTING(false),
    /** Its executor says that it runs. */
    TASK_RUNNING(false),
    /** Its executor has begun to end it. */
    TASK_KILLING(false),
    /** Ended by itself, well. */
    TASK_FINISHED(true),
    /** Ended by itself or with its executor, not well. */
    TASK_FAILED(true),
    /** Ended because it was asked to. */
    TASK_KILLED(true),
    /** Never started: its description or its resources are wrong. */
    TASK_ERROR(true),
    /**
     * Gone with its agent, which the master has removed; a machine taken down for maintenance says this also to a
     * framework that is aware of partitions, and so does an agent without checkpoints whose connection broke.
     */
    TASK_LOST(true),
    /** Never started: the offer was gone, or the agent or its executor refused it. */
    TASK_DROPPED(true),
    /** The master does not hear the agent; the task may run, and may come back as running. */
    TASK_UNREACHABLE(false),
    /** The agent is there and does not have it. */
    TASK_GONE(true),
    /** An operator has declared the agent gone for ever. */
    TASK_GONE_BY_OPERATOR(true),
    /** The master has never heard of it, or has forgotten it; it may run on an agent that has not come back yet. */
    TASK_UNKNOWN(false),
    /** A state that this version does not know. */
    UNRECOGNIZED(false);

    private final boolean terminal;

    TaskState(boolean terminal) {
        this.terminal = terminal;
    }

    /** Whether the task runs no more and never will again. */
    public boolean terminal() {
        return terminal;
    }

    @JsonCreator
    static TaskState read(String name) {
        return Wire.constant(TaskState.class, name, UNRECOGNIZED);
    }
}
