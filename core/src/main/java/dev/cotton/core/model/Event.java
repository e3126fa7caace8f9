package dev.cotton.core.model;

import java.time.Instant;
import java.util.Optional;

/**
 * Something that happened to a cluster, in a sentence.
 *
 * @param sequence counts the events of one cluster from 1
 * @param at wall time, for people
 */
public record Event(long sequence, Instant at, Kind kind, Optional<InstanceId> instance, String text) {
    /** The catalogue. */
    public enum Kind {
        CLUSTER_REQUESTED,
        CLUSTER_HEALTHY,
        CLUSTER_DELETING,
        CLUSTER_BINNED,
        CLUSTER_RESTORING,
        CLUSTER_PURGING,
        CLUSTER_STOPPING,
        CLUSTER_STARTING,
        LEADER_CHANGED,
        PRIMARY_LOST,
        ELECTION_RESTARTED,
        PRIMARY_CHOSEN,
        PRIMARY_NAMED,
        PRIMARY_OPENED,
        HANDOVER_BEGUN,
        HANDOVER_UNDONE,
        MEMBER_ERRANT,
        MEMBER_INCOMPLETE,
        MEMBER_EMPTIED,
        QUARANTINE_DISCARDED,
        AUTOMATION_PAUSED,
        AUTOMATION_RESUMED,
        FAILOVERS_ACKNOWLEDGED,
        CLUSTER_CHANGING,
        MEMBER_WANTED,
        MEMBER_ADMITTED,
        MEMBER_IN_SYNC,
        MEMBER_LEAVING,
        MEMBER_LEFT,
        MEMBER_LOST,
        MEMBER_RETIRED,
        MEMBER_DISMISSED,
        MEMBER_DOUBTED,
        MEMBER_TRUSTED,
        MEMBER_ANNOUNCED,
        MEMBER_WITHDRAWN,
        DISK_FILLING,
        DISK_EASED,
        SANDBOX_FILLING,
        SANDBOX_EASED,
        ACK_COUNT_CHANGED,
        STATE_CHANGED
    }
}
