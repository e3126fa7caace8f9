package dev.cotton.cli.app;

import dev.cotton.cli.machine.DataFolder;
import dev.cotton.cli.up.SchedulerProgram;

/** Where a scheduler's log goes. Has to be said before the first thing is logged; commands alone log nothing. */
final class Logging {
    private Logging() {}

    static void to(SchedulerProgram.Log log, DataFolder folder, boolean verbose) {
        System.setProperty("cotton.log.file", folder.schedulerLog().toString());
        System.setProperty("cotton.log.level", verbose ? "DEBUG" : "INFO");
        System.setProperty(
                "logback.configurationFile",
                switch (log) {
                    case FILE -> "dev/cotton/cli/app/log-to-file.xml";
                    case STANDARD_ERROR -> "dev/cotton/cli/app/log-to-standard-error.xml";
                });
    }
}
