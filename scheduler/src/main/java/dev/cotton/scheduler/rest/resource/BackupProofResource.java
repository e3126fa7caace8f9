package dev.cotton.scheduler.rest.resource;

import java.time.Duration;
import java.time.Instant;

/**
 * What came of restoring a backup into a server of its own.
 *
 * @param restoring how long the restore took
 * @param uncounted tables that were checked, and of which rows could not be compared
 * @param why a sentence when it failed; empty otherwise
 */
public record BackupProofResource(
        Instant at, Duration restoring, Duration checking, int tables, int uncounted, String why) {}
