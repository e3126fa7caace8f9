package dev.cotton.core.model;

import dev.cotton.core.model.ClusterRecord.Phase;
import dev.cotton.core.model.ClusterRecord.Power;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.UnaryOperator;

/** Builds the next {@link ClusterRecord} from a given one. Used by one thread and thrown away. */
public final class ClusterRecordChange {
    private final ClusterRecord from;
    private long version;
    private long term;
    private Phase phase;
    private Power power;
    private ClusterSpec spec;
    private long epoch;
    private Optional<InstanceId> primary;
    private int ackCount;
    private int ackTarget;
    private final List<Member> members;
    private Optional<Succession> succession;
    private final List<Instant> failovers;
    private Optional<AutomationPause> pause;
    private int nextOrdinal;
    private Optional<Instant> binnedUntil;
    private Optional<Origin> heir;
    private Optional<Recovered> recovered;
    private final List<Operation> operations;
    private final List<Event> events;
    private String said;

    ClusterRecordChange(ClusterRecord from) {
        this.from = from;
        version = from.version();
        term = from.term();
        phase = from.phase();
        power = from.power();
        spec = from.spec();
        epoch = from.epoch();
        primary = from.primary();
        ackCount = from.ackCount();
        ackTarget = from.ackTarget();
        members = new ArrayList<>(from.members());
        succession = from.succession();
        failovers = new ArrayList<>(from.failovers());
        pause = from.pause();
        nextOrdinal = from.nextOrdinal();
        binnedUntil = from.binnedUntil();
        heir = from.heir();
        recovered = from.recovered();
        operations = new ArrayList<>(from.operations());
        events = new ArrayList<>(from.events());
        said = from.said();
    }

    public ClusterRecordChange version(long next) {
        version = next;
        return this;
    }

    public ClusterRecordChange term(long next) {
        term = next;
        return this;
    }

    public ClusterRecordChange phase(Phase next) {
        phase = next;
        return this;
    }

    public ClusterRecordChange power(Power next) {
        power = next;
        return this;
    }

    public ClusterRecordChange spec(ClusterSpec next) {
        spec = next;
        return this;
    }

    public ClusterRecordChange primary(InstanceId next) {
        primary = Optional.of(next);
        return this;
    }

    /** The next epoch: it begins with the election of its primary, or with its naming where there is no election. */
    public ClusterRecordChange nextEpoch() {
        epoch++;
        return this;
    }

    public ClusterRecordChange succession(Succession next) {
        succession = Optional.of(next);
        return this;
    }

    /** Discovery is to show no primary. */
    public ClusterRecordChange hidePrimary() {
        return everyMember(member ->
                member.announced() == Member.Announced.PRIMARY ? member.withAnnounced(Member.Announced.NONE) : member);
    }

    /** The next primary is named, or the way to it given up. */
    public ClusterRecordChange settled() {
        succession = Optional.empty();
        return this;
    }

    /** Notes that a dead primary was replaced. */
    public ClusterRecordChange addFailover(Instant at) {
        failovers.add(at);
        return this;
    }

    /** A person has taken note of all failovers up to now. */
    public ClusterRecordChange forgetFailovers() {
        failovers.clear();
        return this;
    }

    public ClusterRecordChange pause(Optional<AutomationPause> next) {
        pause = next;
        return this;
    }

    /** k in force. */
    public ClusterRecordChange ackCount(int next) {
        ackCount = next;
        return this;
    }

    /** k that the primary is told to use. */
    public ClusterRecordChange ackTarget(int next) {
        ackTarget = next;
        return this;
    }

    /** Adds a member in {@link Member.Stage#LAUNCHING} with the next ordinal and {@code slot}. */
    public ClusterRecordChange addMember(int slot) {
        members.add(new Member(
                new InstanceId(from.name(), nextOrdinal++),
                slot,
                Member.Stage.LAUNCHING,
                Optional.empty(),
                Optional.empty(),
                Member.Announced.NONE,
                Optional.empty(),
                GtidSet.EMPTY,
                spec.shape()));
        return this;
    }

    public ClusterRecordChange member(InstanceId id, UnaryOperator<Member> change) {
        members.replaceAll(member -> member.id().equals(id) ? change.apply(member) : member);
        return this;
    }

    public ClusterRecordChange everyMember(UnaryOperator<Member> change) {
        members.replaceAll(change);
        return this;
    }

    public ClusterRecordChange removeMember(InstanceId id) {
        members.removeIf(member -> member.id().equals(id));
        return this;
    }

    public ClusterRecordChange binnedUntil(Optional<Instant> next) {
        binnedUntil = next;
        return this;
    }

    /** What is to take over the name, or nothing. */
    public ClusterRecordChange heir(Optional<Origin> next) {
        heir = next;
        return this;
    }

    /** The copy that it comes from, or nothing once that is known to be as new as the cluster. */
    public ClusterRecordChange recovered(Optional<Recovered> next) {
        recovered = next;
        return this;
    }

    public ClusterRecordChange addOperation(Operation operation) {
        operations.add(operation);
        return this;
    }

    public ClusterRecordChange everyOperation(UnaryOperator<Operation> change) {
        operations.replaceAll(change);
        return this;
    }

    /** Adds an event with the next sequence number. */
    public ClusterRecordChange say(Instant at, Event.Kind kind, Optional<InstanceId> instance, String text) {
        long sequence = events.isEmpty() ? 1 : events.getLast().sequence() + 1;
        events.add(new Event(sequence, at, kind, instance, text));
        return this;
    }

    /** The state that people have been told of. */
    public ClusterRecordChange said(String next) {
        said = next;
        return this;
    }

    ClusterRecord record() {
        return new ClusterRecord(
                from.schema(),
                from.name(),
                from.uid(),
                version,
                term,
                phase,
                power,
                spec,
                epoch,
                primary,
                ackCount,
                ackTarget,
                members,
                succession,
                failovers,
                pause,
                nextOrdinal,
                from.secrets(),
                from.origin(),
                from.createdAt(),
                binnedUntil,
                heir,
                recovered,
                operations,
                events,
                said);
    }
}
