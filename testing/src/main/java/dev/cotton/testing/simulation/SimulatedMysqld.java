package dev.cotton.testing.simulation;

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

    private static final long FIRST_HEARTBEAT = 3_000;

    private final Timeline timeline;
    private final World world;
    private final int ordinal;
    private final DumpThreads dumpThreads = new DumpThreads();
    private final Receiver receiver;
    // On disk.
    private Position binlog = Position.START;
    private Position relayLog = Position.START;
    private Position forced = Position.START;
    private int slot = -1;
    private int uuid;
    // Gone with the process.
    private boolean up;
    private boolean hung;
    private boolean choked;
    private long hungAt;
    private boolean writable;
    private boolean freezing;
    private int ackCount;
    private final WaitingCommits waiting = new WaitingCommits();
    private Optional<Long> lastHeartbeat = Optional.empty();
    private long openSince;
    private long receivedAt;
    private boolean applying;
    private long run;

    SimulatedMysqld(Timeline timeline, World world, int ordinal) {
        this.timeline = timeline;
        this.world = world;
        this.ordinal = ordinal;
        this.uuid = world.newUuid();
        this.receiver = new Receiver(timeline, world, this);
    }

    DumpThreads dumpThreads() {
        return dumpThreads;
    }

    Receiver receiver() {
        return receiver;
    }

    // Process and disk.

    boolean up() {
        return up;
    }

    /** Whether it answers. */
    boolean responds() {
        return up && !hung;
    }

    /** Counts its starts. */
    long run() {
        return run;
    }

    void start() {
        up = true;
        run++;
        applySoon();
    }

    /** Its process stands still; nothing is closed. */
    void hang() {
        hung = up;
        hungAt = timeline.now();
    }

    /** When it stood still last. */
    long hungAt() {
        return hungAt;
    }

    /** Its disk takes nothing, or does again: no commit comes about, and it lives. */
    void choke(boolean now) {
        choked = up && now;
    }

    void goOn() {
        hung = false;
        receiver.soon();
        applySoon();
    }

    void stop() {
        end(true);
    }

    private void end(boolean farewell) {
        receiver.end(farewell);
        dumpThreads.endAll(farewell);
        up = false;
        hung = false;
        choked = false;
        writable = false;
        freezing = false;
        ackCount = 0;
        waiting.clear();
        lastHeartbeat = Optional.empty();
        if (world.flawed(Flaw.RECOVERS_RELAY_LOGS)) {
            relayLog = binlog;
        }
        world.changed();
    }

    /** The end of a relay log may not have been on disk; a server's own commits were. */
    void losePower(boolean keepsAll) {
        end(false);
        relayLog = keepsAll ? relayLog : forced;
        forced = relayLog;
        world.changed();
    }

    /** Whether it has been a primary. */
    boolean wrote() {
        return binlog.commits(uuid) > 0;
    }

    /** Its disk has lost the last commits that it wrote itself. */
    void loseOwn(long commits) {
        long kept = Math.max(0, binlog.commits(uuid) - commits);
        binlog = binlog.upTo(uuid, kept);
        relayLog = relayLog.upTo(uuid, Math.min(kept, relayLog.commits(uuid)));
        forced = forced.upTo(uuid, Math.min(kept, forced.commits(uuid)));
        world.changed();
    }

    /** Begins with other data, as another server. */
    void fill(Position content, int replicationSlot, Set<Integer> unlockedSlots) {
        binlog = content;
        relayLog = content;
        forced = content;
        slot = replicationSlot;
        uuid = world.newUuid();
        dumpThreads.copy(unlockedSlots);
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
        return waiting.size() == 0 ? binlog : binlog.upTo(uuid, waiting.before(binlog.commits(uuid)));
    }

    boolean drained() {
        return binlog.contains(relayLog);
    }

    int slot() {
        return slot;
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
        lastHeartbeat = Optional.empty();
        world.changed();
    }

    /**
     * Asks for read-only with everything else kept. That waits for commits that wait, and keeps new ones from beginning,
     * the heartbeat's too.
     *
     * @return whether it is read-only now
     */
    boolean freeze() {
        freezing = writable && waiting.size() > 0;
        writable = freezing;
        if (!writable) {
            lastHeartbeat = Optional.empty();
        }
        world.changed();
        return !writable;
    }

    void openForWrites() {
        freezing = false;
        openSince = writable ? openSince : timeline.now();
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

    /** Locks every account but these, and sees their dump threads gone. */
    void shutOutAllBut(Set<Integer> slots) {
        dumpThreads.lockAllBut(slots);
        if (!world.flawed(Flaw.LOCKS_WITHOUT_KILLING)) {
            dumpThreads.killLocked();
        }
    }

    void unlock(Set<Integer> slots) {
        dumpThreads.unlock(slots);
        world.replicasOf(this).forEach(replica -> replica.receiver().soon());
    }

    int waiting() {
        return waiting.size();
    }

    /** Since a heartbeat commit succeeded; before the first one, when that takes long, since it was due. */
    Optional<Long> heartbeatAge() {
        long open = timeline.now() - openSince;
        return lastHeartbeat
                .map(at -> timeline.now() - at)
                .or(() -> writable() && open > FIRST_HEARTBEAT ? Optional.of(open) : Optional.empty());
    }

    void commit(boolean heartbeat) {
        if (!writable() || freezing || hung || choked || (waiting.size() >= MOST_WAITING && !heartbeat)) {
            return;
        }
        long number = binlog.commits(uuid) + 1;
        binlog = binlog.with(uuid, number);
        waiting.add(number, heartbeat);
        acknowledge();
        world.replicasOf(this).forEach(replica -> replica.receiver().soon());
    }

    private void acknowledge() {
        if (hung) {
            return;
        }
        waiting.release(ackCount, commit -> {
            world.acknowledged(ordinal, uuid, commit.number());
            lastHeartbeat = commit.heartbeat() ? Optional.of(timeline.now()) : lastHeartbeat;
        });
        if (freezing) {
            freeze();
        }
    }

    // As a replica.

    /** Deletes the relay log. */
    void resetReplica() {
        relayLog = binlog;
        forced = binlog;
        world.changed();
    }

    /**
     * Receives all that {@code from} has and it did not write itself. What was received before is not acknowledged again; an ack for a later commit
     * serves for all before it.
     */
    void receive(SimulatedMysqld from, boolean acks) {
        long own = binlog.commits(uuid);
        Position sent = from.binlog.commits(uuid) > own ? from.binlog.upTo(uuid, own) : from.binlog;
        if (received().contains(sent)) {
            return;
        }
        relayLog = relayLog.union(sent);
        forced = timeline.chance(0.3) ? relayLog : forced;
        receivedAt = timeline.now();
        applySoon();
        world.changed();
        if (acks) {
            from.waiting.acknowledged(ordinal, relayLog.commits(from.uuid));
            from.acknowledge();
        }
    }

    /** When it received anything last. */
    long receivedAt() {
        return receivedAt;
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
                    world.replicasOf(this).forEach(replica -> replica.receiver().soon());
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
