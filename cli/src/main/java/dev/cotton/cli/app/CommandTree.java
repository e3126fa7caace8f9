package dev.cotton.cli.app;

import dev.cotton.cli.Shell;
import dev.cotton.cli.admin.AdminCommand;
import dev.cotton.cli.admin.AdminExportCommand;
import dev.cotton.cli.admin.AdminImportCommand;
import dev.cotton.cli.backup.BackupCommand;
import dev.cotton.cli.backup.BackupsCommand;
import dev.cotton.cli.backup.BackupsDeleteCommand;
import dev.cotton.cli.backup.BackupsListCommand;
import dev.cotton.cli.backup.BackupsPolicyCommand;
import dev.cotton.cli.backup.BackupsShowCommand;
import dev.cotton.cli.backup.BackupsVerifyCommand;
import dev.cotton.cli.bench.BenchBackupCommand;
import dev.cotton.cli.bench.BenchCommand;
import dev.cotton.cli.bench.BenchCreateCommand;
import dev.cotton.cli.bench.BenchOffersCommand;
import dev.cotton.cli.bench.BenchScaleCommand;
import dev.cotton.cli.bench.ZooKeeperProgram;
import dev.cotton.cli.change.ConfigureCommand;
import dev.cotton.cli.change.ResizeCommand;
import dev.cotton.cli.change.ScaleCommand;
import dev.cotton.cli.command.CaCommand;
import dev.cotton.cli.command.CapacityCommand;
import dev.cotton.cli.command.CompletionCommand;
import dev.cotton.cli.command.ConnectCommand;
import dev.cotton.cli.command.CreateCommand;
import dev.cotton.cli.command.CredentialsCommand;
import dev.cotton.cli.command.DeleteCommand;
import dev.cotton.cli.command.DoctorCommand;
import dev.cotton.cli.command.EventsCommand;
import dev.cotton.cli.command.ListCommand;
import dev.cotton.cli.command.LogsCommand;
import dev.cotton.cli.command.RestoreCommand;
import dev.cotton.cli.command.SchemaChangesCommand;
import dev.cotton.cli.command.ShowCommand;
import dev.cotton.cli.command.StartCommand;
import dev.cotton.cli.command.StopCommand;
import dev.cotton.cli.command.VersionCommand;
import dev.cotton.cli.command.WaitCommand;
import dev.cotton.cli.drill.BenchFailoverCommand;
import dev.cotton.cli.drill.DrillCommand;
import dev.cotton.cli.machine.DataFolder;
import dev.cotton.cli.machine.Mysql;
import dev.cotton.cli.options.Converters;
import dev.cotton.cli.quarantine.QuarantineCommand;
import dev.cotton.cli.quarantine.QuarantineDiscardCommand;
import dev.cotton.cli.quarantine.QuarantineListCommand;
import dev.cotton.cli.quarantine.QuarantineShowCommand;
import dev.cotton.cli.service.ServiceCommand;
import dev.cotton.cli.succession.FailoverCommand;
import dev.cotton.cli.succession.PauseAutomationCommand;
import dev.cotton.cli.succession.ResumeAutomationCommand;
import dev.cotton.cli.succession.SwitchoverCommand;
import dev.cotton.cli.up.DownCommand;
import dev.cotton.cli.up.FormerFlags;
import dev.cotton.cli.up.SchedulerCommand;
import dev.cotton.cli.up.SchedulerProgram;
import dev.cotton.cli.up.UpCommand;
import java.util.ArrayList;
import java.util.List;
import picocli.CommandLine;

/** All commands, put together. */
final class CommandTree {
    private final Shell shell;
    private final RootCommand root;
    private final CommandLine commandLine;

    CommandTree(Shell shell, RootCommand root, Mysql mysql, SchedulerProgram scheduler) {
        this.shell = shell;
        this.root = root;
        this.commandLine = new CommandLine(root);
        commands(shell, mysql, scheduler).forEach(commandLine::addSubcommand);
        Converters.register(commandLine)
                .setCaseInsensitiveEnumValuesAllowed(true)
                .setUsageHelpAutoWidth(true)
                .setOut(shell.terminal().out())
                .setErr(shell.terminal().err());
    }

    private static List<Object> commands(Shell shell, Mysql mysql, SchedulerProgram scheduler) {
        return List.of(
                new UpCommand(shell, mysql, scheduler),
                new DownCommand(shell),
                new CreateCommand(shell),
                new ListCommand(shell),
                new CapacityCommand(shell),
                new ShowCommand(shell),
                new ConnectCommand(shell, mysql),
                new CredentialsCommand(shell),
                new EventsCommand(shell),
                new LogsCommand(shell),
                new SchemaChangesCommand(shell),
                new WaitCommand(shell),
                new ScaleCommand(shell),
                new ResizeCommand(shell),
                new ConfigureCommand(shell),
                new SwitchoverCommand(shell),
                new FailoverCommand(shell),
                new PauseAutomationCommand(shell),
                new ResumeAutomationCommand(shell),
                new CommandLine(new QuarantineCommand())
                        .addSubcommand(new QuarantineListCommand(shell))
                        .addSubcommand(new QuarantineShowCommand(shell))
                        .addSubcommand(new QuarantineDiscardCommand(shell)),
                new BackupCommand(shell),
                new CommandLine(new BackupsCommand())
                        .addSubcommand(new BackupsListCommand(shell))
                        .addSubcommand(new BackupsShowCommand(shell))
                        .addSubcommand(new BackupsVerifyCommand(shell))
                        .addSubcommand(new BackupsPolicyCommand(shell))
                        .addSubcommand(new BackupsDeleteCommand(shell)),
                new StopCommand(shell),
                new StartCommand(shell),
                new DeleteCommand(shell),
                new RestoreCommand(shell),
                new CaCommand(shell),
                new DoctorCommand(shell, mysql),
                FormerFlags.accepted(new CommandLine(new SchedulerCommand(shell, mysql, scheduler))),
                new ServiceCommand(shell),
                new CommandLine(new BenchCommand())
                        .addSubcommand(new BenchBackupCommand(shell, mysql))
                        .addSubcommand(new BenchCreateCommand(shell, mysql))
                        .addSubcommand(new BenchFailoverCommand(shell, mysql))
                        .addSubcommand(new BenchOffersCommand(shell, new OffersBench()))
                        .addSubcommand(new BenchScaleCommand(shell, mysql)),
                new DrillCommand(shell, mysql, CommandTree::zooKeeper),
                new CommandLine(new AdminCommand())
                        .addSubcommand(new AdminExportCommand(shell, new StateFilesHere()))
                        .addSubcommand(new AdminImportCommand(shell, new StateFilesHere())),
                new CompletionCommand(shell),
                new VersionCommand(shell));
    }

    private static ZooKeeperProgram.Running zooKeeper(DataFolder folder) {
        Logging.ofZooKeeper(folder);
        return OwnZooKeeper.start(folder);
    }

    /** The original's names of flags have underscores; after {@code --} nothing is a flag. */
    private static String[] withDashes(String... arguments) {
        List<String> dashed = new ArrayList<>(List.of(arguments));
        int end = dashed.contains("--") ? dashed.indexOf("--") : dashed.size();
        dashed.subList(0, end).replaceAll(CommandTree::withDashes);
        return dashed.toArray(String[]::new);
    }

    private static String withDashes(String argument) {
        int equals = argument.indexOf('=');
        String name = equals < 0 ? argument : argument.substring(0, equals);
        return name.startsWith("--") ? name.replace('_', '-') + argument.substring(name.length()) : argument;
    }

    /** Runs the command that {@code arguments} name and returns the code to exit with. */
    int run(String... arguments) {
        Complaints complaints = new Complaints(shell, root, arguments);
        return commandLine
                .setParameterExceptionHandler(complaints)
                .setExecutionExceptionHandler(complaints)
                .execute(withDashes(arguments));
    }

    /** For the manual and for completion. */
    CommandLine commandLine() {
        return commandLine;
    }
}
