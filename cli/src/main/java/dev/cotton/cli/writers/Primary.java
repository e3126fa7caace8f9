package dev.cotton.cli.writers;

import java.util.OptionalLong;

/**
 * Whom to write to, and where.
 *
 * @param instance for instance {@code demo-1}
 * @param endpoint {@code <address>:<port>}
 * @param epoch absent for a writer that does not ask who is the primary
 */
public record Primary(String instance, String endpoint, OptionalLong epoch) {}
