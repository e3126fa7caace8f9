package dev.cotton.cli.follow;

import dev.cotton.cli.ExitCode;
import dev.cotton.cli.Failure;
import dev.cotton.cli.client.Cluster;
import dev.cotton.cli.client.Document;
import dev.cotton.cli.client.Operation;
import dev.cotton.cli.client.SchedulerClient;
import dev.cotton.cli.terminal.Spans;
import dev.cotton.cli.terminal.Steps;
import java.util.HashSet;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;

/** Follows one operation until it is over, and shows its steps. Used by one thread. */
public final class OperationFollower {
    private final SchedulerClient client;
    private final Steps steps;
    private final Patience patience;
    private final Set<String> shown = new HashSet<>();

    public OperationFollower(SchedulerClient client, Steps steps, Patience patience) {
        this.client = client;
        this.steps = steps;
        this.patience = patience;
    }

    /**
     * Waits for the end of {@code started}.
     *
     * @param title what is going on, for instance {@code Creating demo}
     * @return how it ended: well
     * @throws Failure when it failed, or was not over in time
     */
    public Document<Operation> follow(Document<Operation> started, String title) {
        steps.begin(title);
        Document<Operation> current = started;
        show(current.value(), title);
        while (current.value().isRunning()) {
            if (!patience.pause()) {
                throw late(current.value());
            }
            current = again(current);
            show(current.value(), title);
        }
        if (current.value().failed()) {
            steps.failed();
            throw new Failure(
                    ExitCode.FAILED,
                    title + " did not succeed: " + current.value().why());
        }
        return current;
    }

    private Document<Operation> again(Document<Operation> last) {
        try {
            return client.operation(last.value().id());
        } catch (Failure failure) {
            if (failure.exitCode() != ExitCode.UNREACHABLE) {
                throw failure;
            }
            steps.at("The scheduler does not answer; trying again");
            return last;
        }
    }

    private void show(Operation operation, String title) {
        for (Operation.Step step : operation.steps()) {
            if (step.isDone() && shown.add(step.name())) {
                steps.done(capitalised(step.name()));
                steps.begin(title);
            }
        }
        if (operation.isRunning()) {
            steps.at(evidence(operation).orElse(operation.why()));
        }
    }

    /** The cluster's own sentence says more than the operation's, while there is such a cluster. */
    private Optional<String> evidence(Operation operation) {
        try {
            return Optional.of(client.cluster(operation.cluster()).value()).map(Cluster::why);
        } catch (Failure goneOrAway) {
            return Optional.empty();
        }
    }

    private Failure late(Operation operation) {
        steps.failed();
        return new Failure(
                ExitCode.TIMEOUT,
                "Not done after " + Spans.of(patience.limit()) + ": "
                        + evidence(operation).orElse(operation.why()) + " It goes on by itself; look with: cotton show "
                        + operation.cluster());
    }

    private static String capitalised(String text) {
        return text.substring(0, 1).toUpperCase(Locale.ROOT) + text.substring(1);
    }
}
