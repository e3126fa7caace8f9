package dev.cotton.scheduler.rest.resource;

import dev.cotton.core.control.Assessment.State;
import dev.cotton.core.model.ClusterRecord.Phase;
import dev.cotton.core.model.ClusterRecord.Power;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/**
 * A cluster.
 *
 * @param why a sentence with the evidence for {@code state}
 * @param clusterUrl where clients find the members in ZooKeeper
 * @param binnedUntil when the data of a deleted cluster are destroyed
 * @param primary the id of the instance that takes writes
 * @param pause present while nothing fails over by itself
 * @param operations the newest last
 * @param backups absent when none are made here
 */
public record ClusterResource(
        String name,
        String uid,
        State state,
        String why,
        Phase phase,
        Power power,
        String clusterUrl,
        Instant createdAt,
        Optional<Instant> binnedUntil,
        long epoch,
        long term,
        long version,
        Optional<String> primary,
        Optional<PauseResource> pause,
        SpecResource spec,
        InSyncResource inSync,
        List<InstanceResource> instances,
        List<OperationResource> operations,
        Optional<BackupStandingResource> backups) {
    public ClusterResource {
        instances = List.copyOf(instances);
        operations = List.copyOf(operations);
    }
}
