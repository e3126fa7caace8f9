package dev.cotton.scheduler.rest.resource;

import java.time.Instant;

/** What is running here, and since when. */
public record VersionResource(String version, String java, Instant startedAt) {}
