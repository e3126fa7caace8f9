package dev.cotton.core.port;

import dev.cotton.core.model.InstanceId;
import dev.cotton.core.model.Ports;
import dev.cotton.core.wire.Answer;
import dev.cotton.core.wire.ArchiveOrder;
import dev.cotton.core.wire.Assignment;
import dev.cotton.core.wire.BackupId;
import dev.cotton.core.wire.BackupOrder;
import dev.cotton.core.wire.QuarantineEntry;
import dev.cotton.core.wire.QuarantineId;
import dev.cotton.core.wire.SchemaChange;
import dev.cotton.core.wire.Setup;
import dev.cotton.core.wire.Status;
import dev.cotton.core.wire.Trust;
import dev.cotton.core.wire.VerificationOrder;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * The scheduler's connections to all executors. Enrols an executor that asks for it, then keeps one long poll to each.
 * Thread-safe.
 */
public interface Executors extends AutoCloseable {
    /**
     * What was heard last.
     *
     * @param status empty when nothing was ever heard since {@link #watch}
     * @param silence since the last answer, or since {@link #watch}
     * @param reachable whether the last attempt got an answer
     * @param trouble the last error in a sentence, empty when reachable
     */
    record Heard(Optional<Status> status, Duration silence, boolean reachable, String trouble) {}

    /**
     * Starts (or goes on) listening to an instance at {@code ports}; enrols it with {@code token} when it asks.
     *
     * @param onNews called on any thread after each change of what {@link #heard} says; must return soon
     */
    void watch(InstanceId id, Ports ports, String token, Runnable onNews);

    /** Stops listening. */
    void forget(InstanceId id);

    /** What is known now, without IO. */
    Heard heard(InstanceId id);

    /** @throws UnreachableException when no answer came; the command may have arrived */
    Answer setup(InstanceId id, Setup setup);

    /** @throws UnreachableException when no answer came; the command may have arrived */
    Answer assign(InstanceId id, Assignment assignment);

    /** @throws UnreachableException when no answer came; the command may have arrived */
    Answer trust(InstanceId id, Trust trust);

    /** @throws UnreachableException when no answer came; the command may have arrived */
    Answer backUp(InstanceId id, BackupOrder order);

    /**
     * Ends that backup, if it is being made.
     *
     * @throws UnreachableException when no answer came; the command may have arrived
     */
    void cancelBackup(InstanceId id, BackupId backup);

    /** @throws UnreachableException when no answer came; the command may have arrived */
    Answer verify(InstanceId id, VerificationOrder order);

    /**
     * Has the executor of a primary keep its cluster's archive of binary logs.
     *
     * @throws UnreachableException when no answer came; the command may have arrived
     */
    Answer archive(InstanceId id, ArchiveOrder order);

    /**
     * Ends that, and lets the server purge again what is not archived; nothing happens when there is none.
     *
     * @throws UnreachableException when no answer came; the command may have arrived
     */
    void stopArchive(InstanceId id);

    /**
     * A piece of one of the instance's logs.
     *
     * @param log {@code mysqld} or {@code executor}
     * @param offset where to begin in bytes; negative counts from the end
     * @throws UnreachableException when no answer came
     */
    LogPiece log(InstanceId id, String log, long offset, int limit);

    /**
     * The statements in the instance's binary logs that changed schemas since {@code after}.
     *
     * @throws UnreachableException when no answer came
     */
    SchemaChange.Found schemaChanges(InstanceId id, Instant after);

    /** {@code next} is the offset that continues after {@code text}. */
    record LogPiece(String text, long next) {}

    /**
     * What is saved of the instance's cluster on its machine, the oldest first.
     *
     * @throws UnreachableException when no answer came
     */
    List<QuarantineEntry> quarantine(InstanceId id);

    /**
     * A piece of the text of an entry, as the executor of {@code id} has it.
     *
     * @return at most {@code limit} bytes; none after the end
     * @throws UnreachableException when no answer came, or when it does not have that entry
     */
    byte[] quarantineText(InstanceId id, QuarantineId entry, long offset, int limit);

    /**
     * Has the executor of {@code id} destroy an entry; nothing happens when there is none of that name.
     *
     * @throws UnreachableException when no answer came; the entry may be gone
     */
    void discard(InstanceId id, QuarantineId entry);

    @Override
    void close();

    /** No answer came in time. */
    final class UnreachableException extends RuntimeException {
        public UnreachableException(String message, @Nullable Throwable cause) {
            super(message, cause);
        }
    }
}
