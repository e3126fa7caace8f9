package dev.cotton.cli.faults;

import dev.cotton.cli.bench.InstanceProcesses;
import dev.cotton.cli.bench.ThrowawayScheduler;
import dev.cotton.cli.bench.ZooKeeperSwitch;
import dev.cotton.cli.client.SchedulerClient;
import dev.cotton.cli.lab.Network;
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
     * @param lab where it places instances
     */
    public record Own(ThrowawayScheduler scheduler, Optional<ZooKeeperSwitch> zooKeeper, Lab lab) {}

    /** One with a scheduler of its own. */
    public static Scene of(Own own) {
        return new Scene(own.scheduler()::client, own.scheduler().processes(), Optional.of(own));
    }

    /** Why a fault cannot be injected, as a sentence; absent when it can. */
    public Optional<String> lacking(Fault fault, int instances) {
        Optional<Lab> lab = own.map(Own::lab);
        boolean there = switch (fault.needs()) {
            case NOTHING -> true;
            case THREE_INSTANCES -> instances >= 3;
            case OWN_SCHEDULER -> own.isPresent();
            case HOSTS -> lab.flatMap(Lab::network).isPresent();
            case DISK -> lab.flatMap(Lab::disk).isPresent();
        };
        if (there) {
            return Optional.empty();
        }
        String needs = "It needs " + fault.needs() + ".";
        return Optional.of(
                switch (fault.needs()) {
                    case HOSTS ->
                        lab.map(none -> needs + " " + none.noNetwork()).orElse(needs);
                    case DISK -> lab.map(none -> needs + " " + none.noDisk()).orElse(needs);
                    case NOTHING, THREE_INSTANCES, OWN_SCHEDULER -> needs;
                });
    }

    /** What clients have to connect from, when it matters. */
    public Optional<String> clientAddress() {
        return own.map(Own::lab).flatMap(Lab::network).map(Network::clientAddress);
    }
}
