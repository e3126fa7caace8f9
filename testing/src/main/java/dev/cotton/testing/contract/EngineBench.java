package dev.cotton.testing.contract;

import dev.cotton.core.model.InstanceId;
import dev.cotton.core.port.Engine;
import java.util.Optional;

/** An engine in a small world of its own, and what can be done to that world. */
public interface EngineBench extends AutoCloseable {
    /** The engine that is open now. */
    Engine engine();

    /** Closes the engine and opens another one on the same world, as a new leader does. */
    Engine reopen();

    /** Something that stays the same for as long as the executor of {@code id} is not started again; empty while none runs. */
    Optional<String> executor(InstanceId id);

    /** Ends the executor of {@code id}, unasked. */
    void crash(InstanceId id);

    /** Takes the data of {@code id} away behind the engine's back. */
    void loseData(InstanceId id);

    /** What is remembered by the data of {@code id}, wherever they are kept; empty when there are none. */
    Optional<String> data(InstanceId id);

    @Override
    void close();
}
