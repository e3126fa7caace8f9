package dev.cotton.scheduler.rest.resource;

/**
 * The role that an executor was told to establish.
 *
 * @param obstacle what keeps it from being established; empty when nothing does
 */
public record AssignedResource(Role role, boolean established, String obstacle) {
    /** The kinds of {@link dev.cotton.core.wire.Role}. */
    public enum Role {
        FENCED,
        REPLICA,
        CANDIDATE,
        EMPTIED,
        PRIMARY,
        STOPPED
    }
}
