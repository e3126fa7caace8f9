package dev.cotton.fleet;

import dev.cotton.core.backup.Retention;
import dev.cotton.core.wire.ExecutorConfig.Programs;
import dev.cotton.scheduler.app.EngineSettings;
import dev.cotton.scheduler.app.Scheduler;
import dev.cotton.scheduler.app.SchedulerSettings;
import dev.cotton.scheduler.backup.BackupSettings;
import dev.cotton.scheduler.engine.local.LocalEngineSettings;
import dev.cotton.scheduler.engine.local.placement.Host;
import dev.cotton.scheduler.engine.local.placement.PortRange;
import dev.cotton.scheduler.rest.RestSettings;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;

/** A scheduler as a process of its own, so that a test can kill it. Arguments: ZooKeeper's URL, data folder, API port, first instance port, bin retention, hosts. */
public final class SchedulerMain {
    private SchedulerMain() {}

    public static void main(String[] arguments) throws InterruptedException {
        Path data = Path.of(arguments[1]);
        int firstPort = Integer.parseInt(arguments[3]);
        SchedulerSettings settings = new SchedulerSettings(
                arguments[0],
                data.resolveSibling("keyring"),
                true,
                Duration.parse(arguments[4]),
                Optional.of(new BackupSettings(
                        "file://" + data.resolveSibling("backups"),
                        Optional.empty(),
                        Retention.ORDINARY,
                        Optional.empty(),
                        true)),
                RestSettings.local(Integer.parseInt(arguments[2])),
                new EngineSettings.Local(new LocalEngineSettings(
                        data,
                        Arrays.stream(arguments)
                                .skip(5)
                                .map(SchedulerMain::host)
                                .toList(),
                        new PortRange(firstPort, firstPort + 199),
                        Path.of(System.getProperty("cotton.executor.package")),
                        Path.of(System.getProperty("java.home")),
                        LocalEngineSettings.ORDINARY_ACCOUNT)),
                "test");
        Programs programs = new Programs(
                System.getProperty("cotton.test.mysqld"),
                System.getProperty("cotton.test.mysql"),
                System.getProperty("cotton.test.mysqlbinlog"));
        Scheduler scheduler = Scheduler.start(settings, () -> programs);
        Runtime.getRuntime().addShutdownHook(new Thread(scheduler::close, "stop"));
        System.out.println("UP " + scheduler.url());
        Thread.currentThread().join();
    }

    /** A host without a room of its own as one argument. */
    static String argument(Host host) {
        return host.name() + "," + host.address() + "," + String.join(" ", host.launchPrefix());
    }

    private static Host host(String argument) {
        List<String> parts = List.of(argument.split(","));
        return new Host(parts.get(0), parts.get(1), List.of(parts.get(2).split(" ")), Optional.empty());
    }
}
