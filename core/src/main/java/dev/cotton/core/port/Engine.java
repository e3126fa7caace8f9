package dev.cotton.core.port;

import dev.cotton.core.model.DataSize;
import dev.cotton.core.model.InstanceId;
import dev.cotton.core.model.PlacementSpec;
import dev.cotton.core.model.Ports;
import dev.cotton.core.model.Resources;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;

/**
 * Gives every instance a place to run. Placement, ports, limits and processes stay inside; it keeps records of its own
 * under the leader's term and never writes a cluster's. Calls return soon and say "make it so": what came of it shows
 * in {@link #observe}. Idempotent, also after a restart of the scheduler. Thread-safe.
 */
public interface Engine extends AutoCloseable {
    /**
     * @param cluster the cluster's uid
     * @param token one-time enrolment token, base64: a secret
     */
    record InstanceSpec(InstanceId id, String cluster, Resources resources, PlacementSpec placement, String token) {
        /** Without the token. */
        @Override
        public String toString() {
            return "InstanceSpec[" + id + ", " + resources + "]";
        }
    }

    /** What becomes of an instance's data. */
    enum Disposal {
        /** Into the bin, with its ports and place: {@link #apply} brings it back. */
        KEEP,
        /** Destroyed for certain. */
        DESTROY
    }

    /** Where an instance is. */
    enum Presence {
        /** On its way. */
        STARTING,
        /** Its executor runs, or is being started again. */
        RUNNING,
        /** Its place or its data are gone for certain. */
        LOST,
        /** Wanted, and nothing fits now; {@code why} says what is short. */
        WAITING,
        /** Stopped, its data kept. */
        BINNED,
        /** Its host does not answer; it may run. */
        UNREACHABLE
    }

    /**
     * @param host the name of the machine that it is on
     * @param isolation how cpu and memory are limited, or {@code none (why)}
     * @param why a sentence for people, empty when there is nothing to say
     * @param notice why the place is to be left, a clause for people; empty while the instance may stay. What runs there
     *     goes on, and no other instance is given a place there
     */
    record Place(Presence presence, String host, Optional<Ports> ports, String isolation, String why, String notice) {
        /** One that nobody has to leave. */
        public Place(Presence presence, String host, Optional<Ports> ports, String isolation, String why) {
            this(presence, host, ports, isolation, why, "");
        }
    }

    /** What a fleet has and has given away. */
    record Capacity(double cpus, DataSize mem, DataSize disk, double cpusUsed, DataSize memUsed, DataSize diskUsed) {}

    /** Amounts of what a machine has; what is absent is not bounded. */
    record Amounts(OptionalDouble cpus, Optional<DataSize> mem, Optional<DataSize> disk) {
        public static final Amounts NONE = new Amounts(OptionalDouble.empty(), Optional.empty(), Optional.empty());
    }

    /**
     * A role's quota on a fleet.
     *
     * @param guarantee kept for it
     * @param limit never more than that
     * @param used what counts against its quota: whatever is allocated to it or reserved for it, also by others
     */
    record RoleShare(String role, Amounts guarantee, Amounts limit, Amounts used) {}

    /** Makes sure that the instance runs: places it, brings it back from the bin, or leaves it as it is. */
    void apply(InstanceSpec spec);

    /**
     * Ends the instance. Its mysqld was stopped by the stop routine before, where that was possible; what still runs is
     * killed (SIGKILL acknowledges nothing).
     */
    void release(InstanceId id, Disposal disposal);

    /** Every instance that the engine knows; one that was destroyed is not there any more. Fast: no IO. */
    Map<InstanceId, Place> observe();

    /** Told, on any thread, when {@link #observe} may answer otherwise. Must return soon. */
    void onChange(Runnable listener);

    /**
     * Whether {@code instances} of this size could ever run together on what there is, were it empty.
     *
     * @return the resource that is short, in a sentence; empty when they fit, or when it is not known what there is
     */
    Optional<String> shortage(Resources size, PlacementSpec placement, int instances);

    /**
     * Whether this engine can do what is asked of a place at all, whatever there is room for.
     *
     * @return why it cannot, in a sentence that begins with the field that is wrong and a colon; empty when it can
     */
    Optional<String> objection(PlacementSpec placement);

    Capacity capacity();

    /** What the roles that this engine uses may have of a fleet, as far as it is known; none where there are no roles. */
    List<RoleShare> roles();

    /** Stops looking after instances; leaves them running. */
    @Override
    void close();
}
