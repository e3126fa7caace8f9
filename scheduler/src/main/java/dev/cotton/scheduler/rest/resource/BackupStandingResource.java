package dev.cotton.scheduler.rest.resource;

import java.time.Instant;
import java.util.List;
import java.util.Optional;

/**
 * How a cluster is backed up.
 *
 * @param lastProven the newest that is proven
 * @param next when the next one is due
 * @param archive absent while none is kept
 * @param policy of this cluster alone
 * @param failures of late, the newest last
 */
public record BackupStandingResource(
        Optional<BackupResource> lastProven,
        Optional<BackupRunResource> running,
        Optional<Instant> next,
        Optional<BackupArchiveResource> archive,
        BackupPolicyResource policy,
        List<BackupFailureResource> failures) {
    public BackupStandingResource {
        failures = List.copyOf(failures);
    }
}
