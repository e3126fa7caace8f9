package dev.cotton.scheduler.app;

import dev.cotton.core.model.InstanceId;
import dev.cotton.core.wire.ArchivePlace;
import dev.cotton.core.wire.BackupPlace;
import dev.cotton.core.wire.DataKey;
import dev.cotton.core.wire.Setup.Accounts;
import dev.cotton.scheduler.fleet.Secrets;
import dev.cotton.scheduler.security.ClusterSecrets;
import dev.cotton.scheduler.security.Keyring;
import java.security.SecureRandom;
import java.util.Base64;
import java.util.Optional;

/** The fleet's secrets, sealed by a keyring. Thread-safe. */
record KeyringSecrets(Keyring keyring) implements Secrets {
    private static final String BACKUP_KEY = "backup-key";
    private static final String ARCHIVE_KEY = "archive-key";
    private static final int KEY_BYTES = 32;

    @Override
    public String seal(String uid, Optional<String> password) {
        return ClusterSecrets.generate(password).seal(keyring, uid);
    }

    @Override
    public Accounts accounts(String uid, String sealed, String user) {
        return ClusterSecrets.open(keyring, uid, sealed).accounts(user);
    }

    @Override
    public String enrolmentToken(String uid, String sealed, InstanceId instance) {
        return ClusterSecrets.open(keyring, uid, sealed).enrolmentToken(instance);
    }

    @Override
    public DataKey backupKey(BackupPlace place, String wrapped) {
        return opened(BACKUP_KEY, place.binding(), wrapped);
    }

    @Override
    public DataKey newBackupKey(BackupPlace place) {
        return fresh(BACKUP_KEY, place.binding());
    }

    @Override
    public DataKey archiveKey(ArchivePlace place, String wrapped) {
        return opened(ARCHIVE_KEY, place.binding(), wrapped);
    }

    @Override
    public DataKey newArchiveKey(ArchivePlace place) {
        return fresh(ARCHIVE_KEY, place.binding());
    }

    private DataKey opened(String purpose, String binding, String wrapped) {
        byte[] secret = keyring.open(purpose, binding, wrapped);
        return new DataKey(Base64.getEncoder().encodeToString(secret), keyring.id(), wrapped);
    }

    private DataKey fresh(String purpose, String binding) {
        byte[] secret = new byte[KEY_BYTES];
        new SecureRandom().nextBytes(secret);
        String wrapped = keyring.seal(purpose, binding, secret);
        return new DataKey(Base64.getEncoder().encodeToString(secret), keyring.id(), wrapped);
    }
}
