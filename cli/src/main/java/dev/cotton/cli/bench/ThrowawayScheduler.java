package dev.cotton.cli.bench;

import dev.cotton.cli.ExitCode;
import dev.cotton.cli.Failure;
import dev.cotton.cli.Shell;
import dev.cotton.cli.client.Operation;
import dev.cotton.cli.client.SchedulerClient;
import dev.cotton.cli.follow.Patience;
import dev.cotton.cli.machine.DataFolder;
import dev.cotton.cli.machine.Launcher;
import dev.cotton.cli.machine.RunningScheduler;
import dev.cotton.cli.terminal.Steps;
import dev.cotton.cli.up.Background;
import dev.cotton.cli.up.SchedulerLink;
import dev.cotton.cli.up.UpCall;
import dev.cotton.core.model.DataSize;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.function.Function;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/**
 * A scheduler with a ZooKeeper of its own in a folder of its own, as {@code up} starts it, and the clusters that are made
 * with it. Used by one thread.
 */
public final class ThrowawayScheduler {
    private static final Duration START_LIMIT = Duration.ofMinutes(2);
    private static final Duration KILL_LIMIT = Duration.ofSeconds(10);
    private static final Duration DELETE_LIMIT = Duration.ofMinutes(2);

    private final DataFolder folder;
    private final Function<Steps, RunningScheduler> starter;
    private RunningScheduler scheduler;
    private volatile SchedulerClient client;

    private ThrowawayScheduler(DataFolder folder, Function<Steps, RunningScheduler> starter, Steps steps) {
        this.folder = folder;
        this.starter = starter;
        this.scheduler = starter.apply(steps);
        this.client = SchedulerLink.to(scheduler);
    }

    /**
     * Starts one and waits until it leads.
     *
     * @param options of {@code up}, besides those that keep it apart from others
     */
    public static ThrowawayScheduler start(
            Shell shell, Launcher launcher, DataFolder folder, List<String> options, Steps steps) {
        List<String> arguments =
                new ArrayList<>(List.of("--data-dir", folder.create().path().toString(), "--port", "0"));
        arguments.addAll(options);
        UpCall call = new UpCall(folder.path(), arguments);
        ThrowawayScheduler started = new ThrowawayScheduler(
                folder,
                shown -> new Background(folder).start(launcher, call, shown, new Patience(START_LIMIT, shell.clock())),
                steps);
        started.awaitLead(new Patience(START_LIMIT, shell.clock()));
        return started;
    }

    /** Of the one that was started last. Called by any thread. */
    public SchedulerClient client() {
        return client;
    }

    /** Ends it and its ZooKeeper without a chance to do anything about it, and waits until it is gone. */
    public void kill() {
        scheduler.process().handle().ifPresent(process -> {
            process.destroyForcibly();
            process.onExit().orTimeout(KILL_LIMIT.toSeconds(), TimeUnit.SECONDS).join();
        });
    }

    /** Starts it as it was started before, after {@link #kill}; returns when it answers. */
    public void startAgain() {
        scheduler = starter.apply(Steps.unseen());
        client = SchedulerLink.to(scheduler);
    }

    private void awaitLead(Patience patience) {
        while (true) {
            try {
                client.clusters();
                return;
            } catch (Failure notYet) {
                if (notYet.exitCode() != ExitCode.UNREACHABLE || !patience.pause()) {
                    throw notYet;
                }
            }
        }
    }

    /**
     * Makes a cluster.
     *
     * @param cpus of each instance
     * @return how long a caller waits from the request to the answer that it is healthy
     */
    public Timed create(String name, int instances, double cpus, Duration limit) throws InterruptedException {
        return create(request(name, instances, cpus), limit);
    }

    /** A request for a cluster, to be added to. */
    static ObjectNode request(String name, int instances, double cpus) {
        ObjectNode request =
                JsonMapper.shared().createObjectNode().put("name", name).put("instances", instances);
        request.putObject("size").put("cpus", cpus);
        return request;
    }

    /** Makes a cluster as it is asked for; see {@link #create(String, int, double, Duration)}. */
    Timed create(ObjectNode request, Duration limit) throws InterruptedException {
        long begin = System.nanoTime();
        Operation operation = client.create(request, Optional.empty()).value();
        awaitHealthy(operation.cluster(), limit);
        Duration total = Duration.ofNanos(System.nanoTime() - begin);
        return new Timed(total, steps(client.operation(operation.id()).value()));
    }

    private void awaitHealthy(String name, Duration limit) throws InterruptedException {
        Deadline.after(limit)
                .await(
                        () -> client.cluster(name).value().state().equals("healthy"),
                        () -> name + " was not healthy ("
                                + client.cluster(name).value().why() + ")");
    }

    /** When each step was done, counted from the beginning. */
    static Map<String, Duration> steps(Operation operation) {
        Map<String, Duration> steps = new LinkedHashMap<>();
        operation
                .steps()
                .forEach(step -> step.finishedAt()
                        .ifPresent(at -> steps.put(step.name(), Duration.between(operation.startedAt(), at))));
        return steps;
    }

    /** Destroys a cluster and its data, and waits until nothing of it runs. */
    public void destroy(String name) throws InterruptedException {
        String operation = client.delete(name, true).value().id();
        Deadline.after(DELETE_LIMIT)
                .await(
                        () -> !client.operation(operation).value().isRunning()
                                && processes().executors(name).isEmpty(),
                        () -> name + " was not gone");
    }

    /** What the scheduler and its ZooKeeper take now. */
    DataSize memory() {
        return Memory.resident(scheduler.process().pid());
    }

    /** What each executor of a cluster takes now. */
    List<DataSize> executorMemory(String cluster) {
        return processes().executors(cluster).stream().map(Memory::resident).toList();
    }

    /** The programs of its clusters. */
    public InstanceProcesses processes() {
        return new InstanceProcesses(folder);
    }
}
