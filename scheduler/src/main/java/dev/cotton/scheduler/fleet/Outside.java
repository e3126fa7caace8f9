package dev.cotton.scheduler.fleet;

import dev.cotton.core.control.Planner;
import dev.cotton.core.port.Engine;
import dev.cotton.core.port.Executors;
import dev.cotton.core.port.StateStore;
import java.time.InstantSource;

/**
 * Everything that a leader reaches the world through during its term.
 *
 * @param wall for people and retention
 */
public record Outside(
        StateStore store, Engine engine, Executors executors, Secrets secrets, Planner planner, InstantSource wall)
        implements AutoCloseable {
    /** Lets executors and engine go; instances go on. */
    @Override
    public void close() {
        executors.close();
        engine.close();
    }
}
