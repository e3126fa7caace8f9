package dev.cotton.cli.machine;

import dev.cotton.cli.ExitCode;
import dev.cotton.cli.Failure;
import dev.cotton.cli.terminal.Steps;
import dev.cotton.core.port.Installation;
import dev.cotton.core.port.MysqlInstallationException;
import dev.cotton.core.port.MysqlInstaller;
import java.nio.file.Path;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Function;

/**
 * The MySQL of this machine.
 *
 * @param installer for a data folder
 */
public record Mysql(Function<Path, MysqlInstaller> installer) {
    /**
     * Finds a MySQL or installs one, and shows that as a step where it takes time.
     *
     * @throws Failure when there is none and none can be had
     */
    public Installation installed(DataFolder folder, Steps steps) {
        AtomicBoolean begun = new AtomicBoolean();
        try {
            Installation installation = installer.apply(folder.path()).install((step, fraction) -> {
                if (!begun.getAndSet(true)) {
                    steps.begin("Preparing MySQL");
                }
                steps.at(step, fraction);
            });
            if (begun.get()) {
                steps.done("MySQL " + installation.version() + " is ready");
            }
            return installation;
        } catch (MysqlInstallationException e) {
            steps.failed();
            throw new Failure(ExitCode.FAILED, String.valueOf(e.getMessage()), e);
        }
    }
}
