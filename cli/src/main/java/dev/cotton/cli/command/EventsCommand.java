package dev.cotton.cli.command;

import dev.cotton.cli.Shell;
import dev.cotton.cli.client.Document;
import dev.cotton.cli.client.Event;
import dev.cotton.cli.client.SchedulerClient;
import dev.cotton.cli.follow.EventTail;
import dev.cotton.cli.options.ApiOptions;
import dev.cotton.cli.options.OutputOptions;
import dev.cotton.cli.view.EventText;
import dev.cotton.core.model.ClusterName;
import java.time.Duration;
import java.time.ZoneId;
import java.util.Map;
import java.util.Optional;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code cotton events}. */
@Command(name = "events", description = "Print what happened to a cluster, or to all of them.")
public final class EventsCommand implements Runnable {
    /** How long a scheduler that is being followed may be away. */
    private static final Duration ABSENCE = Duration.ofMinutes(1);

    @Parameters(arity = "0..1", paramLabel = "NAME", description = "The cluster (default: all live ones).")
    private Optional<ClusterName> cluster = Optional.empty();

    @Option(
            names = {"-f", "--follow"},
            description = "Go on with what happens, until Ctrl-C.")
    private boolean follow;

    @Mixin
    private final ApiOptions api = new ApiOptions();

    @Mixin
    private final OutputOptions output = new OutputOptions();

    private final Shell shell;

    public EventsCommand(Shell shell) {
        this.shell = shell;
    }

    @Override
    public void run() {
        SchedulerClient client = api.client(shell);
        EventTail tail = new EventTail(
                client, cluster.map(ClusterName::value), ABSENCE, shell.clock(), shell.terminal()::remark);
        if (follow) {
            tail.follow(this::writeLine);
        } else if (output.isJson()) {
            output.write(
                    shell,
                    Map.of("events", tail.history().stream().map(Document::json).toList()),
                    paint -> "");
        } else {
            tail.history().forEach(this::writeLine);
        }
    }

    private boolean writeLine(Document<Event> event) {
        output.writeLine(shell, event.json(), paint -> EventText.of(event.value(), ZoneId.systemDefault(), paint));
        return !shell.terminal().outIsGone();
    }
}
