package dev.cotton.testing.simulation;

import dev.cotton.core.wire.Setup;
import java.util.Optional;
import java.util.Set;

/** How an empty instance gets its first data: empty ones, or a copy of a donor's with the locks that it has. */
final class Preparing {
    private final World world;
    private final SimulatedInstance instance;

    Preparing(World world, SimulatedInstance instance) {
        this.world = world;
        this.instance = instance;
    }

    /** Whether there are data now. */
    boolean fill(Setup setup) {
        SimulatedMysqld mysqld = instance.mysqld();
        if (setup.source() instanceof Setup.Template) {
            mysqld.fill(Position.START, setup.slot(), Set.of());
            return true;
        }
        Optional<SimulatedMysqld> donor = setup.source() instanceof Setup.Clone clone
                ? world.instance(clone.donor()).map(SimulatedInstance::mysqld).filter(SimulatedMysqld::responds)
                : Optional.empty();
        donor.ifPresent(from ->
                mysqld.fill(from.binlog(), setup.slot(), from.dumpThreads().unlocked()));
        return donor.isPresent();
    }
}
