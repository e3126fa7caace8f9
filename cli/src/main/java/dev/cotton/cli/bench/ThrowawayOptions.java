package dev.cotton.cli.bench;

import dev.cotton.cli.ExitCode;
import dev.cotton.cli.Failure;
import dev.cotton.cli.Shell;
import dev.cotton.cli.machine.DataFolder;
import dev.cotton.cli.machine.Mysql;
import dev.cotton.cli.options.DataFolderOptions;
import dev.cotton.cli.options.MysqlOptions;
import dev.cotton.cli.options.PortSpan;
import dev.cotton.cli.terminal.OutputFormat;
import dev.cotton.cli.terminal.Steps;
import java.io.IOException;
import java.nio.file.Path;
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

    /**
     * Runs {@code work} in a place that vanishes at the end with everything that runs there.
     *
     * @throws Failure also when it fails for want of a file or is interrupted
     */
    public <R> R run(Shell shell, Mysql mysql, OutputFormat format, Throwaway.Work<R> work) {
        try (Steps steps = shell.steps(format);
                Playground playground = Playground.in(workDir)) {
            return work.in(new Throwaway(shell, mysql, this, playground, steps));
        } catch (IOException e) {
            throw new Failure(ExitCode.FAILED, "It could not be done: " + e.getMessage(), e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new Failure(ExitCode.INTERRUPTED, "Interrupted.", e);
        }
    }

    public DataFolder dataFolder(Shell shell) {
        return data.folder(shell);
    }

    MysqlOptions mysqlOptions() {
        return mysqlOptions;
    }

    PortSpan instancePorts() {
        return instancePorts;
    }

    public String frameworkUser() {
        return frameworkUser;
    }
}
