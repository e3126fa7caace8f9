package dev.cotton.testing.simulation;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * A mysqld with semi-synchronous replication. A commit is in the binlog before it is acknowledged; one that waits when
 * its server crashes is in the binlog afterwards and was never acknowledged. It starts read-only and unattached.
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
    private Position log = Position.START;
    private Position forced = Position.START;
    private final Set<Integer> unlocked = new HashSet<>();
    private int slot = -1;
    // Gone with the process.
    private boolean up;
    private boolean writable;
    private int ackCount;
    private Optional<SimulatedMysqld> source = Optional.empty();
    private boolean acks;
    private final List<Waiting> waiting = new ArrayList<>();
    private long lastHeartbeat = -1;
    private boolean delivering;

    SimulatedMysqld(Timeline timeline, World world, int ordinal) {
        this.timeline = timeline;
        this.world = world;
        this.ordinal = ordinal;
    }

    // Process and disk.

    boolean up() {
        return up;
    }

    void start() {
        up = true;
    }

    void stop() {
        up = false;
        writable = false;
        ackCount = 0;
        source = Optional.empty();
        acks = false;
        waiting.clear();
        world.changed();
    }

    /** The end of a relay log may not have been on disk; a server's own commits were. */
    void losePower(boolean keepsAll) {
        stop();
        log = keepsAll ? log : forced;
        forced = log;
        world.changed();
    }

    /** Begins with other data. */
    void fill(Position content, int replicationSlot) {
        log = content;
        forced = content;
        slot = replicationSlot;
        unlocked.clear();
        world.changed();
    }

    Position log() {
        return log;
    }

    int slot() {
        return slot;
    }

    // As a source.

    boolean writable() {
        return up && writable;
    }

    void readOnly() {
        writable = false;
        ackCount = 0;
        waiting.clear();
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
        if (!writable() || (waiting.size() >= MOST_WAITING && !heartbeat)) {
            return;
        }
        long number = log.commits(ordinal) + 1;
        log = log.with(ordinal, number);
        forced = forced.with(ordinal, number);
        waiting.add(new Waiting(number, heartbeat, new HashSet<>()));
        acknowledge();
        world.replicasOf(this).forEach(SimulatedMysqld::receiveSoon);
    }

    private void acknowledge() {
        waiting.removeIf(commit -> {
            boolean enough = commit.ackers().size() >= ackCount;
            if (enough) {
                world.acknowledged(ordinal, commit.number());
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
                source.filter(this::attachedTo).ifPresent(this::receive);
            });
        }
    }

    /** What was received before is not acknowledged again; an ack for a later commit serves for all before it. */
    private void receive(SimulatedMysqld from) {
        if (log.contains(from.log)) {
            return;
        }
        log = log.union(from.log);
        forced = timeline.chance(0.3) ? log : forced;
        world.changed();
        if (acks) {
            long upTo = log.commits(from.ordinal);
            from.waiting.stream()
                    .filter(commit -> commit.number() <= upTo)
                    .forEach(commit -> commit.ackers().add(this));
            from.acknowledge();
        }
    }

    int ordinal() {
        return ordinal;
    }
}
