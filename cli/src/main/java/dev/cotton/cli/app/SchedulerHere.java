package dev.cotton.cli.app;

import dev.cotton.cli.ExitCode;
import dev.cotton.cli.Failure;
import dev.cotton.cli.machine.DataFolder;
import dev.cotton.cli.up.SchedulerOptions;
import dev.cotton.cli.up.SchedulerProgram;
import dev.cotton.core.port.Installation;
import dev.cotton.core.wire.ExecutorConfig.Programs;
import dev.cotton.scheduler.app.Hopeless;
import dev.cotton.scheduler.app.Scheduler;
import dev.cotton.scheduler.app.SchedulerSettings;
import java.net.URI;
import java.util.Optional;
import java.util.concurrent.ExecutionException;
import java.util.function.BooleanSupplier;
import java.util.function.Supplier;

/** Starts a scheduler in this process, with a ZooKeeper of its own unless another one is named. */
final class SchedulerHere implements SchedulerProgram {
    private final BooleanSupplier verbose;

    SchedulerHere(BooleanSupplier verbose) {
        this.verbose = verbose;
    }

    private record Here(Scheduler scheduler, Optional<OwnZooKeeper> zooKeeper) implements Serving {
        @Override
        public URI url() {
            return URI.create(scheduler.url());
        }

        @Override
        public Failure awaitTrouble() throws InterruptedException {
            try {
                Hopeless trouble = scheduler.hopeless().get();
                return new Failure(
                        switch (trouble.cause()) {
                            case LOGIN -> ExitCode.FORBIDDEN;
                            case SETTINGS -> ExitCode.USAGE;
                        },
                        trouble.why());
            } catch (ExecutionException failed) {
                return new Failure(ExitCode.FAILED, "The scheduler failed: " + failed.getMessage(), failed);
            }
        }

        @Override
        public void close() {
            scheduler.close();
            zooKeeper.ifPresent(OwnZooKeeper::close);
        }
    }

    @Override
    public Serving start(DataFolder folder, SchedulerOptions options, Log log, Supplier<Installation> mysql) {
        Logging.to(log, folder, verbose.getAsBoolean());
        Optional<OwnZooKeeper> zooKeeper = Optional.empty();
        try {
            SettingsOf settings = new SettingsOf(folder, options);
            settings.prepare();
            zooKeeper = options.zkUrl().isEmpty() ? Optional.of(OwnZooKeeper.start(folder)) : Optional.empty();
            SchedulerSettings complete =
                    settings.with(zooKeeper.map(OwnZooKeeper::url).orElseGet(settings::zkUrl));
            return new Here(Scheduler.start(complete, () -> programs(mysql.get())), zooKeeper);
        } catch (IllegalArgumentException wrong) {
            zooKeeper.ifPresent(OwnZooKeeper::close);
            throw new Failure(ExitCode.USAGE, String.valueOf(wrong.getMessage()), wrong);
        } catch (RuntimeException failed) {
            zooKeeper.ifPresent(OwnZooKeeper::close);
            throw new Failure(ExitCode.FAILED, "The scheduler did not start: " + failed.getMessage(), failed);
        }
    }

    private static Programs programs(Installation installation) {
        return new Programs(
                installation.mysqld().toString(),
                installation.mysql().toString(),
                installation.mysqlbinlog().toString());
    }
}
