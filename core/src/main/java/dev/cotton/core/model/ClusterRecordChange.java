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
    private long epoch;
    private Optional<InstanceId> primary;
    private int ackCount;
    private int ackTarget;
    private final List<Member> members;
    private int nextOrdinal;
    private Optional<Instant> binnedUntil;
    private final List<Operation> operations;
    private final List<Event> events;
    private String said;

    ClusterRecordChange(ClusterRecord from) {
        this.from = from;
        version = from.version();
        term = from.term();
        phase = from.phase();
        power = from.power();
        epoch = from.epoch();
        primary = from.primary();
        ackCount = from.ackCount();
        ackTarget = from.ackTarget();
        members = new ArrayList<>(from.members());
        nextOrdinal = from.nextOrdinal();
        binnedUntil = from.binnedUntil();
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

    /** Another primary: the epoch grows with it. */
    public ClusterRecordChange primary(InstanceId next) {
        primary = Optional.of(next);
        epoch++;
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
                Optional.empty()));
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
                from.spec(),
                epoch,
                primary,
                ackCount,
                ackTarget,
                members,
                nextOrdinal,
                from.secrets(),
                from.createdAt(),
                binnedUntil,
                operations,
                events,
                said);
    }
}
