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

    /** What a primary had reached, read after it established its role. */
    Optional<Position> reached() {
        boolean early = world.flawed(Flaw.CONFIRMS_TOO_EARLY)
                && instance.role().filter(Role.Primary.class::isInstance).isPresent();
        return early ? Optional.of(instance.mysqld().log()) : reached;
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
        SimulatedMysqld mysqld = instance.mysqld();
        if (now.role() instanceof Role.Stopped) {
            instance.stopMysqld();
            done(now);
            return;
        }
        if (!mysqld.up()) {
            return;
        }
        switch (now.role()) {
            case Role.Fenced fenced -> {
                mysqld.readOnly();
                mysqld.stopReceiver();
                then(() -> {
                    mysqld.ackFlagOff();
                    done(now);
                });
            }
            case Role.Replica replica -> follow(now, replica);
            case Role.Primary primary -> lead(now, primary);
            case Role.Stopped stopped -> throw new IllegalStateException("handled above");
        }
    }

    private void follow(Assignment now, Role.Replica replica) {
        SimulatedMysqld mysqld = instance.mysqld();
        mysqld.readOnly();
        Optional<SimulatedMysqld> source = world.instance(replica.source()).map(SimulatedInstance::mysqld);
        if (mysqld.source().equals(source) && mysqld.acks() == replica.acks()) {
            done(now);
            return;
        }
        mysqld.stopReceiver();
        then(() -> {
            source.ifPresent(from -> mysqld.startReceiver(from, replica.acks()));
            done(now);
        });
    }

    private void lead(Assignment now, Role.Primary primary) {
        SimulatedMysqld mysqld = instance.mysqld();
        if (primary.ackCount() == 0) {
            mysqld.waitFor(0);
        }
        mysqld.lockAllBut(primary.admitted());
        then(() -> {
            mysqld.stopReceiver();
            mysqld.waitFor(world.flawed(Flaw.FORGETS_THE_ACK_COUNT) && !mysqld.writable() ? 0 : primary.ackCount());
            mysqld.unlock(primary.admitted());
            then(() -> {
                if (primary.frozen()) {
                    mysqld.readOnly();
                } else {
                    mysqld.openForWrites();
                }
                reached = Optional.of(mysqld.log());
                done(now);
            });
        });
    }

    private void done(Assignment now) {
        established = true;
        instance.report("is " + now.role() + " under " + now.stamp());
    }
}
