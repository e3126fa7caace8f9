package dev.cotton.core.model;

import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.function.UnaryOperator;

/**
 * All that is persisted about a cluster, in one znode of at most 64 KiB. Written only with compare-and-set on {@code
 * version} under the leader's term.
 *
 * @param schema of this form; a reader refuses every other one
 * @param uid names this cluster for ever, also when its name is used again
 * @param version counts writes of this record
 * @param term of the leader that wrote it last
 * @param power whether the databases are to run
 * @param epoch counts the primaries of this cluster; 0 before the first
 * @param ackCount k, the ack count in force: never above what the primary really uses
 * @param ackTarget what the primary is told to use; above {@code ackCount} until the barrier is passed
 * @param members in the order of their ordinals
 * @param succession present on the way from one primary to the next
 * @param failovers when primaries were replaced because they were dead, the newest last, bounded; emptied when a person
 *     has taken note
 * @param pause present while nothing fails over by itself
 * @param nextOrdinal of the next instance to be added
 * @param secrets sealed; only the scheduler's keyring opens them
 * @param origin of the first data; absent when the cluster began empty
 * @param binnedUntil when the data of a deleted cluster are destroyed
 * @param heir what the cluster is to begin with that takes this one's name once this one is in the bin
 * @param recovered present while this comes from a copy that may be older than the cluster
 * @param operations the newest last, bounded
 * @param events the newest last, bounded
 * @param said the name of the state that the last event about the state told of
 */
public record ClusterRecord(
        int schema,
        ClusterName name,
        String uid,
        long version,
        long term,
        Phase phase,
        Power power,
        ClusterSpec spec,
        long epoch,
        Optional<InstanceId> primary,
        int ackCount,
        int ackTarget,
        List<Member> members,
        Optional<Succession> succession,
        List<Instant> failovers,
        Optional<AutomationPause> pause,
        int nextOrdinal,
        String secrets,
        Optional<Origin> origin,
        Instant createdAt,
        Optional<Instant> binnedUntil,
        Optional<Origin> heir,
        Optional<Recovered> recovered,
        List<Operation> operations,
        List<Event> events,
        String said) {
    public static final int SCHEMA = 3;
    private static final int OPERATIONS_KEPT = 20;
    private static final int EVENTS_KEPT = 64;
    private static final int FAILOVERS_KEPT = 16;

    /** What a cluster as a whole is on the way to. */
    public enum Phase {
        /** Has never had a primary. */
        CREATING,
        /** Has a primary; members come and go. */
        STEADY,
        /** Members leave discovery, mysqlds stop, data go to the bin. */
        DELETING,
        /** Deleted; data are kept until {@code binnedUntil}. The name is free. */
        BINNED,
        /** Data are being destroyed; then the record goes too. */
        PURGING
    }

    /** Whether mysqlds are to run. */
    public enum Power {
        ON,
        OFF
    }

    public ClusterRecord {
        members = List.copyOf(members);
        failovers = newest(failovers, FAILOVERS_KEPT);
        operations = newest(operations, OPERATIONS_KEPT);
        events = newest(events, EVENTS_KEPT);
    }

    private static <T> List<T> newest(List<T> all, int kept) {
        return List.copyOf(all.subList(Math.max(0, all.size() - kept), all.size()));
    }

    /** What orders commands that follow from this record. */
    public Stamp stamp() {
        return new Stamp(term, epoch, version);
    }

    /** Whether {@link #name} is taken by this cluster. */
    public boolean holdsName() {
        return phase != Phase.BINNED && phase != Phase.PURGING;
    }

    public Optional<Member> member(InstanceId id) {
        return members.stream().filter(member -> member.id().equals(id)).findFirst();
    }

    public Optional<Member> primaryMember() {
        return primary.flatMap(this::member);
    }

    public boolean isPrimary(Member member) {
        return isPrimary(member.id());
    }

    public boolean isPrimary(InstanceId id) {
        return primary.filter(id::equals).isPresent();
    }

    /** S: the primary and the members that it may count on. */
    public List<Member> inSync() {
        return members.stream().filter(Member::inSync).toList();
    }

    /** The ack count of a settled in-sync set of {@code size} members: 1→0, 2→1, 3→1, 4→2, 5→2. */
    public static int settledAckCount(int size) {
        return size / 2;
    }

    /** What {@link #settledAckCount(int)} is with this cluster's durability. */
    public int settledAckCount() {
        return settled(inSync().size());
    }

    /** The ack count of a settled in-sync set of {@code size} members of this cluster. */
    public int settled(int size) {
        return spec.durability() == Durability.ASYNC ? 0 : settledAckCount(size);
    }

    /** The election that is under way. */
    public Optional<Succession.Election> election() {
        return succession.filter(Succession.Election.class::isInstance).map(Succession.Election.class::cast);
    }

    /** The handover that is under way. */
    public Optional<Succession.Handover> handover() {
        return succession.filter(Succession.Handover.class::isInstance).map(Succession.Handover.class::cast);
    }

    /** A change that keeps everything else. */
    public ClusterRecord with(UnaryOperator<ClusterRecordChange> change) {
        return change.apply(new ClusterRecordChange(this)).record();
    }
}
