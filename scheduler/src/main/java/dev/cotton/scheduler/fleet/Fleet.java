package dev.cotton.scheduler.fleet;

import dev.cotton.core.model.AutomationPause;
import dev.cotton.core.model.ClusterName;
import dev.cotton.core.model.ClusterRecord.Power;
import dev.cotton.core.model.ClusterSpec;
import dev.cotton.core.model.Event;
import dev.cotton.core.model.InstanceId;
import dev.cotton.core.model.Operation;
import dev.cotton.core.model.Origin;
import dev.cotton.core.port.Engine.Capacity;
import dev.cotton.core.port.Engine.RoleShare;
import dev.cotton.core.port.Executors.LogPiece;
import dev.cotton.core.wire.SchemaChange;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.function.UnaryOperator;

/**
 * What people may ask of the clusters of this scheduler. Every call throws {@link Refusal} when it is not accepted, and
 * has then changed nothing. A call that starts something returns its operation as soon as that is persisted.
 * Thread-safe.
 */
public interface Fleet {
    /**
     * @param password of the cluster's user; generated when absent
     * @param idempotencyKey asked again with the same key and the same values, the first answer is given again
     * @param origin of its first data; absent when it is to begin empty
     */
    record Creation(
            ClusterName name,
            ClusterSpec spec,
            Optional<String> password,
            Optional<String> idempotencyKey,
            Optional<Origin> origin) {
        /** Of a cluster that begins empty. */
        public Creation(
                ClusterName name, ClusterSpec spec, Optional<String> password, Optional<String> idempotencyKey) {
            this(name, spec, password, idempotencyKey, Optional.empty());
        }
    }

    /** An operation and the cluster that it is about. */
    record Started(ClusterName cluster, Operation operation) {}

    /** A cluster's user and password: secret. */
    record Credentials(String user, String password) {
        /** Without the password. */
        @Override
        public String toString() {
            return "Credentials[" + user + "]";
        }
    }

    /** An event and the cluster that it happened to. */
    record Happened(ClusterName cluster, Event event) {}

    /** Whether this scheduler leads and its state is loaded. */
    boolean ready();

    /** The term that this scheduler leads in, which no other one ever has; 0 while it does not lead. */
    long term();

    Started create(Creation creation);

    /**
     * Has the cluster be what {@code wish} makes of what was asked for.
     *
     * @param wish may be asked several times; what it throws is thrown
     */
    Started change(ClusterName name, UnaryOperator<ClusterSpec> wish);

    /** What {@link #change} would do, in sentences; refused as that would be. */
    List<String> changePlan(ClusterName name, UnaryOperator<ClusterSpec> wish);

    /** Stops the cluster and puts its data in the bin; with {@code purge} they are destroyed instead. */
    Started delete(ClusterName name, boolean purge);

    /** What {@link #delete} would do, in sentences; refused as that would be. */
    List<String> deletionPlan(ClusterName name, boolean purge);

    /**
     * Puts the cluster in the bin, and has a new one take its name with the data of {@code origin}, and with what the former
     * one was asked to be.
     */
    Started replace(ClusterName name, Origin origin);

    /** What {@link #replace} would do, in sentences; refused as that would be. */
    List<String> replacementPlan(ClusterName name, Origin origin);

    /** As {@link #delete} into the bin, for a caller who proves himself by the cluster's password. */
    Started deleteWithPassword(ClusterName name, String password);

    /** Destroys the newest cluster of that name in the bin. */
    Started purgeFromBin(ClusterName name);

    /** What {@link #purgeFromBin} would do, in sentences; refused as that would be. */
    List<String> purgePlan(ClusterName name);

    /** Brings the newest cluster of that name back from the bin. */
    Started restore(ClusterName name);

    /** Stops the databases of a cluster, or lets them run again. */
    Started power(ClusterName name, Power power);

    /** What stopping the databases of a cluster would do, in sentences; refused as that would be. */
    List<String> stopPlan(ClusterName name);

    /**
     * Has a healthy primary hand over.
     *
     * @param to who is to take over; the best one when absent
     */
    Started switchOver(ClusterName name, Optional<InstanceId> to);

    /** What {@link #switchOver} would do, in sentences; refused as that would be. */
    List<String> switchoverPlan(ClusterName name, Optional<InstanceId> to);

    /** Promotes the most advanced in-sync replica that answers, whatever may be lost. */
    Started failOverAcceptingLoss(ClusterName name);

    /** What {@link #failOverAcceptingLoss} would do and what may be lost, in sentences. */
    List<String> failoverPlan(ClusterName name);

    /** Has nothing fail over by itself, or again when absent. Gives the cluster as it is then. */
    ClusterView pauseAutomation(ClusterName name, Optional<AutomationPause> pause);

    /** A person has taken note of the failovers up to now. Gives the cluster as it is then. */
    ClusterView acknowledgeFailovers(ClusterName name);

    /** Live clusters by name, then those in the bin, newest first. */
    List<ClusterView> clusters();

    /** The live cluster of that name. */
    ClusterView cluster(ClusterName name);

    Started operation(String id);

    Credentials credentials(ClusterName name);

    /** What a log of an instance says; see {@link dev.cotton.core.port.Executors#log}. */
    LogPiece log(InstanceId id, String log, long offset, int limit);

    /** The statements that changed a cluster's schemas since {@code after}. */
    SchemaChange.Found schemaChanges(ClusterName name, Instant after);

    /** What is saved of transactions that nobody else had. */
    Quarantine quarantine();

    /** Events of all clusters from now on, on a thread that must not be kept waiting. */
    AutoCloseable subscribe(Consumer<Happened> listener);

    Capacity capacity();

    /** See {@link dev.cotton.core.port.Engine#roles}. */
    List<RoleShare> roles();

    /** When this scheduler began. */
    Instant startedAt();
}
