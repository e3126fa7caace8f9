package dev.cotton.executor.role;

import dev.cotton.core.model.DataSize;
import dev.cotton.core.wire.ExecutorConfig;
import dev.cotton.core.wire.Status.Usage;
import dev.cotton.executor.server.BinaryLogs;
import dev.cotton.executor.server.DataFolder;
import dev.cotton.executor.server.MemoryPlan;
import dev.cotton.executor.server.Meter;
import dev.cotton.executor.server.RotatingLog;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Every few seconds: keeps logs and binary logs bounded, and measures what the instance uses. */
final class Housekeeping implements Runnable {
    private static final Logger LOG = LoggerFactory.getLogger(Housekeeping.class);
    private static final Duration PACE = Duration.ofSeconds(5);

    private final Meter meter;
    private final List<RotatingLog> logs;
    private final StatusBoard board;
    private final BinlogPurge binlogs;

    /** @param server the run of mysqld that answers */
    Housekeeping(ExecutorConfig config, DataFolder folder, StatusBoard board, Supplier<Optional<Server>> server) {
        this.meter = new Meter(folder, config.resources().disk());
        this.logs = List.of(
                new RotatingLog(folder.mysqldLog()),
                new RotatingLog(folder.slowLog()),
                new RotatingLog(folder.executorLog()));
        this.board = board;
        DataSize budget = MemoryPlan.of(config.resources(), 0).binlogs();
        this.binlogs = new BinlogPurge(new BinaryLogs(folder), budget, board, server);
    }

    /** Until interrupted. */
    @Override
    public void run() {
        try {
            while (true) {
                round();
                purge();
                Thread.sleep(PACE);
            }
        } catch (InterruptedException stop) {
            LOG.debug("Housekeeping ends.");
        }
    }

    private void purge() {
        try {
            binlogs.run();
        } catch (RuntimeException failure) {
            LOG.warn("Binary logs were not purged, which is tried again: {}", failure.toString());
        }
    }

    private void round() {
        try {
            logs.forEach(RotatingLog::rotate);
            OptionalLong mysqld =
                    board.picture().usage().processId().map(OptionalLong::of).orElse(OptionalLong.empty());
            DataSize memory = meter.memory(mysqld);
            DataSize used = meter.diskUsed();
            DataSize free = meter.diskFree(used);
            board.update(picture -> picture.withUsage(
                    new Usage(picture.usage().processId(), picture.usage().restarts(), memory, used, free)));
        } catch (RuntimeException failure) {
            LOG.warn("Logs and usage were not looked after: {}", failure.toString());
        }
    }
}
