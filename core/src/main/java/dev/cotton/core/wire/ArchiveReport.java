package dev.cotton.core.wire;

import dev.cotton.core.model.DataSize;
import dev.cotton.core.model.GtidSet;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;

/**
 * How the archive of binary logs goes.
 *
 * @param archived the transactions that the archive has, as far as this executor has looked
 * @param upTo when the latest of them that this executor wrote was committed
 * @param complete all that was committed before that is in the archive, by the clock of the host
 * @param lag since {@code complete}: what a restore could miss. A few seconds, also while nothing is committed
 * @param written to the store since the order
 * @param trouble a sentence on what is wrong; empty when nothing is
 */
public record ArchiveReport(
        Phase phase,
        GtidSet archived,
        Optional<Instant> upTo,
        Instant complete,
        Duration lag,
        DataSize written,
        String trouble) {
    private static final int STEP_SECONDS = 5;

    public enum Phase {
        /** What there is in the store is looked at, or nothing is to be written yet. */
        WAITING,
        /** What is committed is in the store, or soon. */
        RUNNING,
        /** It cannot be written for now, which is tried again: nothing is lost, and nothing purged. */
        FAILED
    }

    /** The same with the lag at {@code now}. */
    public ArchiveReport at(Instant now) {
        Duration since = Duration.between(complete, now);
        return new ArchiveReport(
                phase, archived, upTo, complete, since.isNegative() ? Duration.ZERO : since, written, trouble);
    }

    /** The same, without differences that come with each transaction. */
    public ArchiveReport inSteps() {
        return new ArchiveReport(
                phase,
                GtidSet.EMPTY,
                Optional.empty(),
                Instant.EPOCH,
                Duration.ofSeconds(lag.toSeconds() / STEP_SECONDS * STEP_SECONDS),
                new DataSize(0),
                trouble);
    }
}
