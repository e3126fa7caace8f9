package dev.cotton.cli.app;

import dev.cotton.cli.machine.DataFolder;
import dev.cotton.cli.up.SchedulerProgram;
import java.nio.file.Path;

/**
 * Where the log of a scheduler, or of a ZooKeeper, goes. Has to be said before the first thing is logged; commands alone log
 * nothing.
 */
final class Logging {
    private Logging() {}

    static void to(SchedulerProgram.Log log, DataFolder folder, boolean verbose) {
        to(log, folder.schedulerLog(), verbose);
    }

    /** For a command that has a ZooKeeper and no scheduler in its process. */
    static void ofZooKeeper(DataFolder folder) {
        to(SchedulerProgram.Log.FILE, folder.logs().resolve("zookeeper.log"), false);
    }

    private static void to(SchedulerProgram.Log log, Path file, boolean verbose) {
        System.setProperty("cotton.log.file", file.toString());
        System.setProperty("cotton.log.level", verbose ? "DEBUG" : "INFO");
        System.setProperty(
                "logback.configurationFile",
                switch (log) {
                    case FILE -> "dev/cotton/cli/app/log-to-file.xml";
                    case STANDARD_ERROR -> "dev/cotton/cli/app/log-to-standard-error.xml";
                });
    }
}
