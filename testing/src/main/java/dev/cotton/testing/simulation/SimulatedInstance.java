package dev.cotton.testing.simulation;

import dev.cotton.core.model.Incarnation;
import dev.cotton.core.model.InstanceId;
import dev.cotton.core.model.Stamp;
import dev.cotton.core.wire.Assignment;
import dev.cotton.core.wire.Lifecycle;
import dev.cotton.core.wire.Role;
import dev.cotton.core.wire.Setup;
import dev.cotton.core.wire.Status;
import dev.cotton.core.wire.Status.InForce;
import dev.cotton.core.wire.Trust;
import java.util.Optional;
import java.util.Set;
import java.util.function.Supplier;

/** An executor and its mysqld on a host: what a crash leaves is what is on disk. */
final class SimulatedInstance {
    /** A mysqld that may be replaced takes no processors from a failover. */
    private static final long YIELD = 1_500;

    final InstanceId id;
    private final Timeline timeline;
    private final World world;
    private final SimulatedHost host;
    private final SimulatedMysqld mysqld;
    private final Establishing establishing;
    private final Primacy primacy;
    private final Reporting reporting;
    // On disk.
    private Optional<Incarnation> data = Optional.empty();
    private final SimulatedBook book;
    private String trustedBoot;
    private boolean lost;
    // What the disk does, whatever becomes of the process.
    private boolean mute;
    private long chokes;
    // Gone with the process.
    private boolean executorUp;
    private Lifecycle lifecycle = Lifecycle.EMPTY;
    private long life;
    private long revision;

    SimulatedInstance(Timeline timeline, World world, InstanceId id, SimulatedHost host) {
        this.timeline = timeline;
        this.world = world;
        this.id = id;
        this.host = host;
        this.mysqld = new SimulatedMysqld(timeline, world, id.ordinal());
        this.primacy = new Primacy(timeline);
        this.establishing = new Establishing(timeline, world, this);
        this.reporting = new Reporting(timeline, world, this);
        this.book = new SimulatedBook(timeline, world);
        this.trustedBoot = host.bootId();
    }

    SimulatedMysqld mysqld() {
        return mysqld;
    }

    SimulatedHost host() {
        return host;
    }

    boolean executorUp() {
        return executorUp;
    }

    /** Whether its data are gone for certain. */
    boolean lost() {
        return lost;
    }

    Optional<Incarnation> data() {
        return data;
    }

    boolean sure() {
        return host.bootId().equals(trustedBoot) || world.flawed(Flaw.TRUSTS_EVERY_BOOT);
    }

    Primacy primacy() {
        return primacy;
    }

    SimulatedBook book() {
        return book;
    }

    Optional<Assignment> assigned() {
        return book.assigned();
    }

    /** Whether steps that were begun in that life may still go on. */
    boolean livesOn(long begun) {
        return begun == life && executorUp;
    }

    long life() {
        return life;
    }

    // Starting and ending.

    void startExecutor() {
        if (lost || executorUp || !host.up()) {
            return;
        }
        executorUp = true;
        life++;
        establishing.forgetAll();
        book.read();
        primacy.begin();
        if (data.isEmpty()) {
            lifecycle = Lifecycle.EMPTY;
        }
        report(() -> "its executor starts");
        if (data.isPresent() && !mysqld.up()) {
            startMysqld();
        } else {
            establishing.soon();
        }
    }

    void killExecutor() {
        endExecutor();
        timeline.tell(() -> id + ": executor killed");
    }

    void killMysqld() {
        if (mysqld.up()) {
            timeline.tell(() -> id + ": mysqld killed");
            long pause = mysqld.ackCount() > 0 && !primacy.alone() ? YIELD : 0;
            mysqld.stop();
            establishing.forget();
            primacy.lost();
            if (executorUp) {
                lifecycle = Lifecycle.RESTARTING;
                report(() -> "mysqld has exited");
                long mine = ++life;
                timeline.after(pause, pause, () -> {
                    if (livesOn(mine) && !stopped()) {
                        startMysqld();
                    }
                });
            }
        }
    }

    private boolean stopped() {
        return role().filter(Role.Stopped.class::isInstance).isPresent();
    }

    void losePower() {
        endExecutor();
        boolean keepsAll = timeline.chance(0.4);
        Position before = mysqld.received();
        mysqld.losePower(keepsAll);
        boolean lostSome = !mysqld.received().contains(before);
        timeline.tell(() -> id + ": without power" + (lostSome ? ", and received commits are lost" : ""));
    }

    /** Its mysqld dies of its disk, which has lost the end of what it wrote. */
    void loseOwn(long commits) {
        timeline.tell(() -> id + ": its disk loses " + commits + " commits of its own");
        killMysqld();
        mysqld.loseOwn(commits);
    }

    /** Place and data are gone for certain. */
    void destroy() {
        endExecutor();
        mysqld.losePower(true);
        lost = true;
        loseData();
        timeline.tell(() -> id + ": place and data are gone");
    }

    /** Its folder is empty again, and nobody knows. */
    void empty() {
        end();
        loseData();
        book.clear();
        timeline.tell(() -> id + ": its folder is empty");
    }

    /** Its transactions that nobody else has are saved, and its data are gone. */
    void giveUpData() {
        mysqld.stop();
        loseData();
        lifecycle = Lifecycle.EMPTY;
        timeline.tell(() -> id + ": has given up its data");
    }

    private void loseData() {
        data = Optional.empty();
        mysqld.fill(Position.START, -1, Set.of());
    }

    /** Its mysqld stands still for a while, unless it is killed. */
    void hang() {
        if (mysqld.up()) {
            timeline.tell(() -> id + ": mysqld hangs");
            long mine = life;
            mysqld.hang();
            timeline.after(500, 15_000, () -> {
                if (mine == life) {
                    timeline.tell(() -> id + ": mysqld goes on");
                }
                mysqld.goOn();
            });
        }
    }

    /**
     * Its disk takes nothing: nothing is committed, and its executor says and hears nothing.
     *
     * @return ends that, unless it has begun again since
     */
    Runnable choke() {
        timeline.tell(() -> id + ": its disk takes nothing");
        mysqld.choke(true);
        long mine = ++chokes;
        mute = true;
        return () -> {
            if (mine == chokes) {
                timeline.tell(() -> id + ": its disk takes what comes");
                mute = false;
                mysqld.choke(false);
            }
        };
    }

    /** Whether its executor answers nobody. */
    boolean mute() {
        return mute;
    }

    /** Every process is ended; the disk is kept. */
    void end() {
        endExecutor();
        mysqld.stop();
    }

    private void endExecutor() {
        executorUp = false;
        life++;
        establishing.forget();
    }

    private void startMysqld() {
        long mine = ++life;
        lifecycle = Lifecycle.STARTING;
        timeline.after(300, 1500, () -> {
            if (livesOn(mine) && !stopped()) {
                mysqld.start();
                book.restart();
                lifecycle = Lifecycle.RUNNING;
                report(() -> "mysqld runs");
                establishing.soon();
            }
        });
    }

    /** Ends mysqld by the stop routine: nobody who waits is told anything. */
    void stopMysqld() {
        if (world.flawed(Flaw.STOPS_BY_SIGTERM)) {
            mysqld.readOnly();
        }
        mysqld.stop();
        lifecycle = data.isPresent() ? Lifecycle.STOPPED : Lifecycle.EMPTY;
    }

    // Commands.

    void setup(Setup setup) {
        command(setup.stamp(), () -> {
            if (data.isPresent()) {
                book.run(new InForce(setup.durability(), setup.options()));
            } else if (lifecycle == Lifecycle.EMPTY) {
                lifecycle = Lifecycle.PREPARING;
                long mine = ++life;
                timeline.after(200, 1200, () -> {
                    if (livesOn(mine)) {
                        fill(setup);
                    }
                });
            }
        });
    }

    private void fill(Setup setup) {
        if (!new Preparing(world, this).fill(setup)) {
            lifecycle = Lifecycle.EMPTY;
            report(() -> "its donor is gone, cloning is given up");
            return;
        }
        data = Optional.of(world.newIncarnation());
        book.run(new InForce(setup.durability(), setup.options()));
        trustedBoot = host.bootId();
        report(() -> "has data " + data.orElseThrow());
        startMysqld();
    }

    void assign(Assignment assignment) {
        command(assignment.stamp(), () -> {
            primacy.assigned();
            if (assigned().equals(Optional.of(assignment))) {
                establishing.goOn();
            } else {
                boolean restart = stopped() && !(assignment.role() instanceof Role.Stopped);
                book.assign(assignment);
                establishing.forget();
                if (restart && data.isPresent()) {
                    startMysqld();
                }
                establishing.soon();
            }
        });
    }

    void trust(Trust trust) {
        command(trust.stamp(), () -> {
            if (trust.bootId().equals(host.bootId())) {
                trustedBoot = host.bootId();
                world.changed();
            }
        });
    }

    private void command(Stamp stamp, Runnable what) {
        primacy.heard();
        if (executorUp && !lost && book.accepts(stamp)) {
            what.run();
            report();
        }
    }

    Optional<Role> role() {
        return assigned().map(Assignment::role);
    }

    // Reports.

    void report(Supplier<String> what) {
        timeline.tell(() -> id + ": " + what.get());
        report();
    }

    /** Something changed that a long poll answers with. */
    private void report() {
        revision++;
        world.news(id);
    }

    Status status() {
        return reporting.status(revision, lifecycle, establishing);
    }
}
