package dev.cotton.testing.simulation;

/**
 * A replication connection. Its ends may outlive each other: who vanishes says no farewell. Then a receiver gives up after
 * {@code replica_net_timeout}, and a dump thread only when TCP does.
 */
final class Connection {
    private static final long REPLICA_NET_TIMEOUT = 4_000;
    private static final long TCP_AT_LEAST = 10_000;
    private static final long TCP_AT_MOST = 60_000;

    final SimulatedMysqld source;
    final SimulatedMysqld replica;

    /** Of the account that it was opened with. */
    final int slot;

    /** Whether the source counts it as a semi-sync client. */
    final boolean acks;

    private final Timeline timeline;
    private final World world;
    private boolean receives = true;
    private boolean dumps = true;

    Connection(Timeline timeline, World world, SimulatedMysqld source, SimulatedMysqld replica, boolean acks) {
        this.timeline = timeline;
        this.world = world;
        this.source = source;
        this.replica = replica;
        this.slot = replica.slot();
        this.acks = acks;
    }

    /** Whether the replica takes it for open. */
    boolean receives() {
        return receives;
    }

    /** Whether the source takes it for open. */
    boolean dumps() {
        return dumps;
    }

    /** Whether something gets from one end to the other. */
    boolean open() {
        return receives && dumps && passable();
    }

    private boolean passable() {
        return source.up() && replica.up() && world.connected(source, replica);
    }

    /** @param farewell whether the host is there to say it */
    void endReceiver(boolean farewell) {
        receives = false;
        ended(farewell);
    }

    /** @param farewell as at {@link #endReceiver} */
    void endDump(boolean farewell) {
        dumps = false;
        ended(farewell);
    }

    private void ended(boolean farewell) {
        if (farewell && world.connected(source, replica)) {
            end();
        } else {
            breakSilently();
        }
    }

    /** Both ends know. */
    void end() {
        receives = false;
        dumps = false;
        replica.receiver().soon();
        world.changed();
    }

    /** Each end finds out when it has waited long enough, unless the other one is there again by then. */
    void breakSilently() {
        timeline.after(REPLICA_NET_TIMEOUT, REPLICA_NET_TIMEOUT + 200, () -> {
            if (receives && !open()) {
                receives = false;
                replica.receiver().soon();
            }
        });
        timeline.after(TCP_AT_LEAST, TCP_AT_MOST, () -> dumps &= open());
    }
}
