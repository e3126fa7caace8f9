package dev.cotton.testing.simulation;

import java.time.Duration;
import java.util.Optional;

/** How long a replica's executor has had no sign of life from the source. */
final class Contact {
    private final Timeline timeline;
    private final World world;
    private final SimulatedMysqld replica;
    private Optional<SimulatedMysqld> source = Optional.empty();
    private long since;
    private long follows;

    Contact(Timeline timeline, World world, SimulatedMysqld replica) {
        this.timeline = timeline;
        this.world = world;
        this.replica = replica;
        timeline.every(150, 350, this::look);
    }

    private void look() {
        Optional<SimulatedMysqld> now = replica.receiver().source();
        boolean alive = source.filter(from -> from.responds() && world.connected(replica, from))
                .isPresent();
        follows = now.equals(source) ? follows : timeline.now();
        if (alive || !now.equals(source)) {
            source = now;
            since = timeline.now();
        }
    }

    /** Absent while there is no source. */
    Optional<Duration> silence() {
        return source.map(from -> Duration.ofMillis(timeline.now() - since));
    }

    /** Since it received anything of this source's, or began to follow it. */
    Optional<Duration> sinceReceived() {
        return source.map(from -> Duration.ofMillis(timeline.now() - Math.max(follows, replica.receivedAt())));
    }
}
