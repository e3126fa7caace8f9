package dev.cotton.cli.app;

import dev.cotton.cli.Shell;
import dev.cotton.cli.machine.Mysql;
import dev.cotton.cli.options.MysqlOptions;
import dev.cotton.cli.terminal.Terminal;
import dev.cotton.core.port.MysqlInstaller;
import dev.cotton.executor.app.machine.MysqlChoice;
import java.nio.file.Path;
import java.time.InstantSource;

/** The program {@code cotton}. */
public final class Cotton {
    private Cotton() {}

    /** Runs one command and exits with its code. */
    public static void main(String[] arguments) {
        Shell shell = new Shell(Terminal.ofProcess(System.getenv()), System.getenv(), InstantSource.system());
        Mysql mysql = new Mysql(Cotton::installer);
        RootCommand root = new RootCommand(shell);
        SchedulerHere scheduler = new SchedulerHere(root::verbose);
        System.exit(new CommandTree(shell, root, mysql, scheduler).run(arguments));
    }

    private static MysqlInstaller installer(Path data, MysqlOptions wanted) {
        return MysqlChoice.of(wanted.sources(), wanted.home(), wanted.archive(), wanted.archiveSha256())
                .installer(data);
    }
}
