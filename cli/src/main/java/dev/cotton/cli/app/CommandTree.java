package dev.cotton.cli.app;

import dev.cotton.cli.Shell;
import dev.cotton.cli.command.CaCommand;
import dev.cotton.cli.command.CompletionCommand;
import dev.cotton.cli.command.ConnectCommand;
import dev.cotton.cli.command.CreateCommand;
import dev.cotton.cli.command.CredentialsCommand;
import dev.cotton.cli.command.DeleteCommand;
import dev.cotton.cli.command.EventsCommand;
import dev.cotton.cli.command.ListCommand;
import dev.cotton.cli.command.LogsCommand;
import dev.cotton.cli.command.RestoreCommand;
import dev.cotton.cli.command.ShowCommand;
import dev.cotton.cli.command.StartCommand;
import dev.cotton.cli.command.StopCommand;
import dev.cotton.cli.command.VersionCommand;
import dev.cotton.cli.command.WaitCommand;
import dev.cotton.cli.machine.Mysql;
import dev.cotton.cli.options.Converters;
import java.util.List;
import picocli.CommandLine;

/** All commands, put together. */
public final class CommandTree {
    private final Shell shell;
    private final RootCommand root;
    private final CommandLine commandLine;

    public CommandTree(Shell shell, Mysql mysql) {
        this.shell = shell;
        this.root = new RootCommand(shell);
        this.commandLine = new CommandLine(root);
        commands(shell, mysql).forEach(commandLine::addSubcommand);
        Converters.register(commandLine)
                .setCaseInsensitiveEnumValuesAllowed(true)
                .setUsageHelpAutoWidth(true)
                .setOut(shell.terminal().out())
                .setErr(shell.terminal().err());
    }

    private static List<Object> commands(Shell shell, Mysql mysql) {
        return List.of(
                new CreateCommand(shell),
                new ListCommand(shell),
                new ShowCommand(shell),
                new ConnectCommand(shell, mysql),
                new CredentialsCommand(shell),
                new EventsCommand(shell),
                new LogsCommand(shell),
                new WaitCommand(shell),
                new StopCommand(shell),
                new StartCommand(shell),
                new DeleteCommand(shell),
                new RestoreCommand(shell),
                new CaCommand(shell),
                new CompletionCommand(shell),
                new VersionCommand(shell));
    }

    /** Runs the command that {@code arguments} name and returns the code to exit with. */
    public int run(String... arguments) {
        Complaints complaints = new Complaints(shell, root, arguments);
        return commandLine
                .setParameterExceptionHandler(complaints)
                .setExecutionExceptionHandler(complaints)
                .execute(arguments);
    }

    /** For the manual and for completion. */
    public CommandLine commandLine() {
        return commandLine;
    }
}
