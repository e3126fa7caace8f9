package dev.cotton.cli.app;

import dev.cotton.cli.Shell;
import dev.cotton.cli.machine.Mysql;
import dev.cotton.cli.terminal.Terminal;
import dev.cotton.executor.app.machine.MysqlChoice;
import java.time.InstantSource;

/** The program {@code cotton}. */
public final class Cotton {
    private Cotton() {}

    /** Runs one command and exits with its code. */
    public static void main(String[] arguments) {
        Shell shell = new Shell(Terminal.ofProcess(System.getenv()), System.getenv(), InstantSource.system());
        Mysql mysql = new Mysql(folder -> MysqlChoice.usual().installer(folder));
        System.exit(new CommandTree(shell, mysql).run(arguments));
    }
}
