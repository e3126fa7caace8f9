package dev.cotton.cli.faults;

import dev.cotton.cli.client.Cluster;
import dev.cotton.cli.client.Instance;
import dev.cotton.cli.faults.Injection.Relief;
import dev.cotton.cli.lab.Network;
import java.time.Duration;
import java.util.List;

/** Cuts between the hosts of a cluster, of which each has a host to itself. Used by one thread. */
record NetworkFaults(Network network) {
    /** Longer than it takes to hold a primary for dead. */
    private static final Duration LONG_ENOUGH_TO_SUSPECT = Duration.ofSeconds(6);

    /** For clients that still reach a former primary to show whether it acknowledges anything. */
    private static final Duration BESIDE_THE_NEXT_PRIMARY = Duration.ofSeconds(2);

    Relief inject(Fault fault, Cluster cluster) {
        String primary = host(cluster.primaryInstance().orElseThrow());
        List<String> replicas = cluster.instances().stream()
                .map(NetworkFaults::host)
                .filter(host -> !host.equals(primary))
                .toList();
        return switch (fault) {
            case HOST_VANISHES -> {
                network.unplug(primary);
                yield network::heal;
            }
            case ISOLATED -> {
                network.cutFrom(primary, replicas);
                network.cutFromScheduler(primary);
                yield healAfter(BESIDE_THE_NEXT_PRIMARY);
            }
            case REPLICATION_ONLY -> {
                network.cutFrom(primary, replicas);
                yield network::heal;
            }
            case CUT_FROM_SCHEDULER -> {
                network.cutFromScheduler(primary);
                yield healAfter(LONG_ENOUGH_TO_SUSPECT);
            }
            case REPLICA_ISOLATED -> {
                network.unplug(replicas.getFirst());
                yield healAfter(LONG_ENOUGH_TO_SUSPECT);
            }
            case REPLICAS_ISOLATED -> {
                replicas.forEach(network::unplug);
                yield network::heal;
            }
            default -> throw new IllegalArgumentException(fault + " is not one of a network.");
        };
    }

    private Relief healAfter(Duration span) {
        return () -> {
            Thread.sleep(span);
            network.heal();
        };
    }

    private static String host(Instance instance) {
        String endpoint = instance.mysqlEndpoint().orElseThrow();
        return endpoint.substring(0, endpoint.lastIndexOf(':'));
    }
}
