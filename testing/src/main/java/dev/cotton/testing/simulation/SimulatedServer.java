package dev.cotton.testing.simulation;

import dev.cotton.core.model.DataSize;
import dev.cotton.core.model.GtidSet;
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
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * An executor and its mysqld. What survives a crash is marked as being on disk. A commit is in the binlog before it is
 * acknowledged; one that waits when its server crashes is in the binlog afterwards and was never acknowledged.
 */
final class SimulatedServer {
    /** A commit that waits for acks. */
    private record Waiting(GtidSet gtid, Set<InstanceId> ackers) {}

    private final Timeline timeline;
    private final World world;
    final InstanceId id;
    // On disk.
    private Optional<Incarnation> data = Optional.empty();
    private GtidSet log = GtidSet.EMPTY;
    private Stamp highest = Stamp.NONE;
    private @Nullable Assignment assigned;
    private int slot = -1;
    private final Set<Integer> unlocked = new HashSet<>();
    private String trustedBoot;
    private boolean destroyed;
    // Gone with a crash.
    private String boot;
    private boolean executorUp;
    private boolean mysqldUp;
    private Lifecycle lifecycle = Lifecycle.EMPTY;
    private boolean established;
    private Optional<GtidSet> reached = Optional.empty();
    private int ackCount;
    private boolean writable;
    private long lastHeartbeat = -1;
    private boolean receiving;
    private boolean acks;
    private @Nullable InstanceId source;
    private final List<Waiting> waiting = new ArrayList<>();
    private GtidSet unsynced = GtidSet.EMPTY;
    private long life;
    private long orders;
    private long revision;
    private long serial;

    SimulatedServer(Timeline timeline, World world, InstanceId id) {
        this.timeline = timeline;
        this.world = world;
        this.id = id;
        this.boot = world.newBoot();
        this.trustedBoot = boot;
    }

    // What the world asks.

    boolean destroyed() {
        return destroyed;
    }

    boolean executorUp() {
        return executorUp;
    }

    boolean open() {
        return mysqldUp && writable;
    }

    GtidSet log() {
        return log;
    }

    Optional<Incarnation> data() {
        return data;
    }

    boolean sure() {
        return boot.equals(trustedBoot);
    }

    /** Whether it can acknowledge commits of {@code other} as a semi-sync replica now. */
    boolean attachedTo(SimulatedServer other) {
        return mysqldUp && receiving && other.id.equals(source) && other.mysqldUp && other.unlocked.contains(slot);
    }

    // Faults.

    void startExecutor() {
        if (destroyed || executorUp) {
            return;
        }
        executorUp = true;
        established = false;
        life++;
        if (data.isEmpty()) {
            lifecycle = Lifecycle.EMPTY;
        }
        changed("its executor starts");
        if (data.isPresent() && !mysqldUp) {
            startMysqld();
        } else {
            establishSoon();
        }
    }

    void killExecutor() {
        executorUp = false;
        life++;
        timeline.tell(id + ": executor killed");
    }

    void killMysqld() {
        if (!mysqldUp) {
            return;
        }
        timeline.tell(id + ": mysqld killed");
        down();
        if (executorUp) {
            lifecycle = Lifecycle.RESTARTING;
            revision++;
            startMysqld();
        }
    }

    /** The host of a replica may lose what it received last; a server's own commits are durable. */
    void reboot() {
        killExecutor();
        down();
        boot = world.newBoot();
        if (!unsynced.isEmpty() && timeline.chance(0.5)) {
            log = log.minus(unsynced);
            timeline.tell(id + ": host booted and lost " + unsynced);
        } else {
            timeline.tell(id + ": host booted");
        }
        unsynced = GtidSet.EMPTY;
        world.changed();
    }

    void destroy() {
        killExecutor();
        down();
        destroyed = true;
        data = Optional.empty();
        log = GtidSet.EMPTY;
        timeline.tell(id + ": its data are destroyed");
        world.changed();
    }

    /** Everything ended by the engine; the disk is kept. */
    void end() {
        executorUp = false;
        life++;
        down();
    }

    private void down() {
        mysqldUp = false;
        established = false;
        writable = false;
        receiving = false;
        ackCount = 0;
        reached = Optional.empty();
        waiting.clear();
        life++;
    }

    private void startMysqld() {
        long mine = ++life;
        lifecycle = Lifecycle.STARTING;
        timeline.after(300, 1500, () -> {
            if (mine == life && executorUp && !destroyed && !(role() instanceof Role.Stopped)) {
                mysqldUp = true;
                lifecycle = Lifecycle.RUNNING;
                changed("mysqld runs");
                establishSoon();
            }
        });
    }

    // Commands.

    Optional<Answer> setup(Setup setup) {
        return command(setup.stamp(), () -> {
            if (data.isPresent() || lifecycle == Lifecycle.PREPARING) {
                return;
            }
            lifecycle = Lifecycle.PREPARING;
            slot = setup.slot();
            long mine = ++life;
            timeline.after(200, 1200, () -> {
                if (mine == life && executorUp && !destroyed) {
                    fill(setup.source());
                }
            });
        });
    }

    private void fill(Setup.DataSource from) {
        switch (from) {
            case Setup.Template template -> log = GtidSet.EMPTY;
            case Setup.Clone clone -> {
                Optional<SimulatedServer> donor = world.server(clone.donor()).filter(server -> server.mysqldUp);
                if (donor.isEmpty()) {
                    lifecycle = Lifecycle.EMPTY;
                    changed("cloning failed");
                    return;
                }
                log = donor.get().log;
            }
        }
        data = Optional.of(world.newIncarnation());
        trustedBoot = boot;
        unlocked.clear();
        changed("has data " + data.get());
        startMysqld();
    }

    Optional<Answer> assign(Assignment assignment) {
        return command(assignment.stamp(), () -> {
            if (!assignment.equals(assigned) || !established) {
                boolean restart = role() instanceof Role.Stopped && !(assignment.role() instanceof Role.Stopped);
                assigned = assignment;
                established = false;
                orders++;
                if (restart && data.isPresent()) {
                    startMysqld();
                }
                establishSoon();
            }
        });
    }

    Optional<Answer> trust(Trust trust) {
        return command(trust.stamp(), () -> {
            if (trust.bootId().equals(boot)) {
                trustedBoot = boot;
            }
        });
    }

    private Optional<Answer> command(Stamp stamp, Runnable what) {
        if (!executorUp || destroyed) {
            return Optional.empty();
        }
        if (stamp.compareTo(highest) < 0) {
            return Optional.of(new Answer(false, highest, "older than " + highest));
        }
        highest = stamp;
        what.run();
        revision++;
        return Optional.of(new Answer(true, highest, ""));
    }

    private @Nullable Role role() {
        Assignment now = assigned;
        return now == null ? null : now.role();
    }

    // Roles, step by step.

    private void establishSoon() {
        long mine = orders;
        timeline.after(2, 60, () -> {
            if (mine == orders && executorUp && assigned != null && !established) {
                establish(assigned);
            }
        });
    }

    private void establish(Assignment now) {
        if (now.role() instanceof Role.Stopped) {
            stop();
            return;
        }
        if (!mysqldUp) {
            return;
        }
        switch (now.role()) {
            case Role.Fenced fenced -> {
                demote();
                receiving = false;
                acks = false;
                done(now);
            }
            case Role.Replica replica -> {
                demote();
                if (!replica.source().equals(source) || acks != replica.acks() || !receiving) {
                    receiving = false;
                    acks = replica.acks();
                    source = replica.source();
                    receiving = true;
                }
                done(now);
            }
            case Role.Primary primary -> lead(now, primary);
            case Role.Stopped stopped -> throw new IllegalStateException("handled above");
        }
    }

    private void demote() {
        writable = false;
        ackCount = 0;
        waiting.clear();
        reached = Optional.empty();
    }

    private void lead(Assignment now, Role.Primary primary) {
        if (primary.ackCount() == 0) {
            ackCount = 0;
            acknowledge();
        }
        unlocked.retainAll(primary.admitted());
        long mine = orders;
        long during = life;
        timeline.after(1, 30, () -> {
            if (mine != orders || during != life || !executorUp || !mysqldUp) {
                return;
            }
            receiving = false;
            ackCount = primary.ackCount();
            acknowledge();
            unlocked.addAll(primary.admitted());
            writable = !primary.frozen();
            reached = Optional.of(log);
            done(now);
        });
    }

    private void stop() {
        down();
        lifecycle = data.isPresent() ? Lifecycle.STOPPED : Lifecycle.EMPTY;
        established = true;
        changed("stopped");
    }

    private void done(Assignment now) {
        established = true;
        changed("is " + now.role() + " under " + now.stamp());
    }

    private void changed(String what) {
        revision++;
        timeline.tell(id + ": " + what);
        world.news(id);
    }

    // Data.

    /** A client's commit; acknowledged when enough replicas have it. */
    void commit() {
        GtidSet gtid = GtidSet.parse(world.uuid(id) + ":" + ++serial);
        log = log.union(gtid);
        waiting.add(new Waiting(gtid, new HashSet<>()));
        acknowledge();
    }

    /** The heartbeat commit succeeds when nothing keeps a commit waiting. */
    void heartbeat() {
        if (open() && established && waiting.isEmpty()) {
            lastHeartbeat = timeline.now();
        }
    }

    private void acknowledge() {
        waiting.removeIf(commit -> {
            boolean enough = writable && commit.ackers().size() >= ackCount;
            if (enough) {
                world.acknowledged(commit.gtid());
            }
            return enough;
        });
    }

    /** Receives what its source has and it has not. */
    void receive() {
        InstanceId from = source;
        Optional<SimulatedServer> server = from == null ? Optional.empty() : world.server(from);
        server.filter(this::attachedTo).ifPresent(primary -> {
            GtidSet fresh = log.contains(primary.log) ? GtidSet.EMPTY : primary.log.minus(log);
            if (!fresh.isEmpty()) {
                log = log.union(fresh);
                unsynced = timeline.chance(0.3) ? GtidSet.EMPTY : unsynced.union(fresh);
            }
            if (acks) {
                primary.waiting.stream()
                        .filter(commit -> fresh.contains(commit.gtid()))
                        .forEach(commit -> commit.ackers().add(id));
                primary.acknowledge();
            }
            if (fresh.isEmpty() && primary.waiting.stream().anyMatch(commit -> log.contains(commit.gtid()))) {
                primary.nudge(id, acks);
            }
        });
    }

    /** The heartbeat commit's other use: a replica that reconnects with a waiting commit acknowledges with the next. */
    private void nudge(InstanceId replica, boolean acking) {
        if (acking && timeline.chance(0.2)) {
            waiting.forEach(commit -> commit.ackers().add(replica));
            acknowledge();
        }
    }

    // Reports.

    Status status() {
        return new Status(
                id,
                revision,
                "simulated",
                boot,
                Duration.ofMillis(timeline.now()),
                data,
                sure(),
                lifecycle,
                "",
                Optional.empty(),
                highest,
                Optional.ofNullable(assigned)
                        .map(now -> new Status.RoleReport(now.stamp(), now.role(), established, "")),
                mysqldUp ? Optional.of(mysql()) : Optional.empty(),
                new Status.Usage(Optional.empty(), 0, new DataSize(0), new DataSize(0), new DataSize(0)));
    }

    private MysqlReport mysql() {
        boolean attached =
                source != null && world.server(source).filter(this::attachedTo).isPresent();
        return new MysqlReport(
                "9.7.4",
                world.uuid(id),
                !writable,
                !writable,
                log,
                log,
                reached,
                lastHeartbeat < 0 ? Optional.empty() : Optional.of(Duration.ofMillis(timeline.now() - lastHeartbeat)),
                role() instanceof Role.Replica
                        ? Optional.of(new Replication(
                                String.valueOf(source), attached ? "ON" : "CONNECTING", true, "", "", Optional.empty()))
                        : Optional.empty(),
                new SemiSync(ackCount > 0, ackCount, 0, acks, waiting.size()),
                world.servers()
                        .filter(server -> server.attachedTo(this))
                        .map(server -> server.slot)
                        .collect(Collectors.toSet()));
    }
}
