package dev.cotton.scheduler.rest.resource;

import java.time.Instant;

/** A backup that was not made, or not proven. */
public record BackupFailureResource(String id, Instant at, String why) {}
