package dev.cotton.scheduler.rest.v1;

import dev.cotton.core.backup.BackupEntry;
import dev.cotton.core.backup.BackupPolicy;
import dev.cotton.core.backup.BackupProof;
import dev.cotton.core.wire.BackupManifest;
import dev.cotton.scheduler.fleet.Backups;
import dev.cotton.scheduler.rest.resource.BackupArchiveResource;
import dev.cotton.scheduler.rest.resource.BackupFailureResource;
import dev.cotton.scheduler.rest.resource.BackupPolicyResource;
import dev.cotton.scheduler.rest.resource.BackupProofResource;
import dev.cotton.scheduler.rest.resource.BackupResource;
import dev.cotton.scheduler.rest.resource.BackupRunResource;
import dev.cotton.scheduler.rest.resource.BackupStandingResource;
import dev.cotton.scheduler.rest.resource.BackupState;

/** Backups as the API shows them. */
final class BackupViews {
    private BackupViews() {}

    static BackupResource backup(BackupEntry entry) {
        BackupManifest manifest = entry.manifest();
        return new BackupResource(
                entry.place().id().value(),
                manifest.cluster().value(),
                manifest.uid(),
                entry.proven() ? BackupState.PROVEN : entry.refuted() ? BackupState.REFUTED : BackupState.UNPROVEN,
                manifest.instance().toString(),
                manifest.server().version(),
                manifest.executed().atLeast().toString(),
                manifest.sizes().data(),
                manifest.sizes().stored(),
                manifest.begun(),
                manifest.finished(),
                entry.proof().map(BackupViews::proof));
    }

    private static BackupProofResource proof(BackupProof proof) {
        return new BackupProofResource(
                proof.at(), proof.restoring(), proof.checking(), proof.tables(), proof.uncounted(), proof.failure());
    }

    static BackupRunResource run(Backups.Progress progress) {
        return new BackupRunResource(
                progress.run().id().value(),
                progress.cluster().value(),
                progress.run().step(),
                progress.run().asked(),
                progress.run().source().map(Object::toString),
                progress.run().attempts(),
                progress.run().begun(),
                progress.fraction(),
                progress.sentence());
    }

    static BackupStandingResource standing(Backups.Standing standing) {
        return new BackupStandingResource(
                standing.lastProven().map(BackupViews::backup),
                standing.running().map(BackupViews::run),
                standing.next(),
                standing.archive()
                        .map(report -> new BackupArchiveResource(
                                report.phase(), report.complete(), report.lag(), report.trouble())),
                policy(standing.policy()),
                standing.failures().stream()
                        .map(failure -> new BackupFailureResource(failure.id(), failure.at(), failure.why()))
                        .toList());
    }

    private static BackupPolicyResource policy(BackupPolicy policy) {
        return new BackupPolicyResource(
                policy.schedule(),
                policy.zone(),
                policy.keep(),
                policy.keepDaily(),
                policy.keepWeekly(),
                policy.keepMonthly());
    }

    static BackupPolicy policy(BackupPolicyResource wish) {
        return new BackupPolicy(
                wish.schedule(), wish.zone(), wish.keep(), wish.keepDaily(), wish.keepWeekly(), wish.keepMonthly());
    }
}
