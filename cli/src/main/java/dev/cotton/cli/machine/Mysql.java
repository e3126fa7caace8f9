package dev.cotton.cli.machine;

import dev.cotton.cli.ExitCode;
import dev.cotton.cli.Failure;
import dev.cotton.cli.options.MysqlOptions;
import dev.cotton.cli.terminal.Steps;
import dev.cotton.core.port.Installation;
import dev.cotton.core.port.MysqlInstallationException;
import dev.cotton.core.port.MysqlInstaller;
import java.nio.file.Path;
import java.util.concurrent.atomic.AtomicBoolean;

/** The MySQL of this machine. */
public final class Mysql {
    /** Knows how to get what is wanted. */
    @FunctionalInterface
    public interface Source {
        /**
         * @param data the data folder
         * @throws IllegalArgumentException with a sentence when the options do not fit together
         */
        MysqlInstaller installer(Path data, MysqlOptions wanted);
    }

    private final Source source;

    public Mysql(Source source) {
        this.source = source;
    }

    /**
     * How to get what is wanted.
     *
     * @throws Failure when the options do not fit together
     */
    public MysqlInstaller installer(DataFolder folder, MysqlOptions wanted) {
        try {
            return source.installer(folder.path(), wanted);
        } catch (IllegalArgumentException e) {
            throw new Failure(ExitCode.USAGE, String.valueOf(e.getMessage()), e);
        }
    }

    /**
     * Finds what is wanted or installs it, and shows that as a step where there is something to do.
     *
     * @throws Failure when there is none and none can be had
     */
    public Installation installed(DataFolder folder, MysqlOptions wanted, Steps steps) {
        AtomicBoolean begun = new AtomicBoolean();
        try {
            Installation installation = installer(folder, wanted).install((step, fraction) -> {
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
