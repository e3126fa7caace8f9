package dev.cotton.scheduler.backup;

import dev.cotton.core.backup.BackupEntry;
import dev.cotton.core.backup.BackupSource;
import dev.cotton.core.model.ClusterRecord;
import dev.cotton.core.model.GtidSet;
import dev.cotton.core.model.InstanceId;
import dev.cotton.core.model.Member;
import dev.cotton.core.port.Executors.UnreachableException;
import dev.cotton.core.wire.Answer;
import dev.cotton.core.wire.ArchiveOrder;
import dev.cotton.core.wire.ArchivePlace;
import dev.cotton.core.wire.DataKey;
import dev.cotton.core.wire.Status;
import dev.cotton.scheduler.fleet.ClusterView;
import dev.cotton.scheduler.fleet.Secrets;
import java.util.Comparator;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Has whoever is the primary of one cluster keep its archive of binary logs, from the oldest proven backup on: without one
 * there is nothing to go on from, and no archive. For one thread at a time.
 */
final class Archiving {
    private static final Logger LOG = LoggerFactory.getLogger(Archiving.class);

    private final BackupDuty duty;
    private final ArchiveCatalog archives;
    private Optional<Told> told = Optional.empty();

    /**
     * What was told last.
     *
     * @param base absent when the archive was to end
     */
    private record Told(InstanceId primary, Optional<GtidSet> base) {}

    Archiving(BackupDuty duty) {
        this.duty = duty;
        this.archives = new ArchiveCatalog(duty.catalog());
    }

    /** Tells the primary what it was not told yet, or has forgotten. */
    void cycle(ClusterView view) {
        Optional<Member> primary = view.record().primaryMember().filter(_ -> BackupSource.isCalm(view.record()));
        Optional<Status> status =
                primary.map(Member::id).flatMap(id -> view.observation().status(id));
        // What is not known of the store is no reason to end anything.
        if (status.isEmpty() || duty.catalog().trouble().isPresent()) {
            return;
        }
        Optional<BackupEntry> oldest = oldest(view.record());
        Told next = new Told(primary.orElseThrow().id(), oldest.map(Archiving::executed));
        boolean kept = status.get().archive().isPresent();
        if (told.equals(Optional.of(next)) && kept == next.base().isPresent()) {
            return;
        }
        try {
            if (tell(view.record(), next.primary(), oldest)) {
                told = Optional.of(next);
            }
        } catch (UnreachableException silent) {
            LOG.debug("{}: {}", next.primary(), silent.getMessage());
        }
    }

    private Optional<BackupEntry> oldest(ClusterRecord record) {
        return duty.catalog().entries().stream()
                .filter(_ -> duty.settings().archive())
                .filter(entry -> entry.place().cluster().equals(record.uid()))
                .filter(BackupEntry::proven)
                .min(Comparator.comparing(BackupEntry::at));
    }

    private static GtidSet executed(BackupEntry entry) {
        return entry.manifest().executed().atLeast();
    }

    private boolean tell(ClusterRecord record, InstanceId primary, Optional<BackupEntry> oldest) {
        if (oldest.isEmpty()) {
            duty.outside().executors().stopArchive(primary);
            return true;
        }
        ArchivePlace place = oldest.get().place().archive();
        Secrets secrets = duty.outside().secrets();
        DataKey sealed = archives.key(place, () -> secrets.newArchiveKey(place));
        DataKey key = secrets.archiveKey(place, sealed.wrapped());
        Answer answer = duty.outside()
                .executors()
                .archive(primary, new ArchiveOrder(record.stamp(), place, key, executed(oldest.get())));
        if (answer.accepted()) {
            LOG.info("{} keeps the archive of the binary logs of {}.", primary, record.name());
        } else {
            LOG.debug("{} keeps no archive yet: {}", primary, answer.why());
        }
        return answer.accepted();
    }
}
