package dev.cotton.testing.simulation;

import java.time.Duration;
import java.util.Optional;

/** How long a replica's executor has had no sign of life from the source. */
final class Contact {
    private final Timeline timeline;
    private final World world;
    private Optional<SimulatedMysqld> source = Optional.empty();
    private long since;

    Contact(Timeline timeline, World world, SimulatedMysqld replica) {
        this.timeline = timeline;
        this.world = world;
        timeline.every(150, 350, () -> look(replica));
    }

    private void look(SimulatedMysqld replica) {
        Optional<SimulatedMysqld> now = replica.receiver().source();
        boolean alive = source.filter(from -> from.responds() && world.connected(replica, from))
                .isPresent();
        if (alive || !now.equals(source)) {
            source = now;
            since = timeline.now();
        }
    }

    /** Absent while there is no source. */
    Optional<Duration> silence() {
        return source.map(from -> Duration.ofMillis(timeline.now() - since));
    }
}
