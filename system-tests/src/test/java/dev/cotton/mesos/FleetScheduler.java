package dev.cotton.mesos;

import dev.cotton.core.wire.MesosTask;
import dev.cotton.fleet.SchedulerProcess;
import dev.cotton.mysql.TestMysql;
import dev.cotton.scheduler.app.EngineSettings;
import dev.cotton.scheduler.app.Scheduler;
import dev.cotton.scheduler.app.SchedulerSettings;
import dev.cotton.scheduler.engine.mesos.MesosSettings;
import dev.cotton.scheduler.engine.mesos.MesosSettings.Patience;
import dev.cotton.scheduler.engine.mesos.master.MasterAddress;
import dev.cotton.scheduler.rest.RestSettings;
import dev.cotton.testing.executor.FreePorts;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * A scheduler of a simulated fleet, in this process or in one of its own that a test can kill.
 *
 * @param folder with the keyring, common to all schedulers of the fleet
 * @param master address of a master, or where they elect one
 * @param executor the executor's package
 */
record FleetScheduler(String zkUrl, Path folder, String master, Path executor, Patience patience) {
    /** Short waits, and such as a busy machine does not make too short. */
    static final Patience PATIENCE = new Patience(
            Duration.ofSeconds(20),
            Duration.ofSeconds(60),
            Duration.ofSeconds(5),
            Duration.ofSeconds(60),
            Duration.ofSeconds(2));

    /** The same with another patience for agents and volumes that do not come back. */
    FleetScheduler givingUpAfter(Duration away) {
        Patience impatient = new Patience(away, away, PATIENCE.orphan(), PATIENCE.kill(), PATIENCE.repeat());
        return new FleetScheduler(zkUrl, folder, master, executor, impatient);
    }

    /** @param port of its API */
    private SchedulerSettings settings(int port, boolean registerAnew) {
        MesosSettings settings = new MesosSettings(
                MesosFleet.USER,
                MesosSettings.ORDINARY_ROLE,
                Optional.of("cotton"),
                Duration.ofDays(14),
                true,
                List.of(),
                new MesosSettings.ExecutorCommand(
                        List.of(), List.of(), "exec ./cotton-executor/bin/cotton-executor", Map.of()),
                new MesosTask.Host(Optional.of(TestMysql.home().toString())),
                "cotton",
                Optional.empty(),
                registerAnew,
                patience);
        return new SchedulerSettings(
                zkUrl,
                folder.resolve("keyring"),
                true,
                Duration.ofDays(7),
                Optional.empty(),
                RestSettings.local(port),
                new EngineSettings.Mesos(
                        settings,
                        MasterAddress.parse(master),
                        Optional.empty(),
                        Optional.empty(),
                        new EngineSettings.Served(
                                Optional.of(executor),
                                Optional.empty(),
                                "127.0.0.1",
                                0,
                                "127.0.0.1",
                                Optional.empty())),
                "test");
    }

    /** Starts it in this process. */
    Scheduler start(int port, boolean registerAnew) {
        return Scheduler.start(settings(port, registerAnew), () -> {
            throw new IllegalStateException("Nothing runs on this machine by itself.");
        });
    }

    /** Starts it in a process of its own, which logs below the folder. */
    SchedulerProcess startProcess() {
        int port = FreePorts.one();
        List<String> arguments = List.of(
                zkUrl,
                folder.toString(),
                master,
                executor.toString(),
                patience.agentAway().toString(),
                Integer.toString(port));
        return SchedulerProcess.start(FleetScheduler.class, arguments, port, folder.resolve("scheduler.log"));
    }

    public static void main(String[] arguments) throws InterruptedException {
        FleetScheduler wanted = new FleetScheduler(
                        arguments[0], Path.of(arguments[1]), arguments[2], Path.of(arguments[3]), PATIENCE)
                .givingUpAfter(Duration.parse(arguments[4]));
        Scheduler scheduler = Scheduler.start(wanted.settings(Integer.parseInt(arguments[5]), false), () -> {
            throw new IllegalStateException("Nothing runs on this machine by itself.");
        });
        Runtime.getRuntime().addShutdownHook(new Thread(scheduler::close, "stop"));
        Thread.currentThread().join();
    }
}
