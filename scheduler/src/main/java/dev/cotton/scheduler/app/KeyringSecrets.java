package dev.cotton.scheduler.app;

import dev.cotton.core.model.ClusterRecord;
import dev.cotton.core.model.InstanceId;
import dev.cotton.core.wire.BackupPlace;
import dev.cotton.core.wire.DataKey;
import dev.cotton.core.wire.Setup.Accounts;
import dev.cotton.scheduler.fleet.Secrets;
import dev.cotton.scheduler.security.ClusterSecrets;
import dev.cotton.scheduler.security.Keyring;
import java.util.Base64;
import java.util.Optional;

/** The fleet's secrets, sealed by a keyring. Thread-safe. */
record KeyringSecrets(Keyring keyring) implements Secrets {
    private static final String BACKUP_KEY = "backup-key";

    @Override
    public String seal(String uid, Optional<String> password) {
        return ClusterSecrets.generate(password).seal(keyring, uid);
    }

    @Override
    public Accounts accounts(ClusterRecord record) {
        return open(record).accounts(record.spec().user());
    }

    @Override
    public String enrolmentToken(ClusterRecord record, InstanceId instance) {
        return open(record).enrolmentToken(instance);
    }

    @Override
    public DataKey backupKey(BackupPlace place, String wrapped) {
        byte[] secret = keyring.open(BACKUP_KEY, place.binding(), wrapped);
        return new DataKey(Base64.getEncoder().encodeToString(secret), keyring.id(), wrapped);
    }

    private ClusterSecrets open(ClusterRecord record) {
        return ClusterSecrets.open(keyring, record.uid(), record.secrets());
    }
}
