package dev.cotton.cli.bench;

import dev.cotton.cli.Shell;
import dev.cotton.cli.machine.DataFolder;
import dev.cotton.cli.machine.Launcher;
import dev.cotton.cli.machine.Mysql;
import dev.cotton.cli.options.DataFolderOptions;
import dev.cotton.cli.options.MysqlOptions;
import dev.cotton.cli.options.PortSpan;
import dev.cotton.cli.terminal.Steps;
import dev.cotton.core.port.Installation;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** Where a scheduler for a measurement lives, and what it runs. */
public final class ThrowawayOptions {
    @Option(
            names = "--work-dir",
            paramLabel = "DIR",
            description = "Where the folder for it is made; removed at the end (default: /var/tmp).")
    private Path workDir = Path.of("/var/tmp");

    @Option(
            names = "--instance-ports",
            paramLabel = "FIRST-LAST",
            description = "The ports that instances get meanwhile (default: 22300-22999).")
    private PortSpan instancePorts = new PortSpan(22300, 22999);

    @Option(
            names = "--framework-user",
            paramLabel = "USER",
            description = "The unprivileged user that databases run as when root runs this (default: cotton).")
    private String frameworkUser = "cotton";

    @Mixin
    private final MysqlOptions mysqlOptions = new MysqlOptions();

    @Mixin
    private final DataFolderOptions data = new DataFolderOptions();

    /** The MySQL that is asked for, fetched when it is not there yet. */
    public Installation installation(Shell shell, Mysql mysql, Steps steps) {
        return mysql.installed(data.folder(shell), mysqlOptions, steps);
    }

    public DataFolder dataFolder(Shell shell) {
        return data.folder(shell);
    }

    public Playground playground() {
        return Playground.in(workDir);
    }

    public String frameworkUser() {
        return frameworkUser;
    }

    /** Starts a scheduler with a ZooKeeper of its own in {@code playground} and waits until it leads. */
    public ThrowawayScheduler start(Shell shell, Playground playground, Installation installation, Steps steps) {
        return start(shell, playground, installation, List.of(), steps);
    }

    /**
     * The same with more of a scheduler's options.
     *
     * @param more for instance another ZooKeeper
     */
    public ThrowawayScheduler start(
            Shell shell, Playground playground, Installation installation, List<String> more, Steps steps) {
        List<String> options = new ArrayList<>(List.of(
                "--mysql-home",
                installation.home().toString(),
                "--instance-ports",
                instancePorts.toString(),
                "--framework-user",
                frameworkUser));
        options.addAll(more);
        return ThrowawayScheduler.start(shell, Launcher.ofProcess(), playground.data(), options, steps);
    }
}
