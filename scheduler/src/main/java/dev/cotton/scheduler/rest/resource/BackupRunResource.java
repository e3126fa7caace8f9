package dev.cotton.scheduler.rest.resource;

import dev.cotton.core.backup.BackupRun;
import java.time.Instant;
import java.util.Optional;

/**
 * A backup that is being made or proven.
 *
 * @param asked whether a person asked for it
 * @param source the instance whose data are copied
 * @param progress of the step, 0 to 1
 * @param why a sentence
 */
public record BackupRunResource(
        String id,
        String cluster,
        BackupRun.Step step,
        boolean asked,
        Optional<String> source,
        int attempts,
        Instant begunAt,
        Optional<Double> progress,
        String why) {}
