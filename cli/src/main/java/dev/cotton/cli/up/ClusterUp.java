package dev.cotton.cli.up;

import dev.cotton.cli.ExitCode;
import dev.cotton.cli.Failure;
import dev.cotton.cli.client.Cluster;
import dev.cotton.cli.client.Document;
import dev.cotton.cli.client.Operation;
import dev.cotton.cli.client.SchedulerClient;
import dev.cotton.cli.follow.OperationFollower;
import dev.cotton.cli.follow.Patience;
import dev.cotton.cli.options.CreateOptions;
import dev.cotton.cli.terminal.Spans;
import dev.cotton.cli.terminal.Steps;
import java.util.List;
import java.util.Optional;

/** Sees to it that clusters run and are healthy, whatever they were before. Used by one thread. */
final class ClusterUp {
    private final SchedulerClient client;
    private final Steps steps;
    private final Patience patience;

    ClusterUp(SchedulerClient client, Steps steps, Patience patience) {
        this.client = client;
        this.steps = steps;
        this.patience = patience;
    }

    /** Waits until this scheduler leads, or passes on to one that does. */
    void ready() {
        Optional<Failure> obstacle = obstacle();
        while (obstacle.isPresent()) {
            steps.at(obstacle.get().sentence());
            if (!patience.pause()) {
                steps.failed();
                throw obstacle.get();
            }
            obstacle = obstacle();
        }
    }

    private Optional<Failure> obstacle() {
        try {
            client.clusters();
            return Optional.empty();
        } catch (Failure failure) {
            if (failure.exitCode() == ExitCode.UNREACHABLE) {
                return Optional.of(failure);
            }
            throw failure;
        }
    }

    /**
     * Makes the cluster if it is not there, starts it if it is stopped, and waits until it is healthy.
     *
     * @throws Failure when that does not come about in time; it goes on by itself
     */
    Document<Cluster> bring(String name, CreateOptions wanted) {
        Optional<Document<Cluster>> found = find(name);
        if (found.isEmpty()) {
            follow(client.create(wanted.request(name), Optional.empty()), "Creating " + name);
        } else if (found.get().value().power().equals("off")) {
            follow(client.start(name), "Starting " + name);
        } else {
            found.get()
                    .value()
                    .running()
                    .ifPresent(operation ->
                            follow(client.operation(operation.id()), "Going on to " + operation.kind() + " " + name));
        }
        return healthy(name);
    }

    /** Lets stopped clusters run again; one that runs or is gone is left so. */
    void startAgain(List<String> names) {
        for (String name : names) {
            if (find(name)
                    .filter(document -> document.value().power().equals("off"))
                    .isPresent()) {
                follow(client.start(name), "Starting " + name);
                steps.done(name + " is healthy");
            }
        }
    }

    private void follow(Document<Operation> started, String title) {
        new OperationFollower(client, steps, patience).follow(started, title);
    }

    private Document<Cluster> healthy(String name) {
        steps.begin("Waiting until " + name + " is healthy");
        Document<Cluster> cluster = client.cluster(name);
        while (!cluster.value().state().equals("healthy")) {
            String why = cluster.value().state() + ": " + cluster.value().why();
            steps.at(why);
            if (!patience.pause()) {
                steps.failed();
                throw new Failure(
                        ExitCode.TIMEOUT,
                        name + " is not healthy after " + Spans.of(patience.limit()) + ". It is " + why
                                + " It goes on by itself; look with: cotton show " + name);
            }
            cluster = client.cluster(name);
        }
        steps.done(name + " is healthy");
        return cluster;
    }

    private Optional<Document<Cluster>> find(String name) {
        try {
            return Optional.of(client.cluster(name));
        } catch (Failure failure) {
            if (failure.exitCode() == ExitCode.NOT_FOUND) {
                return Optional.empty();
            }
            throw failure;
        }
    }
}
