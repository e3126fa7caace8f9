package dev.cotton.core.port;

import dev.cotton.core.model.ClusterRecord;
import java.util.List;
import java.util.Optional;

/**
 * Where cluster records are kept, together with what discovery shows of them.
 *
 * <p>Every write is one transaction that also checks that this scheduler's term is still the current one: a deposed
 * leader cannot write. The same transaction keeps the index of names in use and the discovery nodes in step with the
 * members' {@code announced} and {@code endpoint}, so that no reader ever sees two primaries. Thread-safe. Each call
 * returns within the store's operation timeout.
 */
public interface StateStore {
    /** Every record, binned ones included. */
    List<ClusterRecord> load();

    /** The record of the cluster with that uid, as it is stored now. */
    Optional<ClusterRecord> read(String uid);

    /**
     * Writes a new record.
     *
     * @throws NameTakenException when another cluster holds the name; nothing was written
     * @throws StateException see {@link #replace}
     */
    void create(ClusterRecord record);

    /**
     * Replaces {@code current} by {@code next}, whose version is one higher.
     *
     * @throws NameTakenException when {@code next} takes a name that another cluster holds; nothing was written
     * @throws StaleRecordException when the stored version is not {@code current}'s; nothing was written
     * @throws DeposedException when another leader's term has begun; nothing was written
     * @throws OutcomeUnknownException when the connection was lost on the way: it was written, or it was not; read it
     *     again before anything else is done
     */
    void replace(ClusterRecord current, ClusterRecord next);

    /** Removes {@code current} for good, with its discovery node. Errors as {@link #replace}. */
    void remove(ClusterRecord current);

    /** The root of all errors of a store: a sentence for people. */
    class StateException extends RuntimeException {
        public StateException(String message) {
            super(message);
        }

        public StateException(String message, Throwable cause) {
            super(message, cause);
        }
    }

    /** The name is another cluster's. */
    final class NameTakenException extends StateException {
        public NameTakenException(String message) {
            super(message);
        }
    }

    /** Somebody else has written in between. */
    final class StaleRecordException extends StateException {
        public StaleRecordException(String message) {
            super(message);
        }
    }

    /** This scheduler leads no longer. */
    final class DeposedException extends StateException {
        public DeposedException(String message) {
            super(message);
        }
    }

    /** Written or not: nobody knows yet. */
    final class OutcomeUnknownException extends StateException {
        public OutcomeUnknownException(String message, Throwable cause) {
            super(message, cause);
        }
    }
}
