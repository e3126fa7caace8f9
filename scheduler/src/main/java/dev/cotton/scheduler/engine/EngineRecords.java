package dev.cotton.scheduler.engine;

import java.util.List;

/**
 * Where an engine's own records are kept. Each write also checks that this scheduler's term is still the current one.
 * Thread-safe.
 *
 * <p>Writes throw {@link dev.cotton.core.port.StateStore.DeposedException} when another leader's term has begun, nothing
 * written then; and {@link dev.cotton.core.port.StateStore.OutcomeUnknownException} when the connection was lost on the
 * way: the same write is tried again then. Any call may throw another
 * {@link dev.cotton.core.port.StateStore.StateException}.
 *
 * @param <R> the kind of record; each has a name among those of its kind
 */
public interface EngineRecords<R> {
    List<R> load();

    /** Writes a record, whether there was one of that name or not. */
    void save(R record);

    /** Removes the record of that name; does nothing when there is none. */
    void remove(String name);
}
