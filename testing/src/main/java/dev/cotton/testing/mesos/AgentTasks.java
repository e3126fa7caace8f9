package dev.cotton.testing.mesos;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/** The executors of an agent and their tasks. */
final class AgentTasks {
    private final Agent agent;
    private final StatusUpdates updates;
    private final Launcher launcher;
    private final List<AgentRun> runs = new ArrayList<>();

    AgentTasks(Agent agent, StatusUpdates updates) {
        this.agent = agent;
        this.updates = updates;
        this.launcher = new Launcher(agent, this);
    }

    List<AgentRun> runs() {
        return List.copyOf(runs);
    }

    List<Container> containers() {
        return launcher.containers();
    }

    Optional<AgentRun> alive(String framework, String executor) {
        return runs.stream()
                .filter(each -> each.isAlive() && each.isOf(framework, executor))
                .findFirst();
    }

    private Optional<AgentRun> ofTask(String framework, String task) {
        return runs.stream()
                .filter(each ->
                        each.frameworkId().equals(framework) && each.task(task).isPresent())
                .findFirst();
    }

    void run(ObjectNode framework, ObjectNode task, String role) {
        String frameworkId = Json.idOr(framework, "id");
        String id = Json.idOr(task, "task_id");
        boolean command = !task.has("executor");
        String executor = command ? id : Json.idOr(task.path("executor"), "executor_id");
        Optional<AgentRun> existing = alive(frameworkId, executor);
        if (existing.isPresent() && (command || existing.get().isTerminating())) {
            ObjectNode dropped = command
                    ? Status.byAgent(
                            id,
                            "TASK_DROPPED",
                            "Cannot reuse an already existing executor for a command task",
                            "REASON_TASK_INVALID")
                    : Status.byAgent(id, "TASK_DROPPED", "Executor terminating", "REASON_EXECUTOR_TERMINATED");
            tell(frameworkId, executor, dropped);
            return;
        }
        AgentRun.RunTask added = new AgentRun.RunTask(task, Resources.read(task.path("resources"), role));
        if (existing.isPresent()) {
            existing.get().add(added);
            launcher.linkVolumes(existing.get(), task.path("resources"));
            deliver(existing.get());
            return;
        }
        AgentRun run = new AgentRun(
                framework, task, role, agent.workFolder().resolve("slaves").resolve(agent.id()));
        run.add(added);
        runs.add(run);
        launcher.launch(run);
    }

    /** Sends LAUNCH for tasks that the executor has not got. */
    void deliver(AgentRun run) {
        if (!run.isSubscribed()) {
            return;
        }
        for (AgentRun.RunTask each : run.tasks()) {
            if (!each.isDelivered() && !Task.isTerminal(each.state())) {
                each.deliver();
                run.send(Json.event("LAUNCH", Json.object("task", each.info())));
            }
        }
    }

    void kill(String framework, String id, JsonNode policy) {
        AgentRun run = ofTask(framework, id).orElse(null);
        AgentRun.RunTask task = run == null ? null : run.task(id).orElse(null);
        if (run == null || task == null || Task.isTerminal(task.state())) {
            return;
        }
        if (!task.isDelivered()) {
            ObjectNode killed = Status.byAgent(
                    id, "TASK_KILLED", "Killed before delivery to the executor", "REASON_TASK_KILLED_DURING_LAUNCH");
            task.note(killed);
            tell(framework, run.executorId(), killed);
            boolean idle = run.tasks().stream().allMatch(each -> Task.isTerminal(each.state()));
            if (idle) {
                shutdown(run);
            }
        } else if (run.isCommand()) {
            launcher.commands().kill(run, task, policy);
        } else {
            ObjectNode kill = Json.object("task_id", Json.id(id));
            if (!policy.isMissingNode()) {
                kill.set("kill_policy", policy);
            }
            run.send(Json.event("KILL", kill));
        }
    }

    void message(String framework, JsonNode body) {
        alive(framework, Json.idOr(body, "executor_id"))
                .ifPresent(each ->
                        each.send(Json.event("MESSAGE", Json.object().put("data", Json.text(body, "data")))));
    }

    void shutdown(String framework, String executor) {
        alive(framework, executor).ifPresent(this::shutdown);
    }

    private void shutdown(AgentRun run) {
        if (run.isTerminating()) {
            return;
        }
        run.terminate();
        run.send(Json.object().put("type", "SHUTDOWN"));
        run.process().filter(each -> run.isCommand()).ifPresent(Container::terminate);
        Duration grace = run.isSubscribed() ? launcher.shutdownGrace(run) : Duration.ZERO;
        run.waitUntil(agent.loop().timer(grace, () -> end(run, AgentRun.Ending.TERMINATED)));
    }

    /** Kills the container of a run; one that has none yet has ended then. */
    void end(AgentRun run, AgentRun.Ending why) {
        run.destroy(why);
        if (run.process().isEmpty()) {
            ended(run, 9);
        }
    }

    /** The framework was removed: its executors are shut down, and nobody hears of them. */
    void shutdownFramework(String framework) {
        updates.forget(framework);
        for (AgentRun each : runs()) {
            if (each.frameworkId().equals(framework)) {
                each.tasks().forEach(task -> each.removeTask(task.id()));
                shutdown(each);
                clean(each);
            }
        }
    }

    /** Kills the executors of a framework at once, and nobody hears of them. */
    void discard(String framework) {
        updates.forget(framework);
        for (AgentRun each : runs()) {
            if (each.frameworkId().equals(framework)) {
                each.tasks().forEach(task -> each.removeTask(task.id()));
                runs.remove(each);
                end(each, AgentRun.Ending.TERMINATED);
            }
        }
    }

    /** A task's last update was acknowledged. */
    void forget(String framework, String task) {
        ofTask(framework, task).ifPresent(each -> {
            each.removeTask(task);
            clean(each);
        });
    }

    private void clean(AgentRun run) {
        if (!run.isAlive() && run.tasks().isEmpty()) {
            runs.remove(run);
        }
    }

    /** The container of a run has ended, or never came to be. */
    void ended(AgentRun run, int status) {
        if (!run.isAlive()) {
            return;
        }
        run.end();
        if (!agent.isRunning() || agent.isRecovering() || !runs.contains(run)) {
            return;
        }
        if (!run.isCommand()) {
            agent.master()
                    .ifPresent(each ->
                            each.updates.executorEnded(run.frameworkId(), agent.id(), run.executorId(), status));
        }
        failTasks(run);
        agent.executorsChanged();
    }

    private void failTasks(AgentRun run) {
        for (AgentRun.RunTask each : run.tasks()) {
            if (!Task.isTerminal(each.state())) {
                ObjectNode failed = Status.byAgent(
                        each.id(),
                        "TASK_FAILED",
                        run.ending().message(),
                        run.ending().reason());
                each.note(failed);
                tell(run.frameworkId(), run.executorId(), failed);
            }
        }
        clean(run);
    }

    /** Takes an update that the agent itself makes. */
    void tell(String framework, String executor, ObjectNode status) {
        status.set("agent_id", Json.id(agent.id()));
        status.set("executor_id", Json.id(executor));
        status.put("timestamp", Status.now());
        status.put("uuid", Status.newUuid());
        updates.add(framework, status);
    }

    /** Takes an update of an executor, and acknowledges it to the executor. */
    void update(AgentRun run, ObjectNode status) {
        if (!runs.contains(run)) {
            return;
        }
        Optional<AgentRun.RunTask> task = run.task(Json.idOr(status, "task_id"));
        status.set("agent_id", Json.id(agent.id()));
        if (!status.has("timestamp")) {
            status.put("timestamp", Status.now());
        }
        task.ifPresent(each -> status.set("container_status", launcher.containerStatus(run)));
        boolean fresh = updates.add(run.frameworkId(), status);
        task.filter(each -> fresh).ifPresent(each -> each.note(status));
        if (task.isPresent() && !run.isCommand()) {
            ObjectNode acknowledged = Json.object("task_id", status.path("task_id"));
            acknowledged.set("uuid", status.path("uuid"));
            run.send(Json.event("ACKNOWLEDGED", acknowledged));
        }
    }

    /** The agent's process has ended: streams are gone, and so is what was not checkpointed. */
    void agentStopped() {
        for (AgentRun each : runs()) {
            each.unsubscribe(Optional.empty());
            if (!each.isCheckpointed()) {
                each.tasks().forEach(task -> each.removeTask(task.id()));
                updates.forget(each.frameworkId());
                runs.remove(each);
                each.process().filter(process -> each.isCommand()).ifPresent(Container::destroy);
            }
        }
    }

    /** The built-in executors have waited for the agent long enough. */
    void endCommands() {
        runs().stream().filter(AgentRun::isCommand).forEach(each -> end(each, AgentRun.Ending.TERMINATED));
    }

    /** After a restart: tells of executors that ended meanwhile. */
    void recover() {
        runs().stream().filter(each -> !each.isAlive()).forEach(this::failTasks);
    }

    /** Kills executors that did not subscribe again. */
    void giveUpMissing(Duration waited) {
        String message = "Executor did not re-register within " + Durations.text(waited);
        for (AgentRun each : runs()) {
            if (!each.isCommand() && each.isAlive() && !each.isSubscribed()) {
                end(each, new AgentRun.Ending(message, "REASON_EXECUTOR_REREGISTRATION_TIMEOUT"));
            }
        }
    }

    /** Tells of tasks that the master counts and that never came here. */
    void dropUnknown(Set<String> counted) {
        for (String each : counted) {
            String framework = each.substring(0, each.indexOf('/'));
            String task = each.substring(each.indexOf('/') + 1);
            if (ofTask(framework, task).isEmpty()) {
                ObjectNode dropped = Status.byAgent(
                        task, "TASK_DROPPED", "Reconciliation: task unknown to the agent", "REASON_RECONCILIATION");
                dropped.set("agent_id", Json.id(agent.id()));
                dropped.put("timestamp", Status.now());
                dropped.put("uuid", Status.newUuid());
                updates.add(framework, dropped);
            }
        }
    }
}
