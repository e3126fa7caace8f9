package dev.cotton.cli.up;

import dev.cotton.cli.ExitCode;
import dev.cotton.cli.Failure;
import dev.cotton.cli.Shell;
import dev.cotton.cli.client.Cluster;
import dev.cotton.cli.client.SchedulerClient;
import dev.cotton.cli.machine.AtExit;
import dev.cotton.cli.machine.DataFolder;
import dev.cotton.cli.machine.DataFolder.Held;
import dev.cotton.cli.machine.ProcessIdentity;
import dev.cotton.cli.machine.RunningScheduler;
import dev.cotton.core.port.Installation;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.function.Supplier;

/** A scheduler in this process, from its start until a signal ends the process, or it can do its work no more. */
final class Foreground {
    private final Shell shell;
    private final DataFolder folder;
    private final SchedulerProgram program;
    private final SchedulerOptions options;

    Foreground(Shell shell, DataFolder folder, SchedulerProgram program, SchedulerOptions options) {
        this.shell = shell;
        this.folder = folder;
        this.program = program;
        this.options = options;
    }

    /**
     * Starts it, leaves a note about it, and goes on until a signal ends the process.
     *
     * @param lock on the folder, held until then; several schedulers that share a ZooKeeper have none
     * @param serving told once it answers; what it throws stops the scheduler
     * @throws Failure when it does not start, or can do its work no more
     */
    void run(
            Optional<Held> lock,
            SchedulerProgram.Log log,
            Supplier<Installation> mysql,
            Consumer<RunningScheduler> serving) {
        RunningScheduler starting = new RunningScheduler(
                ProcessIdentity.current(),
                shell.clock().instant(),
                Optional.empty(),
                options.apiTokenFile().map(file -> file.toAbsolutePath().normalize()),
                options.apiTlsAuthority().map(file -> file.toAbsolutePath().normalize()),
                folder.schedulerLog());
        folder.write(starting);
        try (SchedulerProgram.Serving scheduler = program.start(folder, options, log, mysql)) {
            RunningScheduler running = starting.withUrl(scheduler.url());
            AtExit atExit = AtExit.run("stop", () -> stop(scheduler, running));
            try {
                folder.write(running);
                serving.accept(running);
                throw trouble(scheduler);
            } finally {
                atExit.close();
            }
        } finally {
            folder.forget(starting.process());
            lock.ifPresent(Held::close);
        }
    }

    private void stop(SchedulerProgram.Serving scheduler, RunningScheduler running) {
        shell.terminal().remark("\nStopping the scheduler ...");
        List<String> databases = running(running);
        scheduler.close();
        folder.forget(running.process());
        shell.terminal().remark("The scheduler has stopped.");
        if (!databases.isEmpty()) {
            shell.terminal()
                    .remark("The databases go on: " + String.join(", ", databases)
                            + ". To stop them too: cotton down --all. To look after them again: cotton up.");
        }
    }

    private static List<String> running(RunningScheduler scheduler) {
        try {
            SchedulerClient client = SchedulerLink.to(scheduler);
            return client.clusters().value().clusters().stream()
                    .filter(cluster -> cluster.power().equals("on"))
                    .map(Cluster::name)
                    .toList();
        } catch (Failure away) {
            return List.of();
        }
    }

    private static Failure trouble(SchedulerProgram.Serving scheduler) {
        try {
            return scheduler.awaitTrouble();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return new Failure(ExitCode.INTERRUPTED, "Interrupted.", e);
        }
    }
}
