package dev.cotton.cli.app;

import dev.cotton.cli.Shell;
import dev.cotton.cli.TestShell;
import dev.cotton.cli.machine.DataFolder;
import dev.cotton.cli.machine.Mysql;
import dev.cotton.cli.up.SchedulerOptions;
import dev.cotton.cli.up.SchedulerProgram;
import dev.cotton.core.port.Installation;
import dev.cotton.core.port.MysqlInstallationException;
import dev.cotton.core.port.MysqlInstaller;
import dev.cotton.core.port.Progress;
import java.util.function.Supplier;
import picocli.CommandLine.Model.CommandSpec;

/** All commands on a test's shell, on a machine without MySQL. */
final class TestCommands {
    private TestCommands() {}

    static int run(TestShell terminal, String... arguments) {
        return run(terminal, new NoMysql(), arguments);
    }

    static int run(TestShell terminal, MysqlInstaller mysql, String... arguments) {
        return run(terminal, mysql, TestCommands::noScheduler, arguments);
    }

    static int run(TestShell terminal, SchedulerProgram scheduler, String... arguments) {
        return run(terminal, new NoMysql(), scheduler, arguments);
    }

    private static int run(TestShell terminal, MysqlInstaller mysql, SchedulerProgram scheduler, String... arguments) {
        return tree(terminal, mysql, scheduler).run(arguments);
    }

    /** What the parser knows about all commands. */
    static CommandSpec model() {
        return tree(new TestShell(), new NoMysql(), TestCommands::noScheduler)
                .commandLine()
                .getCommandSpec();
    }

    private static CommandTree tree(TestShell terminal, MysqlInstaller mysql, SchedulerProgram scheduler) {
        Shell shell = terminal.shell();
        return new CommandTree(shell, new RootCommand(shell), new Mysql((folder, wanted) -> mysql), scheduler);
    }

    private static SchedulerProgram.Serving noScheduler(
            DataFolder folder, SchedulerOptions options, SchedulerProgram.Log log, Supplier<Installation> mysql) {
        throw new IllegalStateException("No scheduler is to be started here.");
    }

    private record NoMysql() implements MysqlInstaller {
        @Override
        public String name() {
            return "none";
        }

        @Override
        public Installation install(Progress progress) {
            throw new MysqlInstallationException("There is no MySQL.", "Nothing was changed.", "Install one.");
        }

        @Override
        public Verdict examine() {
            return Verdict.unusable("There is no MySQL.", "Install one.");
        }
    }
}
