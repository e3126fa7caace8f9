package dev.cotton.scheduler.app;

import dev.cotton.core.model.ClusterRecord;
import dev.cotton.core.model.InstanceId;
import dev.cotton.core.wire.Setup.Accounts;
import dev.cotton.scheduler.fleet.Secrets;
import dev.cotton.scheduler.security.ClusterSecrets;
import dev.cotton.scheduler.security.Keyring;
import java.util.Optional;

/** The fleet's secrets, sealed by a keyring. Thread-safe. */
record KeyringSecrets(Keyring keyring) implements Secrets {
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

    private ClusterSecrets open(ClusterRecord record) {
        return ClusterSecrets.open(keyring, record.uid(), record.secrets());
    }
}
