package dev.cotton.cli.up;

import dev.cotton.cli.ExitCode;
import dev.cotton.cli.Failure;
import dev.cotton.cli.Shell;
import dev.cotton.cli.follow.Patience;
import dev.cotton.cli.machine.DataFolder;
import dev.cotton.cli.machine.DataFolder.Held;
import dev.cotton.cli.machine.Launcher;
import dev.cotton.cli.machine.Mysql;
import dev.cotton.cli.machine.RunningScheduler;
import dev.cotton.cli.options.CreateOptions;
import dev.cotton.cli.options.DataFolderOptions;
import dev.cotton.cli.options.OutputOptions;
import dev.cotton.cli.terminal.Steps;
import dev.cotton.core.model.ClusterName;
import dev.cotton.core.port.Installation;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code cotton up}. */
@Command(
        name = "up",
        description =
                "Run everything on this machine: ZooKeeper, a scheduler and databases. With a name, see to it that"
                        + " this cluster is there and healthy. Ctrl-C stops the scheduler; the databases go on.")
public final class UpCommand implements Runnable {
    static final String SERVE = "--serve";

    @Parameters(arity = "0..1", paramLabel = "NAME", description = "The cluster; made if it is not there.")
    private Optional<ClusterName> cluster = Optional.empty();

    @Option(
            names = {"-d", "--detach"},
            description = "Run in the background, and return when the cluster is healthy.")
    private boolean detach;

    @Option(names = SERVE, hidden = true, description = "Be the one in the background.")
    private boolean serve;

    @Option(
            names = "--timeout",
            paramLabel = "SPAN",
            description = "How long to wait until the cluster is healthy (default: 10m).")
    private Duration timeout = Duration.ofMinutes(10);

    @Mixin
    private final CreateOptions create = new CreateOptions();

    @Mixin
    private final DataFolderOptions data = new DataFolderOptions();

    @Mixin
    private final SchedulerOptions options = new SchedulerOptions();

    @Mixin
    private final OutputOptions output = new OutputOptions();

    @Spec
    private @Nullable CommandSpec spec;

    private final Shell shell;
    private final Mysql mysql;
    private final SchedulerProgram program;

    public UpCommand(Shell shell, Mysql mysql, SchedulerProgram program) {
        this.shell = shell;
        this.mysql = mysql;
        this.program = program;
    }

    @Override
    public void run() {
        DataFolder folder = data.folder(shell).create();
        Optional<Held> lock = folder.lock();
        if (lock.isEmpty()) {
            attach(folder);
        } else if (serve) {
            call().keep(folder);
            serve(folder, lock);
        } else if (detach) {
            lock.get().close();
            behind(folder);
        } else {
            call().keep(folder);
            inFront(folder, lock);
        }
    }

    /** The scheduler in this process, with a person in front of it. */
    private void inFront(DataFolder folder, Optional<Held> lock) {
        try (Steps steps = shell.steps(output.format())) {
            Installation installation = mysql.installed(folder, options.mysql(), steps);
            steps.begin("Starting the scheduler");
            new Foreground(shell, folder, program, options)
                    .run(lock, SchedulerProgram.Log.FILE, () -> installation, running -> {
                        steps.done("The scheduler runs");
                        OnceServing work = work(folder, running);
                        tolerantly(() -> bring(work, steps));
                        shell.terminal()
                                .remark("\nCtrl-C stops the scheduler; the databases go on. What happens from now on:");
                        tolerantly(work::tell);
                    });
        }
    }

    /** What fails once the scheduler runs is said, and does not stop the scheduler. */
    private void tolerantly(Runnable work) {
        try {
            work.run();
        } catch (Failure failure) {
            shell.terminal().remark("cotton: " + failure.sentence());
        }
    }

    /** The scheduler in this process, for another one that looks after the clusters. */
    private void serve(DataFolder folder, Optional<Held> lock) {
        try (Steps steps = shell.steps(output.format())) {
            Installation installation = mysql.installed(folder, options.mysql(), steps);
            new Foreground(shell, folder, program, options)
                    .run(
                            lock,
                            SchedulerProgram.Log.FILE,
                            () -> installation,
                            running -> shell.terminal()
                                    .remark("The scheduler runs at "
                                            + running.url().orElseThrow() + "."));
        }
    }

    private void behind(DataFolder folder) {
        try (Steps steps = shell.steps(output.format())) {
            mysql.installed(folder, options.mysql(), steps);
            RunningScheduler running = new Background(folder).start(Launcher.ofProcess(), call(), steps, patience());
            bring(work(folder, running), steps);
        }
    }

    /** Another process has the scheduler. */
    private void attach(DataFolder folder) {
        if (serve) {
            throw new Failure(ExitCode.CONFLICT, "Another scheduler runs on " + folder.path() + ".");
        }
        try (Steps steps = shell.steps(output.format())) {
            RunningScheduler running = new Background(folder).await(steps, patience());
            shell.terminal()
                    .remark("A scheduler runs on " + folder.path() + " already (process "
                            + running.process().pid() + ", since " + running.startedAt()
                            + "): attaching to it. Options of the scheduler have no effect.");
            OnceServing work = work(folder, running);
            bring(work, steps);
            if (!detach) {
                shell.terminal()
                        .remark("\nCtrl-C ends this and leaves the scheduler running. What happens from now on:");
                work.tell();
            }
        }
    }

    private OnceServing work(DataFolder folder, RunningScheduler running) {
        return new OnceServing(shell, output, folder, SchedulerLink.to(running));
    }

    private void bring(OnceServing work, Steps steps) {
        work.bring(cluster.map(ClusterName::value), create, steps, timeout);
    }

    private Patience patience() {
        return new Patience(timeout, shell.clock());
    }

    /** This one, as it was given. */
    private UpCall call() {
        List<String> all = Objects.requireNonNull(spec, "set by the parser")
                .commandLine()
                .getParseResult()
                .originalArgs();
        List<String> own = all.subList(all.indexOf(spec.name()) + 1, all.size());
        return new UpCall(
                Path.of(""),
                own.stream().filter(argument -> !argument.equals(SERVE)).toList());
    }
}
