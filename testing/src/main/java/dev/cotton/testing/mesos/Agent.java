package dev.cotton.testing.mesos;

import java.nio.file.Path;
import java.time.Duration;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/** An agent: its process, which may be killed and started again, and what it keeps on disk. On the loop's thread. */
final class Agent {
    private final Cluster cluster;
    private final Path workFolder;
    private final StatusUpdates updates;
    private final AgentTasks tasks;
    private AgentOptions options;
    private Resources resources;
    private String id = "";
    private int port;
    private int stops;
    private @Nullable WebServer web;
    private boolean recovering;
    private boolean registered;
    private boolean cutOff;
    private boolean awaitingExecutors;

    Agent(Cluster cluster, AgentOptions options, Path workFolder) {
        this.cluster = cluster;
        this.options = options;
        this.workFolder = workFolder;
        this.resources = AgentDescription.resources(options);
        this.updates = new StatusUpdates(cluster.loop(), options.timing().updateRetry(), this::send);
        this.tasks = new AgentTasks(this, updates);
    }

    String id() {
        return id;
    }

    AgentOptions options() {
        return options;
    }

    Resources resources() {
        return resources;
    }

    Path workFolder() {
        return workFolder;
    }

    Loop loop() {
        return cluster.loop();
    }

    int port() {
        return port;
    }

    AgentTasks tasks() {
        return tasks;
    }

    List<AgentRun> runs() {
        return tasks.runs();
    }

    boolean isRunning() {
        return web != null;
    }

    boolean isRecovering() {
        return recovering;
    }

    /** The leading master, if this agent is registered with it and reaches it. */
    Optional<Master> master() {
        return registered && isRunning() && !cutOff ? cluster.leader() : Optional.empty();
    }

    /** Frameworks that have executors or tasks here. */
    Collection<ObjectNode> frameworks() {
        Map<String, ObjectNode> frameworks = new LinkedHashMap<>();
        runs().forEach(each -> frameworks.putIfAbsent(each.frameworkId(), each.framework()));
        return frameworks.values();
    }

    /** Starts the process at the port it had before; with what it keeps on disk, it recovers first. */
    void start() {
        if (isRunning()) {
            return;
        }
        recovering = !id.isEmpty();
        web = new WebServer("mesos-agent", port, new ExecutorApi(this)::answer);
        port = web.port();
        if (recovering) {
            loop().after(options.timing().recovering(), this::recovered);
        } else {
            register();
        }
    }

    private void recovered() {
        recovering = false;
        cluster.leader().filter(each -> !cutOff).ifPresent(each -> each.watch.answers(id));
        tasks.recover();
        awaitExecutors(options.timing().executorReregistration());
    }

    private void awaitExecutors(Duration patience) {
        awaitingExecutors = true;
        int before = stops;
        loop().after(patience, () -> {
            if (awaitingExecutors && before == stops) {
                tasks.giveUpMissing(patience);
                registerWithExecutors();
            }
        });
        executorsChanged();
    }

    /** An executor has subscribed or ended: a restarted agent registers when it waits for no more of them. */
    void executorsChanged() {
        boolean missing = runs().stream().anyMatch(each -> !each.isCommand() && each.isAlive() && !each.isSubscribed());
        if (awaitingExecutors && !missing) {
            registerWithExecutors();
        }
    }

    private void registerWithExecutors() {
        awaitingExecutors = false;
        register();
    }

    /** Registers with the leading master, if there is one and this agent can. */
    void register() {
        if (!isRunning() || recovering || awaitingExecutors || cutOff) {
            return;
        }
        cluster.readyLeader().ifPresent(master -> {
            String given = master.watch.register(this);
            if (given.isEmpty()) {
                shutDown();
                return;
            }
            id = given;
            registered = true;
            // Mesos sends what waits twice: when it is registered, and when the master has taken over its tasks.
            updates.resume();
            updates.resume();
        });
    }

    /** The master has gone. */
    void loseMaster() {
        registered = false;
    }

    /** Ends at once, as by SIGKILL; executors live on, those without checkpoints only by their own doing. */
    void kill() {
        if (!isRunning()) {
            return;
        }
        cluster.leader().filter(each -> !cutOff).ifPresent(each -> each.watch.disconnected(id));
        stop();
        tasks.agentStopped();
        int stopped = stops;
        loop().after(options.timing().recovery(), () -> {
            if (stopped == stops && !isRunning()) {
                tasks.endCommands();
            }
        });
    }

    private void stop() {
        awaitingExecutors = false;
        if (web != null) {
            web.close();
            web = null;
            stops++;
        }
        registered = false;
        updates.pause();
    }

    /** Kills its executors without a word and ends. */
    void shutDown() {
        List.copyOf(frameworks()).forEach(each -> tasks.discard(Json.idOr(each, "id")));
        stop();
        if (!cluster.registry().gone.contains(id)) {
            id = "";
        }
    }

    /** A master tells it to shut down; it does so when it hears that. */
    void toldToShutDown() {
        if (hears()) {
            shutDown();
        }
    }

    /** Unregisters and ends, as by SIGUSR1. */
    void unregister() {
        master().ifPresent(each -> each.watch.remove(id, "the agent unregistered"));
        shutDown();
    }

    /** Loses what it keeps on disk but for the volumes' data: it becomes another agent, with these options. Only while it does not run. */
    void forgetEverything(AgentOptions chosen) {
        List.copyOf(frameworks()).forEach(each -> tasks.discard(Json.idOr(each, "id")));
        id = "";
        options = chosen;
        resources = AgentDescription.resources(options);
    }

    /** Messages between it and masters are lost from now on. */
    void cutOff() {
        cutOff = true;
        registered = false;
        cluster.leader().ifPresent(each -> each.watch.silent(id));
    }

    /** Messages get through again. */
    void reconnect() {
        cutOff = false;
        register();
    }

    /** Whether messages of a master reach it. */
    private boolean hears() {
        return isRunning() && !recovering && !cutOff;
    }

    void runTask(ObjectNode framework, ObjectNode task, String role) {
        if (hears()) {
            tasks.run(framework, task, role);
        }
    }

    void kill(String framework, String task, JsonNode policy) {
        if (hears()) {
            tasks.kill(framework, task, policy);
        }
    }

    /** Returns whether the task's last update is acknowledged with this. */
    boolean acknowledge(String framework, String task, String uuid) {
        boolean last = hears() && updates.acknowledge(framework, task, uuid);
        if (last) {
            tasks.forget(framework, task);
        }
        return last;
    }

    void message(String framework, JsonNode body) {
        if (hears()) {
            tasks.message(framework, body);
        }
    }

    void shutdownExecutor(String framework, String executor) {
        if (hears()) {
            tasks.shutdown(framework, executor);
        }
    }

    void shutdownFramework(String framework) {
        if (hears()) {
            tasks.shutdownFramework(framework);
        }
    }

    /** The master counts these tasks, as {@code framework/task}: those unknown here are dropped. */
    void confirm(Set<String> counted) {
        tasks.dropUnknown(counted);
    }

    /** Keeps new reservations and volumes. */
    void keepResources(Resources changed) {
        Sandbox.keepVolumes(workFolder, resources, changed);
        resources = changed;
    }

    void describe(ObjectNode offer) {
        AgentDescription.describe(this, offer);
    }

    ObjectNode url() {
        return AgentDescription.url(this);
    }

    private void send(String framework, ObjectNode status, String latest) {
        master().ifPresent(each -> each.updates.forward(framework, status, latest));
    }
}
