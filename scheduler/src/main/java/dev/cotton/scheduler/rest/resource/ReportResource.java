package dev.cotton.scheduler.rest.resource;

import dev.cotton.core.model.DataSize;
import dev.cotton.core.wire.Lifecycle;
import java.time.Duration;
import java.util.Optional;

/**
 * What an executor says.
 *
 * @param version of the executor
 * @param detail a sentence on {@code lifecycle}
 * @param progress 0 to 1 while preparing
 * @param memory in use by the instance
 * @param sandboxUsed beside the instance's disk, on a fleet
 * @param restarts how often mysqld was started again after exiting by itself
 * @param processId mysqld's
 */
public record ReportResource(
        String version,
        Duration uptime,
        Lifecycle lifecycle,
        String detail,
        Optional<Double> progress,
        Optional<AssignedResource> assigned,
        DataSize memory,
        DataSize diskUsed,
        DataSize diskFree,
        Optional<DataSize> sandboxUsed,
        Optional<DataSize> sandboxFree,
        long restarts,
        Optional<Long> processId) {}
