package dev.cotton.cli.faults;

import dev.cotton.cli.bench.InstanceProcesses;
import dev.cotton.cli.bench.ThrowawayScheduler;
import dev.cotton.cli.bench.ZooKeeperSwitch;
import dev.cotton.cli.client.SchedulerClient;
import java.util.Optional;
import java.util.function.Supplier;

/**
 * Where a cluster runs.
 *
 * @param client of whichever scheduler there is now
 * @param processes of its instances
 * @param own what may be killed besides, because nobody else uses it
 */
public record Scene(Supplier<SchedulerClient> client, InstanceProcesses processes, Optional<Own> own) {
    /**
     * A scheduler that was started for this.
     *
     * @param zooKeeper absent when it runs in the scheduler's process
     */
    public record Own(ThrowawayScheduler scheduler, Optional<ZooKeeperSwitch> zooKeeper) {}

    /** One with a scheduler of its own. */
    public static Scene of(ThrowawayScheduler scheduler, Optional<ZooKeeperSwitch> zooKeeper) {
        return new Scene(scheduler::client, scheduler.processes(), Optional.of(new Own(scheduler, zooKeeper)));
    }

    /** Whether there is what a fault needs. */
    public boolean allows(Fault fault, int instances) {
        return switch (fault.needs()) {
            case NOTHING -> true;
            case THREE_INSTANCES -> instances >= 3;
            case OWN_SCHEDULER -> own.isPresent();
        };
    }
}
