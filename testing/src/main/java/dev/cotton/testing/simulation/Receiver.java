package dev.cotton.testing.simulation;

import java.util.Optional;

/** A server as a replica: whom it receives from, and whether it acknowledges. Gone with the process. */
final class Receiver {
    private final Timeline timeline;
    private final World world;
    private final SimulatedMysqld own;
    private Optional<SimulatedMysqld> source = Optional.empty();
    private Optional<Connection> connection = Optional.empty();
    private boolean flag;
    private boolean acks;
    private boolean delivering;

    Receiver(Timeline timeline, World world, SimulatedMysqld own) {
        this.timeline = timeline;
        this.world = world;
        this.own = own;
    }

    /** The ack flag; what the receiver does is what the flag said when it started. */
    void acknowledge(boolean on) {
        flag = on;
    }

    /** Whether the receiver that runs was started as a semi-sync replica. */
    boolean acks() {
        return acks;
    }

    Optional<SimulatedMysqld> source() {
        return source;
    }

    void start(SimulatedMysqld from) {
        source = Optional.of(from);
        acks = flag;
        soon();
    }

    void stop() {
        end(true);
    }

    /** @param farewell whether the host is there to say it */
    void end(boolean farewell) {
        source = Optional.empty();
        acks = false;
        connection.ifPresent(open -> open.endReceiver(farewell));
        connection = Optional.empty();
    }

    /** Whether it takes its connection for open. */
    boolean attached() {
        return connection.filter(Connection::receives).isPresent();
    }

    /** What lies between it and {@code other}, if they are connected. */
    Optional<Connection> connectionTo(SimulatedMysqld other) {
        return connection.filter(open -> open.source.equals(other));
    }

    /** Connects when it is not connected, and receives what there is. */
    void soon() {
        if (!delivering && source.isPresent()) {
            delivering = true;
            long slowest = timeline.chance(0.05) ? 400 : 30;
            timeline.after(1, slowest, () -> {
                delivering = false;
                source.filter(from -> own.responds() && from.responds() && world.connected(own, from))
                        .ifPresent(this::receive);
            });
        }
    }

    private void receive(SimulatedMysqld from) {
        if (!attached() && from.dumpThreads().letsIn(own.slot())) {
            Connection opened = new Connection(timeline, world, from, own, acks);
            from.dumpThreads().add(opened);
            connection = Optional.of(opened);
        }
        if (connection.filter(Connection::open).isPresent() && world.flows(own, from)) {
            own.receive(from, acks);
        }
    }
}
