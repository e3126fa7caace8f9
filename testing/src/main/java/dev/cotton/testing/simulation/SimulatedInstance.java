package dev.cotton.testing.simulation;

import dev.cotton.core.model.DataSize;
import dev.cotton.core.model.Incarnation;
import dev.cotton.core.model.InstanceId;
import dev.cotton.core.model.Stamp;
import dev.cotton.core.wire.Answer;
import dev.cotton.core.wire.Assignment;
import dev.cotton.core.wire.Lifecycle;
import dev.cotton.core.wire.MysqlReport;
import dev.cotton.core.wire.MysqlReport.Replication;
import dev.cotton.core.wire.MysqlReport.SemiSync;
import dev.cotton.core.wire.Role;
import dev.cotton.core.wire.Setup;
import dev.cotton.core.wire.Status;
import dev.cotton.core.wire.Trust;
import java.time.Duration;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/** An executor and its mysqld on a host: what a crash leaves is what is on disk. */
final class SimulatedInstance {
    final InstanceId id;
    private final Timeline timeline;
    private final World world;
    private final SimulatedHost host;
    private final SimulatedMysqld mysqld;
    private final Establishing establishing;
    private final Contact contact;
    // On disk.
    private Optional<Incarnation> data = Optional.empty();
    private Stamp highest = Stamp.NONE;
    private Optional<Assignment> assigned = Optional.empty();
    private String trustedBoot;
    private boolean lost;
    // Gone with the process.
    private boolean executorUp;
    private Lifecycle lifecycle = Lifecycle.EMPTY;
    private long life;
    private long revision;
    private long hungAt;

    SimulatedInstance(Timeline timeline, World world, InstanceId id, SimulatedHost host) {
        this.timeline = timeline;
        this.world = world;
        this.id = id;
        this.host = host;
        this.mysqld = new SimulatedMysqld(timeline, world, id.ordinal());
        this.establishing = new Establishing(timeline, world, this);
        this.contact = new Contact(timeline, world, mysqld);
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

    Optional<Assignment> assigned() {
        return assigned;
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
        if (lost || executorUp) {
            return;
        }
        executorUp = true;
        life++;
        establishing.forget();
        if (data.isEmpty()) {
            lifecycle = Lifecycle.EMPTY;
        }
        report("its executor starts");
        if (data.isPresent() && !mysqld.up()) {
            startMysqld();
        } else {
            establishing.soon();
        }
    }

    void killExecutor() {
        executorUp = false;
        life++;
        timeline.tell(id + ": executor killed");
    }

    void killMysqld() {
        if (mysqld.up()) {
            timeline.tell(id + ": mysqld killed");
            mysqld.stop();
            establishing.forget();
            if (executorUp) {
                lifecycle = Lifecycle.RESTARTING;
                revision++;
                startMysqld();
            }
        }
    }

    void losePower() {
        killExecutor();
        boolean keepsAll = timeline.chance(0.4);
        Position before = mysqld.received();
        mysqld.losePower(keepsAll);
        boolean lostSome = !mysqld.received().contains(before);
        timeline.tell(id + ": host booted" + (lostSome ? " and received commits were lost" : ""));
    }

    /** Place and data are gone for certain. */
    void destroy() {
        end();
        lost = true;
        data = Optional.empty();
        mysqld.fill(Position.START, -1, Set.of());
        timeline.tell(id + ": place and data are gone");
    }

    /** Its folder is empty again, and nobody knows. */
    void empty() {
        end();
        data = Optional.empty();
        highest = Stamp.NONE;
        assigned = Optional.empty();
        mysqld.fill(Position.START, -1, Set.of());
        timeline.tell(id + ": its folder is empty");
    }

    /** Its transactions that nobody else has are saved, and its data are gone. */
    void giveUpData() {
        mysqld.stop();
        data = Optional.empty();
        lifecycle = Lifecycle.EMPTY;
        mysqld.fill(Position.START, -1, Set.of());
        timeline.tell(id + ": has given up its data");
    }

    /** Its mysqld stands still for a while, unless it is killed. */
    void hang() {
        if (mysqld.up()) {
            timeline.tell(id + ": mysqld hangs");
            long mine = life;
            mysqld.hang();
            hungAt = timeline.now();
            timeline.after(500, 15_000, () -> {
                if (mine == life) {
                    timeline.tell(id + ": mysqld goes on");
                }
                mysqld.goOn();
            });
        }
    }

    /** Every process is ended; the disk is kept. */
    void end() {
        executorUp = false;
        life++;
        mysqld.stop();
        establishing.forget();
    }

    private void startMysqld() {
        long mine = ++life;
        lifecycle = Lifecycle.STARTING;
        timeline.after(300, 1500, () -> {
            if (livesOn(mine) && !(role().orElse(null) instanceof Role.Stopped)) {
                mysqld.start();
                lifecycle = Lifecycle.RUNNING;
                report("mysqld runs");
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

    Optional<Answer> setup(Setup setup) {
        return command(setup.stamp(), () -> {
            if (data.isEmpty() && lifecycle == Lifecycle.EMPTY) {
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
        Optional<SimulatedMysqld> donor = setup.source() instanceof Setup.Clone clone
                ? world.instance(clone.donor()).map(SimulatedInstance::mysqld).filter(SimulatedMysqld::responds)
                : Optional.empty();
        Optional<Position> content = setup.source() instanceof Setup.Template
                ? Optional.of(Position.START)
                : donor.map(SimulatedMysqld::binlog);
        if (content.isEmpty()) {
            lifecycle = Lifecycle.EMPTY;
            report("its donor is gone, cloning is given up");
            return;
        }
        data = Optional.of(world.newIncarnation());
        trustedBoot = host.bootId();
        mysqld.fill(
                content.get(),
                setup.slot(),
                donor.map(SimulatedMysqld::unlocked).orElse(Set.of()));
        report("has data " + data.get());
        startMysqld();
    }

    Optional<Answer> assign(Assignment assignment) {
        return command(assignment.stamp(), () -> {
            if (!assigned.equals(Optional.of(assignment)) || !establishing.established()) {
                boolean restart = role().filter(Role.Stopped.class::isInstance).isPresent()
                        && !(assignment.role() instanceof Role.Stopped);
                assigned = Optional.of(assignment);
                establishing.forget();
                if (restart && data.isPresent()) {
                    startMysqld();
                }
                establishing.soon();
            }
        });
    }

    Optional<Answer> trust(Trust trust) {
        return command(trust.stamp(), () -> {
            if (trust.bootId().equals(host.bootId())) {
                trustedBoot = host.bootId();
                world.changed();
            }
        });
    }

    private Optional<Answer> command(Stamp stamp, Runnable what) {
        if (!executorUp || lost) {
            return Optional.empty();
        }
        if (stamp.compareTo(highest) < 0 && !world.flawed(Flaw.OBEYS_OLD_COMMANDS)) {
            return Optional.of(new Answer(false, highest, "older than " + highest));
        }
        highest = stamp;
        what.run();
        report("");
        return Optional.of(new Answer(true, highest, ""));
    }

    Optional<Role> role() {
        return assigned.map(Assignment::role);
    }

    // Reports.

    /** Something changed that a long poll answers with. */
    void report(String what) {
        revision++;
        if (!what.isEmpty()) {
            timeline.tell(id + ": " + what);
        }
        world.news(id);
    }

    Status status() {
        return new Status(
                id,
                revision,
                "simulated",
                host.bootId(),
                Duration.ofMillis(timeline.now()),
                data,
                sure(),
                unresponsive() ? Lifecycle.UNRESPONSIVE : lifecycle,
                "",
                Optional.empty(),
                highest,
                assigned.map(now -> new Status.RoleReport(now.stamp(), now.role(), establishing.established(), "")),
                mysqld.up() && !unresponsive() ? Optional.of(mysql()) : Optional.empty(),
                new Status.Usage(Optional.empty(), 0, new DataSize(0), new DataSize(0), new DataSize(0)));
    }

    private boolean unresponsive() {
        return mysqld.up() && !mysqld.responds() && timeline.now() - hungAt > 2_000;
    }

    private MysqlReport mysql() {
        boolean heartbeats = mysqld.lastHeartbeat() >= 0;
        return new MysqlReport(
                "9.7.4",
                Position.uuid(mysqld.uuid()),
                !mysqld.writable(),
                !mysqld.writable(),
                mysqld.executed().gtids(),
                mysqld.received().gtids(),
                establishing.reached().map(Position::gtids),
                heartbeats ? Optional.of(Duration.ofMillis(timeline.now() - mysqld.lastHeartbeat())) : Optional.empty(),
                mysqld.source()
                        .map(source -> new Replication(
                                "",
                                mysqld.attached() ? "ON" : "CONNECTING",
                                true,
                                "",
                                "",
                                contact.silence(),
                                Optional.empty())),
                new SemiSync(mysqld.ackCount() > 0, mysqld.ackCount(), 0, mysqld.acks(), mysqld.waiting()),
                world.replicasOf(mysqld)
                        .filter(replica -> replica.attachedTo(mysqld))
                        .map(SimulatedMysqld::slot)
                        .collect(Collectors.toSet()));
    }
}
