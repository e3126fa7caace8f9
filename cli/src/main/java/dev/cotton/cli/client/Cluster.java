package dev.cotton.cli.client;

import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * A cluster, live or in the bin.
 *
 * @param state for instance {@code healthy}
 * @param why the evidence for the state, a sentence
 * @param power {@code on} or {@code off}
 * @param binnedUntil when the data of a deleted cluster are destroyed
 */
public record Cluster(
        String name,
        String state,
        String why,
        String power,
        String clusterUrl,
        Instant createdAt,
        Optional<Instant> binnedUntil,
        Optional<String> primary,
        Spec spec,
        InSync inSync,
        List<Instance> instances,
        List<Operation> operations,
        Optional<Backup.Standing> backups) {
    public Cluster {
        instances = List.copyOf(instances);
        operations = List.copyOf(operations);
    }

    /** What was asked for. */
    public record Spec(
            int instances,
            Size size,
            String durability,
            String user,
            Map<String, String> options,
            Placement placement) {
        public Spec {
            options = Map.copyOf(options);
        }
    }

    /**
     * Where instances go.
     *
     * @param role in Mesos; absent: the scheduler's own
     * @param diskType {@code root} or {@code mount}
     */
    public record Placement(boolean shareHosts, Optional<String> role, String diskType) {}

    /** What one instance gets. */
    public record Size(double cpus, String mem, String disk) {}

    /**
     * The members that a commit counts on.
     *
     * @param ackCount replicas that must have received a commit before it is acknowledged
     */
    public record InSync(List<String> members, int ackCount) {
        public InSync {
            members = List.copyOf(members);
        }
    }

    public Optional<Instance> primaryInstance() {
        return primary.flatMap(this::instance);
    }

    public Optional<Instance> instance(String id) {
        return instances.stream().filter(each -> each.id().equals(id)).findFirst();
    }

    /** Whether it is healthy, every instance is in sync that there is to be, and nothing goes on that somebody asked for. */
    public boolean isWhole() {
        return state.equals("healthy")
                && primary.isPresent()
                && running().isEmpty()
                && inSync.members().size() == spec.instances();
    }

    /** The operation that goes on, if there is one. */
    public Optional<Operation> running() {
        return operations.reversed().stream().filter(Operation::isRunning).findFirst();
    }
}
