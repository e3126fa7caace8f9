package dev.cotton.testing.simulation;

import dev.cotton.core.wire.Assignment;
import dev.cotton.core.wire.Role;
import java.util.HashSet;
import java.util.Optional;
import java.util.Set;

/**
 * How an executor makes its role true, step by step. A crash may come between any two steps; another assignment ends
 * what the former one had begun. After a crash it begins again with the role that is on disk. A role that this executor
 * has taken on this run of mysqld, and no other one since, is confirmed without its steps.
 */
final class Establishing {
    /** How long a freeze may keep clients from writing while it waits for others of them; then they have a pause. */
    private static final long FREEZE_LIMIT = 3_000;

    private final Timeline timeline;
    private final World world;
    private final SimulatedInstance instance;
    private boolean established;
    private Optional<Position> reached = Optional.empty();
    private long attempt;
    private boolean goesOn;
    private Optional<Taken> taken = Optional.empty();

    /** On any run: only what a flaw looks at. */
    private final Set<Taken> everTaken = new HashSet<>();

    /** A role that was established, on that run of mysqld. */
    private record Taken(Role role, long run) {}

    Establishing(Timeline timeline, World world, SimulatedInstance instance) {
        this.timeline = timeline;
        this.world = world;
        this.instance = instance;
    }

    boolean established() {
        return established
                || (world.flawed(Flaw.CONFIRMS_TOO_EARLY) && instance.mysqld().up());
    }

    /** What a primary or a candidate had reached, read after it established its role. */
    Optional<Position> reached() {
        boolean early = world.flawed(Flaw.CONFIRMS_TOO_EARLY)
                && instance.role().filter(Role.Primary.class::isInstance).isPresent();
        return early ? Optional.of(instance.mysqld().binlog()) : reached;
    }

    /** Nothing is established any more, and what was begun is not gone on with. */
    void forget() {
        established = false;
        reached = Optional.empty();
        attempt++;
        goesOn = false;
    }

    /** A new executor knows nothing of what was taken. */
    void forgetAll() {
        forget();
        taken = Optional.empty();
    }

    /** From the beginning. */
    void soon() {
        forget();
        goOn();
    }

    /** Begins unless it has begun. */
    void goOn() {
        if (!established && !goesOn) {
            instance.assigned().ifPresent(now -> then(() -> begin(now)));
        }
    }

    /** The next step, unless executor or mysqld crash before it or another assignment comes. */
    private void then(Runnable next) {
        then(30, next);
    }

    private void then(long slowest, Runnable next) {
        long mine = attempt;
        long life = instance.life();
        goesOn = true;
        timeline.after(1, slowest, () -> {
            if (mine == attempt) {
                goesOn = false;
                if (instance.livesOn(life) && !world.mishap(instance)) {
                    next.run();
                }
            }
        });
    }

    private void begin(Assignment now) {
        if (now.role() instanceof Role.Stopped) {
            instance.stopMysqld();
            done(now);
            return;
        }
        if (now.role() instanceof Role.Emptied emptied && !instance.data().equals(Optional.of(emptied.data()))) {
            done(now);
            return;
        }
        SimulatedMysqld mysqld = instance.mysqld();
        boolean demoted = !(now.role() instanceof Role.Primary) && mysqld.ackCount() + mysqld.waiting() > 0;
        if (demoted && !demote(mysqld)) {
            return;
        }
        if (!mysqld.up()) {
            return;
        }
        if (!mysqld.responds() || waitsForAScheduler(now.role())) {
            then(300, () -> begin(now));
            return;
        }
        if (confirms(now.role())) {
            confirm(now);
            return;
        }
        boolean freezes = freezes(now.role());
        taken = Optional.empty();
        if (freezes) {
            open(now, (Role.Primary) now.role());
        } else {
            take(now);
        }
    }

    private boolean waitsForAScheduler(Role role) {
        return role instanceof Role.Primary
                && instance.primacy().waitsForAScheduler()
                && !world.flawed(Flaw.THAWS_WHEN_IT_RESTARTS);
    }

    private boolean confirms(Role role) {
        Taken wanted = new Taken(role, instance.mysqld().run());
        if (world.flawed(Flaw.CONFIRMS_WHAT_ANOTHER_ROLE_UNDID)) {
            return everTaken.contains(wanted);
        }
        boolean lost = world.flawed(Flaw.CONFIRMS_A_LOST_ROLE)
                && taken.filter(known -> known.role().equals(role)).isPresent();
        return lost || taken.equals(Optional.of(wanted));
    }

    private void confirm(Assignment now) {
        if (now.role() instanceof Role.Candidate || now.role() instanceof Role.Primary) {
            reached = Optional.of(readReached());
        }
        done(now);
    }

    /** Whether nothing but the freeze is new. */
    private boolean freezes(Role role) {
        return role instanceof Role.Primary primary
                && primary.frozen()
                && confirms(new Role.Primary(primary.ackCount(), primary.admitted(), false));
    }

    private void take(Assignment now) {
        switch (now.role()) {
            case Role.Fenced fenced -> fence(() -> done(now));
            case Role.Candidate candidate -> fence(() -> drain(now, candidate));
            case Role.Emptied emptied ->
                fence(() -> {
                    instance.giveUpData();
                    done(now);
                });
            case Role.Replica replica -> follow(now, replica);
            case Role.Primary primary -> lead(now, primary);
            case Role.Stopped stopped -> throw new IllegalStateException("handled above");
        }
    }

    /** Whether a former primary is none any more; when commits wait or it does not answer only a kill tells no lies. */
    private boolean demote(SimulatedMysqld mysqld) {
        boolean lies = world.flawed(Flaw.DEMOTES_BY_SEMI_SYNC_OFF) && mysqld.responds();
        if ((mysqld.waiting() > 0 || !mysqld.responds()) && !lies) {
            instance.killMysqld();
            return false;
        }
        mysqld.readOnly();
        return true;
    }

    private void fence(Runnable next) {
        SimulatedMysqld mysqld = instance.mysqld();
        mysqld.freeze();
        if (world.flawed(Flaw.KEEPS_RECEIVING_WHEN_FENCED)) {
            mysqld.receiver().acknowledge(false);
            next.run();
            return;
        }
        mysqld.receiver().stop();
        then(() -> {
            mysqld.receiver().acknowledge(false);
            next.run();
        });
    }

    private void drain(Assignment now, Role.Candidate candidate) {
        SimulatedMysqld mysqld = instance.mysqld();
        if (!mysqld.drained() && !world.flawed(Flaw.OPENS_BEFORE_IT_HAS_DRAINED)) {
            then(() -> drain(now, candidate));
            return;
        }
        mysqld.resetReplica();
        mysqld.shutOutAllBut(candidate.admitted());
        mysqld.unlock(candidate.admitted());
        reached = Optional.of(readReached());
        done(now);
    }

    private void follow(Assignment now, Role.Replica replica) {
        SimulatedMysqld mysqld = instance.mysqld();
        Receiver receiver = mysqld.receiver();
        mysqld.freeze();
        mysqld.shutOutAllBut(replica.admitted());
        mysqld.unlock(replica.admitted());
        Optional<SimulatedMysqld> source = world.instance(replica.source()).map(SimulatedInstance::mysqld);
        boolean follows = source.isPresent() && receiver.source().equals(source);
        if (follows && world.flawed(Flaw.SWITCHES_ACKS_WITHOUT_A_RESTART)) {
            receiver.acknowledge(replica.acks());
            done(now);
            return;
        }
        if (follows && receiver.acks() == replica.acks()) {
            done(now);
            return;
        }
        receiver.stop();
        then(() -> {
            if (world.flawed(Flaw.CHANGES_SOURCE_WITH_THE_APPLIER_STOPPED)) {
                mysqld.resetReplica();
            }
            receiver.acknowledge(replica.acks());
            source.ifPresent(receiver::start);
            then(() -> done(now));
        });
    }

    private void lead(Assignment now, Role.Primary primary) {
        SimulatedMysqld mysqld = instance.mysqld();
        if (primary.ackCount() == 0) {
            mysqld.waitFor(0);
        }
        if (!world.flawed(Flaw.NEVER_LOCKS_LEAVERS)) {
            mysqld.shutOutAllBut(primary.admitted());
        }
        then(() -> {
            mysqld.receiver().stop();
            if (!mysqld.drained() && !world.flawed(Flaw.OPENS_BEFORE_IT_HAS_DRAINED)) {
                then(() -> lead(now, primary));
                return;
            }
            mysqld.resetReplica();
            mysqld.waitFor(world.flawed(Flaw.FORGETS_THE_ACK_COUNT) && !mysqld.writable() ? 0 : primary.ackCount());
            mysqld.unlock(primary.admitted());
            then(() -> open(now, primary));
        });
    }

    private void open(Assignment now, Role.Primary primary) {
        if (primary.frozen()) {
            freeze(now, timeline.now() + FREEZE_LIMIT);
        } else {
            instance.mysqld().openForWrites();
            reached = Optional.of(readReached());
            done(now);
        }
    }

    private void freeze(Assignment now, long until) {
        SimulatedMysqld mysqld = instance.mysqld();
        if (mysqld.freeze()) {
            reached = Optional.of(readReached());
            done(now);
        } else if (timeline.now() < until) {
            then(() -> freeze(now, until));
        } else {
            mysqld.openForWrites();
            then(FREEZE_LIMIT, () -> freeze(now, timeline.now() + FREEZE_LIMIT));
        }
    }

    private Position readReached() {
        SimulatedMysqld mysqld = instance.mysqld();
        return world.flawed(Flaw.REACHED_IS_WHAT_IS_EXECUTED) ? mysqld.executed() : mysqld.binlog();
    }

    private void done(Assignment assignment) {
        established = true;
        Taken now = new Taken(assignment.role(), instance.mysqld().run());
        taken = Optional.of(now);
        everTaken.add(now);
        instance.report(() -> "is " + assignment.role() + " under " + assignment.stamp());
    }
}
