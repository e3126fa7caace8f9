package dev.cotton.testing.simulation;

import dev.cotton.core.wire.Assignment;
import dev.cotton.core.wire.Role;
import java.util.Optional;

/**
 * How an executor makes its role true, step by step. A crash may come between any two steps; another assignment ends
 * what the former one had begun. After a crash it begins again with the role that is on disk.
 */
final class Establishing {
    private final Timeline timeline;
    private final World world;
    private final SimulatedInstance instance;
    private boolean established;
    private Optional<Position> reached = Optional.empty();
    private long attempt;

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
    }

    void soon() {
        forget();
        instance.assigned().ifPresent(now -> then(() -> begin(now)));
    }

    /** The next step, unless executor or mysqld crash before it or another assignment comes. */
    private void then(Runnable next) {
        long mine = attempt;
        long life = instance.life();
        timeline.after(1, 30, () -> {
            if (mine == attempt && instance.livesOn(life) && !world.mishap(instance)) {
                next.run();
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
        if (!mysqld.responds()) {
            then(() -> begin(now));
            return;
        }
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
            next.run();
            return;
        }
        mysqld.stopReceiver();
        then(() -> {
            mysqld.ackFlagOff();
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
        mysqld.lockAllBut(candidate.admitted());
        mysqld.unlock(candidate.admitted());
        reached = Optional.of(mysqld.binlog());
        done(now);
    }

    private void follow(Assignment now, Role.Replica replica) {
        SimulatedMysqld mysqld = instance.mysqld();
        mysqld.freeze();
        mysqld.lockAllBut(replica.admitted());
        mysqld.unlock(replica.admitted());
        Optional<SimulatedMysqld> source = world.instance(replica.source()).map(SimulatedInstance::mysqld);
        if (mysqld.source().equals(source) && mysqld.acks() == replica.acks()) {
            done(now);
            return;
        }
        mysqld.stopReceiver();
        then(() -> {
            if (world.flawed(Flaw.CHANGES_SOURCE_WITH_THE_APPLIER_STOPPED)) {
                mysqld.resetReplica();
            }
            source.ifPresent(from -> mysqld.startReceiver(from, replica.acks()));
            done(now);
        });
    }

    private void lead(Assignment now, Role.Primary primary) {
        SimulatedMysqld mysqld = instance.mysqld();
        if (primary.ackCount() == 0) {
            mysqld.waitFor(0);
        }
        if (!world.flawed(Flaw.NEVER_LOCKS_LEAVERS)) {
            mysqld.lockAllBut(primary.admitted());
        }
        then(() -> {
            mysqld.stopReceiver();
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
        SimulatedMysqld mysqld = instance.mysqld();
        if (primary.frozen()) {
            mysqld.freeze();
            if (mysqld.waiting() > 0) {
                then(() -> open(now, primary));
                return;
            }
        } else {
            mysqld.openForWrites();
        }
        reached = Optional.of(world.flawed(Flaw.REACHED_IS_WHAT_IS_EXECUTED) ? mysqld.executed() : mysqld.binlog());
        done(now);
    }

    private void done(Assignment now) {
        established = true;
        instance.report("is " + now.role() + " under " + now.stamp());
    }
}
