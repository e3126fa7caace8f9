package dev.cotton.scheduler.rest.resource;

import dev.cotton.core.wire.ArchiveReport;
import java.time.Duration;
import java.time.Instant;

/**
 * The archive of a cluster's binary logs.
 *
 * @param complete until when all that was committed is in it
 * @param lag since then
 * @param why what is wrong; empty when nothing is
 */
public record BackupArchiveResource(ArchiveReport.Phase phase, Instant complete, Duration lag, String why) {}
