package dev.cotton.core.wire;

import com.fasterxml.jackson.annotation.JsonSubTypes;
import com.fasterxml.jackson.annotation.JsonTypeInfo;
import dev.cotton.core.model.Endpoint;
import dev.cotton.core.model.GtidSet;
import dev.cotton.core.model.Incarnation;
import dev.cotton.core.model.InstanceId;
import java.util.Collection;
import java.util.Set;
import java.util.TreeSet;

/**
 * What an instance is to be. An executor writes the role to disk, answers, and then works until the role is
 * established; it establishes it again after each start of mysqld or of itself.
 */
@JsonTypeInfo(use = JsonTypeInfo.Id.NAME, property = "role")
@JsonSubTypes({
    @JsonSubTypes.Type(value = Role.Fenced.class, name = "fenced"),
    @JsonSubTypes.Type(value = Role.Replica.class, name = "replica"),
    @JsonSubTypes.Type(value = Role.Candidate.class, name = "candidate"),
    @JsonSubTypes.Type(value = Role.Emptied.class, name = "emptied"),
    @JsonSubTypes.Type(value = Role.Primary.class, name = "primary"),
    @JsonSubTypes.Type(value = Role.Stopped.class, name = "stopped")
})
public sealed interface Role {
    /**
     * Read-only; receiver stopped (seen stopped), then the ack flag off; the applier goes on. Established when that is
     * so: the {@code received} of a report made then can only grow by a new command.
     */
    record Fenced() implements Role {}

    /**
     * Read-only and following {@code source} with the replication account of this instance's own slot.
     *
     * @param acks whether this member acknowledges as a semi-sync replica; switched before its receiver (re)starts
     * @param admitted replication account slots that may be attached below this replica: those of its fellow in-sync
     *     replicas, let in beforehand because a change of the primary waits for it otherwise
     */
    record Replica(InstanceId source, Endpoint endpoint, boolean acks, Set<Integer> admitted) implements Role {
        public Replica {
            admitted = sorted(admitted);
        }
    }

    /**
     * Chosen to be the next primary: as {@link Fenced}, and the admitted ones may attach below it. Established when all
     * that was received is executed, its former source is forgotten and their accounts are unlocked; its report then
     * says what it has reached. Semi-sync as a source stays off, because it blocks an applier that still commits.
     */
    record Candidate(Set<Integer> admitted) implements Role {
        public Candidate {
            admitted = sorted(admitted);
        }
    }

    /**
     * As {@link Fenced}; then the transactions that nobody else has are saved in the quarantine and the data directory
     * {@code data} is emptied. Established when this instance has no data, or other data than {@code data}.
     *
     * @param errant to be saved, never acknowledged to any client; may be empty
     */
    record Emptied(Incarnation data, GtidSet errant) implements Role {}

    /**
     * The primary.
     *
     * @param ackCount replicas that must have received a commit before it is acknowledged; 0 switches semi-sync off
     * @param admitted replication account slots that may be attached; every other one is locked and its dump thread
     *     gone before anything else changes (after, when {@code ackCount} is 0)
     * @param frozen read-only with everything else kept, on the way to a switchover
     */
    record Primary(int ackCount, Set<Integer> admitted, boolean frozen) implements Role {
        public Primary {
            admitted = sorted(admitted);
        }
    }

    private static Set<Integer> sorted(Collection<Integer> slots) {
        return java.util.Collections.unmodifiableSet(new TreeSet<>(slots));
    }

    /** mysqld stopped by the stop routine, and left so. */
    record Stopped() implements Role {}
}
