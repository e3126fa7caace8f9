package dev.cotton.cli.bench;

import dev.cotton.cli.Shell;
import dev.cotton.cli.machine.Launcher;
import dev.cotton.cli.machine.Mysql;
import dev.cotton.cli.terminal.Steps;
import dev.cotton.core.port.Installation;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;

/**
 * What one measurement has to itself; all of it is gone afterwards. Used by one thread.
 *
 * @param playground for everything that it makes
 * @param steps shows how far it is
 */
public record Throwaway(Shell shell, Mysql mysql, ThrowawayOptions options, Playground playground, Steps steps) {
    /** A measurement. */
    @FunctionalInterface
    public interface Work<R> {
        R in(Throwaway place) throws IOException, InterruptedException;
    }

    /** The MySQL that is asked for, fetched when it is not there yet. */
    public Installation installation() {
        return mysql.installed(options.dataFolder(shell), options.mysqlOptions(), steps);
    }

    /**
     * Starts a scheduler and waits until it leads.
     *
     * @param more of a scheduler's options, for instance another ZooKeeper than one of its own
     */
    public ThrowawayScheduler scheduler(Installation installation, List<String> more) {
        List<String> all = new ArrayList<>(List.of(
                "--mysql-home",
                installation.home().toString(),
                "--instance-ports",
                options.instancePorts().toString(),
                "--framework-user",
                options.frameworkUser()));
        all.addAll(more);
        return ThrowawayScheduler.start(shell, Launcher.ofProcess(), playground.data(), all, steps);
    }
}
