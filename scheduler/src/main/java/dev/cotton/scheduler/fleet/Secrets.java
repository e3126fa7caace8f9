package dev.cotton.scheduler.fleet;

import dev.cotton.core.model.ClusterRecord;
import dev.cotton.core.model.InstanceId;
import dev.cotton.core.wire.ArchivePlace;
import dev.cotton.core.wire.BackupPlace;
import dev.cotton.core.wire.DataKey;
import dev.cotton.core.wire.Setup.Accounts;
import java.util.Optional;

/** What the fleet needs of the keyring. Thread-safe. */
public interface Secrets {
    /**
     * Makes and seals the secrets of a new cluster.
     *
     * @param password of the cluster's user; generated when absent
     */
    String seal(String uid, Optional<String> password);

    /** The secrets that an executor of this cluster needs. */
    default Accounts accounts(ClusterRecord record) {
        return accounts(record.uid(), record.secrets(), record.spec().user());
    }

    /**
     * The secrets that an executor needs.
     *
     * @param uid whose they are
     * @param sealed as {@link #seal} gave them
     * @param user of the cluster
     */
    Accounts accounts(String uid, String sealed, String user);

    /** A new key for the data of a backup. */
    DataKey newBackupKey(BackupPlace place);

    /**
     * The key that the data of a backup are encrypted with.
     *
     * @param wrapped as it is kept beside the data
     */
    DataKey backupKey(BackupPlace place, String wrapped);

    /** A new key for an archive of binary logs. */
    DataKey newArchiveKey(ArchivePlace place);

    /**
     * The key that an archive is encrypted with.
     *
     * @param wrapped as it is kept beside the archive
     */
    DataKey archiveKey(ArchivePlace place, String wrapped);

    /** The one-time enrolment token of an instance, base64; always the same for the same instance. */
    default String enrolmentToken(ClusterRecord record, InstanceId instance) {
        return enrolmentToken(record.uid(), record.secrets(), instance);
    }

    /** As {@link #enrolmentToken(ClusterRecord, InstanceId)}, with secrets as {@link #seal} gave them. */
    String enrolmentToken(String uid, String sealed, InstanceId instance);
}
