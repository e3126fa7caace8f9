package dev.cotton.scheduler.fleet;

import dev.cotton.core.control.Planner;
import dev.cotton.core.port.Engine;
import dev.cotton.core.port.Executors;
import dev.cotton.core.port.StateStore;
import java.time.InstantSource;

/**
 * Everything that a fleet reaches the world through.
 *
 * @param wall for people and retention
 */
public record Outside(
        StateStore store, Engine engine, Executors executors, Secrets secrets, Planner planner, InstantSource wall) {}
