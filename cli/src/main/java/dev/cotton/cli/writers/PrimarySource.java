package dev.cotton.cli.writers;

import java.util.function.Consumer;

/** Knows who the primary is. Thread-safe. */
interface PrimarySource extends AutoCloseable {
    Primary primary();

    /** @param changed is told of every other primary from now on, on any thread */
    void start(Consumer<Primary> changed);

    @Override
    void close();
}
