package dev.cotton.cli.up;

import dev.cotton.cli.ExitCode;
import dev.cotton.cli.Failure;
import dev.cotton.cli.Shell;
import dev.cotton.cli.machine.DataFolder;
import dev.cotton.cli.machine.DataFolder.Held;
import dev.cotton.cli.machine.Mysql;
import dev.cotton.cli.options.DataFolderOptions;
import dev.cotton.cli.terminal.OutputFormat;
import dev.cotton.cli.terminal.Steps;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParseResult;
import picocli.CommandLine.Spec;

/** {@code cotton scheduler}. */
@Command(
        name = "scheduler",
        description =
                "Run a scheduler in the foreground; it logs to standard error. Several on one ZooKeeper (--zk-url)"
                        + " stand in for each other. The flags of the original Cotton are accepted, with - or _ in their names.")
public final class SchedulerCommand implements Runnable {
    @Mixin
    private final SchedulerOptions options = new SchedulerOptions();

    @Mixin
    private final DataFolderOptions data = new DataFolderOptions();

    @Mixin
    private final MesosOptions mesos = new MesosOptions();

    @Spec
    private @Nullable CommandSpec spec;

    private final Shell shell;
    private final Mysql mysql;
    private final SchedulerProgram program;

    public SchedulerCommand(Shell shell, Mysql mysql, SchedulerProgram program) {
        this.shell = shell;
        this.mysql = mysql;
        this.program = program;
    }

    @Override
    public void run() {
        ParseResult parsed =
                Objects.requireNonNull(spec, "set by the parser").commandLine().getParseResult();
        FormerFlags.warnings(parsed).forEach(shell.terminal()::remark);
        MesosOptions.warnings(parsed, mesos).forEach(shell.terminal()::remark);
        options.onMesos(mesos);
        DataFolder folder = data.folder(shell).create();
        Optional<Held> lock = options.zkUrl().isEmpty() ? folder.lock() : Optional.empty();
        if (options.zkUrl().isEmpty() && lock.isEmpty()) {
            throw new Failure(
                    ExitCode.CONFLICT,
                    "Another scheduler runs on " + folder.path()
                            + " with a ZooKeeper of its own. Several schedulers need a common one: --zk-url.");
        }
        new Foreground(shell, folder, program, options)
                .run(
                        lock,
                        SchedulerProgram.Log.STANDARD_ERROR,
                        () -> mysql.installed(folder, options.mysql(), quiet()),
                        running -> shell.terminal()
                                .remark("The scheduler runs at " + running.url().orElseThrow() + "."));
    }

    private Steps quiet() {
        return shell.steps(OutputFormat.JSON);
    }
}
