package dev.cotton.scheduler.app;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.cotton.core.model.InstanceId;
import dev.cotton.scheduler.engine.mesos.TokenSeal;
import dev.cotton.scheduler.security.Keyring;

/** The tokens of instances on a fleet, sealed by a keyring. Thread-safe. */
record KeyringTokens(Keyring keyring) implements TokenSeal {
    private static final String PURPOSE = "enrolment-token";

    @Override
    public String seal(InstanceId instance, String token) {
        return keyring.seal(PURPOSE, instance.toString(), token.getBytes(UTF_8));
    }

    @Override
    public String open(InstanceId instance, String sealed) {
        return new String(keyring.open(PURPOSE, instance.toString(), sealed), UTF_8);
    }
}
