package dev.cotton.scheduler.rest.resource;

import java.time.Instant;
import java.util.Optional;

/** A step of an operation, done once {@code finishedAt} is there. */
public record StepResource(String name, Optional<Instant> finishedAt) {}
