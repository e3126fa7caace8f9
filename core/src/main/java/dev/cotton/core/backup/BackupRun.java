package dev.cotton.core.backup;

import dev.cotton.core.model.InstanceId;
import dev.cotton.core.wire.BackupId;
import dev.cotton.core.wire.BackupPlace;
import dev.cotton.core.wire.DataKey;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;

/**
 * A backup on its way, as it is persisted.
 *
 * @param key its secret is sealed
 * @param source whose data are copied; absent before one was found, and when a backup that is there is proven again
 * @param attempts that were begun
 * @param since when the present step was begun
 * @param secrets of the server that it is proven on, sealed for {@link #owner}
 * @param restoring how long the restore took; absent before it is over
 * @param failure why it is given up; empty while it is not
 */
public record BackupRun(
        BackupPlace place,
        DataKey key,
        Step step,
        boolean asked,
        Optional<InstanceId> source,
        int attempts,
        Instant begun,
        Instant since,
        String secrets,
        Optional<Duration> restoring,
        String failure) {
    /** In their order. */
    public enum Step {
        /** An instance copies its data into the store. */
        COPYING,
        /** A server of its own is made from what is in the store. */
        RESTORING,
        /** Every table is looked at there. */
        CHECKING,
        /** That server goes. */
        CLEANING
    }

    public BackupId id() {
        return place.id();
    }

    /** Whom the secrets of the server belong to that it is proven on. */
    public String owner() {
        return "proof-" + place.cluster();
    }

    /** The next step. */
    public BackupRun at(Step next, Instant now) {
        return new BackupRun(place, key, next, asked, source, attempts, begun, now, secrets, restoring, failure);
    }

    /** After so many attempts before. */
    public BackupRun afterAttempts(int before) {
        return new BackupRun(place, key, step, asked, source, before + 1, begun, since, secrets, restoring, failure);
    }

    /** The restore took that long. */
    public BackupRun restored(Duration time, Instant now) {
        return new BackupRun(
                place, key, Step.CHECKING, asked, source, attempts, begun, now, secrets, Optional.of(time), failure);
    }

    /** Given up: what was made for it goes. */
    public BackupRun failed(String why, Instant now) {
        return new BackupRun(place, key, Step.CLEANING, asked, source, attempts, begun, now, secrets, restoring, why);
    }
}
