package dev.cotton.cli.up;

import dev.cotton.cli.Shell;
import dev.cotton.cli.client.Cluster;
import dev.cotton.cli.client.Document;
import dev.cotton.cli.client.Event;
import dev.cotton.cli.client.SchedulerClient;
import dev.cotton.cli.follow.EventTail;
import dev.cotton.cli.follow.Patience;
import dev.cotton.cli.machine.Account;
import dev.cotton.cli.machine.DataFolder;
import dev.cotton.cli.machine.Launcher;
import dev.cotton.cli.options.CreateOptions;
import dev.cotton.cli.options.OutputOptions;
import dev.cotton.cli.terminal.Steps;
import dev.cotton.cli.view.EventText;
import java.nio.file.Path;
import java.time.Duration;
import java.time.ZoneId;
import java.util.Optional;

/** What {@code up} does once a scheduler answers: it brings clusters up, says what is there, and tells what happens. */
final class OnceServing {
    /** How long a scheduler that is being followed may be away. */
    private static final Duration ABSENCE = Duration.ofSeconds(10);

    private final Shell shell;
    private final OutputOptions output;
    private final DataFolder folder;
    private final SchedulerClient client;

    OnceServing(Shell shell, OutputOptions output, DataFolder folder, SchedulerClient client) {
        this.shell = shell;
        this.output = output;
        this.folder = folder;
        this.client = client;
    }

    /**
     * Starts what {@code down --all} had stopped, and brings one cluster up.
     *
     * @throws dev.cotton.cli.Failure when it is not healthy in time; it goes on by itself
     */
    void bring(Optional<String> name, CreateOptions wanted, Steps steps, Duration timeout) {
        ClusterUp clusters = new ClusterUp(client, steps, new Patience(timeout, shell.clock()));
        steps.begin("Waiting for the scheduler to lead");
        clusters.ready();
        steps.done("The scheduler answers at " + client.address().url());
        StoppedClusters stopped = new StoppedClusters(folder);
        clusters.startAgain(stopped.names());
        stopped.forget();
        Optional<Document<Cluster>> cluster = name.map(each -> clusters.bring(each, wanted));
        steps.close();
        report(cluster);
    }

    private void report(Optional<Document<Cluster>> cluster) {
        String command =
                Launcher.ofProcess().spelling(shell.environment(), Path.of("").toAbsolutePath());
        boolean usual = folder.equals(Account.dataFolder(shell.environment()));
        UpReport report = new UpReport(cluster, client.address().url(), folder, usual, command);
        output.write(shell, report.json(), report::text);
    }

    /** Tells what happens from now on, until nobody reads it any more or the scheduler is gone. */
    void tell() {
        EventTail tail = new EventTail(client, Optional.empty(), ABSENCE, shell.clock(), shell.terminal()::remark);
        tail.history();
        tail.follow(this::tell);
    }

    private boolean tell(Document<Event> event) {
        output.writeLine(shell, event.json(), paint -> EventText.of(event.value(), ZoneId.systemDefault(), paint));
        return !shell.terminal().outIsGone();
    }
}
