package dev.cotton.scheduler.rest.resource;

/**
 * A piece of a log.
 *
 * @param next the offset that continues after {@code text}
 */
public record LogResource(String text, long next) {}
