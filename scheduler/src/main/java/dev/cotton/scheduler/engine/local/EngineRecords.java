package dev.cotton.scheduler.engine.local;

import dev.cotton.core.model.InstanceId;
import java.util.List;

/**
 * Where the engine's own records are kept. Each write also checks that this scheduler's term is still the current one.
 * Thread-safe.
 *
 * <p>Writes throw {@link dev.cotton.core.port.StateStore.DeposedException} when another leader's term has begun, nothing
 * written then; and {@link dev.cotton.core.port.StateStore.OutcomeUnknownException} when the connection was lost on the
 * way: the same write is tried again then. Any call may throw another
 * {@link dev.cotton.core.port.StateStore.StateException}.
 */
public interface EngineRecords {
    List<PlacedInstance> load();

    /** Writes a record, whether there was one of that instance or not. */
    void save(PlacedInstance instance);

    /** Removes a record; does nothing when there is none. */
    void remove(InstanceId id);
}
