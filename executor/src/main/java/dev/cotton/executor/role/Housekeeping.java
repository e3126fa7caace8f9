package dev.cotton.executor.role;

import dev.cotton.core.model.DataSize;
import dev.cotton.core.model.GtidSet;
import dev.cotton.core.wire.ExecutorConfig;
import dev.cotton.core.wire.Status.Room;
import dev.cotton.core.wire.Status.Usage;
import dev.cotton.executor.server.BinaryLogs;
import dev.cotton.executor.server.DataFolder;
import dev.cotton.executor.server.MemoryPlan;
import dev.cotton.executor.server.Meter;
import dev.cotton.executor.server.RotatingLog;
import dev.cotton.executor.server.Sandbox;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Objects;
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
    private final Optional<Sandbox> sandbox;
    private final List<RotatingLog> logs;
    private final StatusBoard board;
    private final BinlogPurge binlogs;

    /**
     * @param sandbox that the executor lives in, if somebody limits it
     * @param server the run of mysqld that answers
     * @param archived as of {@link BinlogPurge}
     */
    Housekeeping(
            ExecutorConfig config,
            DataFolder folder,
            Optional<Sandbox> sandbox,
            StatusBoard board,
            Supplier<Optional<Server>> server,
            Supplier<GtidSet> archived) {
        this.meter = new Meter(
                folder, quarantineOnDisk(config, folder), config.resources().disk());
        this.sandbox = sandbox;
        this.logs = List.of(
                new RotatingLog(folder.mysqldLog()),
                new RotatingLog(folder.slowLog()),
                new RotatingLog(folder.executorLog()));
        this.board = board;
        DataSize budget = MemoryPlan.of(config.resources(), 0).binlogs();
        this.binlogs = new BinlogPurge(new BinaryLogs(folder), budget, board, server, archived);
    }

    /** On a fleet it lies beside the instance, on the same volume; on one machine all instances of a cluster share one. */
    private static List<Path> quarantineOnDisk(ExecutorConfig config, DataFolder folder) {
        return config
                .quarantine()
                .map(Path::of)
                .filter(place -> Objects.equals(place.getParent(), folder.root().getParent()))
                .stream()
                .toList();
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
            Optional<Room> ofSandbox = sandbox.map(Sandbox::room);
            board.update(picture -> picture.withUsage(
                    new Usage(picture.usage().processId(), picture.usage().restarts(), memory, used, free, ofSandbox)));
        } catch (RuntimeException failure) {
            LOG.warn("Logs and usage were not looked after: {}", failure.toString());
        }
    }
}
