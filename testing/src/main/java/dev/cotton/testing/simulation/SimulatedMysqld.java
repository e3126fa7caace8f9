package dev.cotton.testing.simulation;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * A mysqld with semi-synchronous replication. A commit is in the binlog before it is acknowledged; one that waits when
 * its server crashes is in the binlog afterwards and was never acknowledged. What is received is in the relay log until
 * the applier has executed it. It starts read-only and unattached.
 */
final class SimulatedMysqld {
    /** Clients wait rather than pile up more. */
    private static final int MOST_WAITING = 6;

    /** A commit that waits for acks. */
    private record Waiting(long number, boolean heartbeat, Set<SimulatedMysqld> ackers) {}

    private final Timeline timeline;
    private final World world;
    private final int ordinal;
    // On disk.
    private Position binlog = Position.START;
    private Position relayLog = Position.START;
    private Position forced = Position.START;
    private final Set<Integer> unlocked = new HashSet<>();
    private int slot = -1;
    private int uuid;
    // Gone with the process.
    private boolean up;
    private boolean hung;
    private boolean writable;
    private int ackCount;
    private Optional<SimulatedMysqld> source = Optional.empty();
    private boolean acks;
    private final List<Waiting> waiting = new ArrayList<>();
    private long lastHeartbeat = -1;
    private boolean delivering;
    private boolean applying;

    SimulatedMysqld(Timeline timeline, World world, int ordinal) {
        this.timeline = timeline;
        this.world = world;
        this.ordinal = ordinal;
        this.uuid = world.newUuid();
    }

    // Process and disk.

    boolean up() {
        return up;
    }

    /** Whether it answers. */
    boolean responds() {
        return up && !hung;
    }

    void start() {
        up = true;
        applySoon();
    }

    /** Its process stands still; nothing is closed. */
    void hang() {
        hung = up;
    }

    void goOn() {
        hung = false;
        receiveSoon();
        applySoon();
    }

    void stop() {
        up = false;
        hung = false;
        writable = false;
        ackCount = 0;
        source = Optional.empty();
        acks = false;
        waiting.clear();
        lastHeartbeat = -1;
        if (world.flawed(Flaw.RECOVERS_RELAY_LOGS)) {
            relayLog = binlog;
        }
        world.changed();
    }

    /** The end of a relay log may not have been on disk; a server's own commits were. */
    void losePower(boolean keepsAll) {
        stop();
        relayLog = keepsAll ? relayLog : forced;
        forced = relayLog;
        world.changed();
    }

    /** Begins with other data, as another server. */
    void fill(Position content, int replicationSlot, Set<Integer> unlockedSlots) {
        binlog = content;
        relayLog = content;
        forced = content;
        slot = replicationSlot;
        uuid = world.newUuid();
        unlocked.clear();
        unlocked.addAll(unlockedSlots);
        world.changed();
    }

    /** Executed, or in the relay log. */
    Position received() {
        return binlog.union(relayLog);
    }

    /** Everything in its own binlog: also commits that wait for their acks. */
    Position binlog() {
        return binlog;
    }

    /** Its binlog without the commits that wait. */
    Position executed() {
        long first = waiting.stream().mapToLong(Waiting::number).min().orElse(Long.MAX_VALUE);
        return first == Long.MAX_VALUE ? binlog : binlog.upTo(uuid, first - 1);
    }

    boolean drained() {
        return binlog.contains(relayLog);
    }

    int slot() {
        return slot;
    }

    /** Account locks, which a clone of these data has too. */
    Set<Integer> unlocked() {
        return Set.copyOf(unlocked);
    }

    // As a source.

    boolean writable() {
        return up && writable;
    }

    /** Read-only, and semi-sync switched off: whoever waits is told that it committed. */
    void readOnly() {
        writable = false;
        ackCount = 0;
        acknowledge();
        world.changed();
    }

    /** Read-only with everything else kept. */
    void freeze() {
        writable = false;
        world.changed();
    }

    void openForWrites() {
        writable = true;
        world.changed();
    }

    int ackCount() {
        return ackCount;
    }

    void waitFor(int acknowledgements) {
        ackCount = acknowledgements;
        acknowledge();
        world.changed();
    }

    /** Locks every account but these, and their dump threads are gone. */
    void lockAllBut(Set<Integer> slots) {
        unlocked.retainAll(slots);
    }

    void unlock(Set<Integer> slots) {
        unlocked.addAll(slots);
        world.replicasOf(this).forEach(SimulatedMysqld::receiveSoon);
    }

    int waiting() {
        return waiting.size();
    }

    /** When the last heartbeat commit succeeded; negative when none has since the start. */
    long lastHeartbeat() {
        return lastHeartbeat;
    }

    void commit(boolean heartbeat) {
        if (!writable() || hung || (waiting.size() >= MOST_WAITING && !heartbeat)) {
            return;
        }
        long number = binlog.commits(uuid) + 1;
        binlog = binlog.with(uuid, number);
        waiting.add(new Waiting(number, heartbeat, new HashSet<>()));
        acknowledge();
        world.replicasOf(this).forEach(SimulatedMysqld::receiveSoon);
    }

    private void acknowledge() {
        if (hung) {
            return;
        }
        waiting.removeIf(commit -> {
            boolean enough = commit.ackers().size() >= ackCount;
            if (enough) {
                world.acknowledged(ordinal, uuid, commit.number());
            }
            if (enough && commit.heartbeat()) {
                lastHeartbeat = timeline.now();
            }
            return enough;
        });
    }

    // As a replica.

    void stopReceiver() {
        source = Optional.empty();
    }

    /** A switch of the ack flag takes effect only when the receiver starts. */
    void startReceiver(SimulatedMysqld from, boolean acknowledging) {
        source = Optional.of(from);
        acks = acknowledging;
        receiveSoon();
    }

    /** Deletes the relay log. */
    void resetReplica() {
        relayLog = binlog;
        forced = binlog;
        world.changed();
    }

    void ackFlagOff() {
        acks = false;
    }

    boolean acks() {
        return acks;
    }

    Optional<SimulatedMysqld> source() {
        return source;
    }

    boolean attached() {
        return source.filter(this::attachedTo).isPresent();
    }

    boolean attachedTo(SimulatedMysqld other) {
        return up
                && other.up
                && source.filter(other::equals).isPresent()
                && other.unlocked.contains(slot)
                && world.connected(this, other);
    }

    void receiveSoon() {
        if (!delivering) {
            delivering = true;
            long slowest = timeline.chance(0.05) ? 400 : 30;
            timeline.after(1, slowest, () -> {
                delivering = false;
                source.filter(this::attachedTo)
                        .filter(from -> !hung && !from.hung && world.flows(this, from))
                        .ifPresent(this::receive);
            });
        }
    }

    /** What was received before is not acknowledged again; an ack for a later commit serves for all before it. */
    private void receive(SimulatedMysqld from) {
        if (received().contains(from.binlog)) {
            return;
        }
        relayLog = relayLog.union(from.binlog);
        forced = timeline.chance(0.3) ? relayLog : forced;
        applySoon();
        world.changed();
        if (acks) {
            long upTo = relayLog.commits(from.uuid);
            from.waiting.stream()
                    .filter(commit -> commit.number() <= upTo)
                    .forEach(commit -> commit.ackers().add(this));
            from.acknowledge();
        }
    }

    /** The applier, which is far behind at times. */
    private void applySoon() {
        if (!applying) {
            applying = true;
            long slowest = timeline.chance(0.03) ? 900 : 40;
            timeline.after(1, slowest, () -> {
                applying = false;
                if (responds() && !drained()) {
                    binlog = timeline.chance(0.4) ? binlog.union(relayLog.halfway(binlog)) : binlog.union(relayLog);
                    world.replicasOf(this).forEach(SimulatedMysqld::receiveSoon);
                    world.changed();
                    applySoon();
                }
            });
        }
    }

    int ordinal() {
        return ordinal;
    }

    int uuid() {
        return uuid;
    }
}
