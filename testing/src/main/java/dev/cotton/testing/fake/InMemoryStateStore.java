package dev.cotton.testing.fake;

import dev.cotton.core.model.ClusterRecord;
import dev.cotton.core.model.Member;
import dev.cotton.core.model.Member.Announced;
import dev.cotton.core.port.StateStore;
import java.util.List;
import java.util.Optional;

/** One scheduler's way to the records of an {@link InMemoryEnsemble}. Thread-safe. */
public final class InMemoryStateStore implements StateStore {
    private final InMemoryEnsemble ensemble;
    private final InMemoryLeadership leadership;
    private Optional<Fault> fault = Optional.empty();

    /** What goes wrong with a write. */
    public enum Fault {
        /** The connection is lost before the write arrives. */
        NOT_WRITTEN,
        /** The write is done and its answer is lost. */
        ANSWER_LOST
    }

    /** @param leadership of the same scheduler: its term is what writes check */
    public InMemoryStateStore(InMemoryEnsemble ensemble, InMemoryLeadership leadership) {
        this.ensemble = ensemble;
        this.leadership = leadership;
    }

    /** Has the next write end with {@link OutcomeUnknownException}. */
    public void failNext(Fault next) {
        synchronized (ensemble) {
            fault = Optional.of(next);
        }
    }

    @Override
    public List<ClusterRecord> load() {
        return ensemble.all();
    }

    @Override
    public Optional<ClusterRecord> read(String uid) {
        return ensemble.record(uid);
    }

    @Override
    public void create(ClusterRecord record) {
        synchronized (ensemble) {
            checkTerm(record.term());
            if (ensemble.record(record.uid()).isPresent()) {
                throw new StaleRecordException("There is a record of " + record.name() + " already.");
            }
            checkName(record);
            checkAnnounced(record);
            write(() -> ensemble.put(record));
        }
    }

    @Override
    public void replace(ClusterRecord current, ClusterRecord next) {
        if (next.version() != current.version() + 1 || !next.uid().equals(current.uid())) {
            throw new IllegalArgumentException("The next record of " + current.name() + " is not one version on.");
        }
        synchronized (ensemble) {
            checkTerm(next.term());
            checkVersion(current);
            checkName(next);
            checkAnnounced(next);
            write(() -> ensemble.put(next));
        }
    }

    @Override
    public void remove(ClusterRecord current) {
        synchronized (ensemble) {
            checkTerm(leadership.held().orElse(-1));
            checkVersion(current);
            write(() -> ensemble.take(current));
        }
    }

    private void write(Runnable change) {
        Optional<Fault> now = fault;
        fault = Optional.empty();
        if (!now.equals(Optional.of(Fault.NOT_WRITTEN))) {
            change.run();
        }
        if (now.isPresent()) {
            throw new OutcomeUnknownException("The connection was lost (" + now.get() + ").", new Exception());
        }
    }

    private void checkTerm(long claimed) {
        if (leadership.held().orElse(-1) != claimed || ensemble.term() != claimed) {
            throw new DeposedException("This scheduler does not lead under the term " + claimed + ".");
        }
    }

    private void checkVersion(ClusterRecord current) {
        if (ensemble.record(current.uid())
                .filter(stored -> stored.version() == current.version())
                .isEmpty()) {
            throw new StaleRecordException("The record of " + current.name() + " was changed by somebody else.");
        }
    }

    private void checkName(ClusterRecord record) {
        boolean taken = ensemble.holder(record.name())
                .filter(holder -> !holder.uid().equals(record.uid()))
                .isPresent();
        if (record.holdsName() && taken) {
            throw new NameTakenException("Another cluster is named " + record.name() + ".");
        }
    }

    private static void checkAnnounced(ClusterRecord record) {
        List<Member> announced = record.members().stream()
                .filter(member -> member.announced() != Announced.NONE)
                .toList();
        if (announced.stream().anyMatch(member -> member.endpoint().isEmpty())) {
            throw new StateException("A member of " + record.name() + " is announced and nobody knows where it is.");
        }
        if (announced.stream()
                        .filter(member -> member.announced() == Announced.PRIMARY)
                        .count()
                > 1) {
            throw new StateException("The record of " + record.name() + " announces more than one primary.");
        }
    }
}
