package dev.cotton.testing.mesos;

import java.util.List;
import java.util.Optional;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/** Status updates on their way through a master: forwarding, acknowledgements, reconciliation, kills. */
final class TaskUpdates {
    private final Master master;

    TaskUpdates(Master master) {
        this.master = master;
    }

    /** An agent sends the oldest unacknowledged update of a task, and tells the newest state it knows. */
    void forward(String frameworkId, ObjectNode status, String latest) {
        Framework framework = master.frameworks.get(frameworkId);
        if (framework == null) {
            return;
        }
        Task task = framework.tasks.get(Json.idOr(status, "task_id"));
        if (task != null && !Task.isTerminal(task.latest)) {
            task.latest = latest;
        }
        if (task != null && !Task.isTerminal(task.state)) {
            task.state = Json.text(status, "state");
            if (status.has("container_status")) {
                task.container = (ObjectNode) status.path("container_status");
            }
            if (status.has("healthy")) {
                task.healthy = Optional.of(status.path("healthy").asBoolean());
            }
        }
        framework.send(Status.update(status.deepCopy()));
    }

    void acknowledge(Framework framework, JsonNode body) {
        String agent = Json.idOr(body, "agent_id");
        String id = Json.idOr(body, "task_id");
        Optional<AgentEntry> entry = master.agent(agent).filter(each -> each.connected);
        if (entry.isEmpty()) {
            return;
        }
        Task task = framework.tasks.get(id);
        String uuid = Json.text(body, "uuid");
        boolean last = entry.get().agent.acknowledge(framework.id, id, uuid);
        if (task != null && last) {
            framework.tasks.remove(id);
        }
    }

    void kill(Framework framework, JsonNode body) {
        String id = Json.idOr(body, "task_id");
        Task task = framework.tasks.get(id);
        if (task == null) {
            reconcile(framework, id, Json.id(body, "agent_id"));
            return;
        }
        master.agent(task.agent)
                .filter(each -> each.connected)
                .ifPresent(each -> each.agent.kill(framework.id, id, body.path("kill_policy")));
    }

    void reconcile(Framework framework, JsonNode body) {
        JsonNode tasks = body.path("tasks");
        if (tasks.isEmpty()) {
            List.copyOf(framework.tasks.values()).forEach(each -> framework.send(Status.update(known(each))));
            return;
        }
        for (JsonNode each : tasks) {
            reconcile(framework, Json.idOr(each, "task_id"), Json.id(each, "agent_id"));
        }
    }

    private void reconcile(Framework framework, String task, Optional<String> agent) {
        Task known = framework.tasks.get(task);
        if (known != null) {
            framework.send(Status.update(known(known)));
            return;
        }
        boolean mayComeBack = agent.map(master.recovered::contains).orElse(!master.recovered.isEmpty());
        if (mayComeBack) {
            return;
        }
        framework.send(Status.update(unknown(framework, task, agent)));
    }

    private static ObjectNode known(Task task) {
        ObjectNode status =
                Status.byMaster(task.id, task.state, "Reconciliation: Latest task state", "REASON_RECONCILIATION");
        describe(status, task);
        if (!task.container.isEmpty()) {
            status.set("container_status", task.container);
        }
        return status;
    }

    /** Adds where the task is; the executor only of tasks with a custom one. */
    static void describe(ObjectNode status, Task task) {
        status.set("agent_id", Json.id(task.agent));
        if (!task.executor.isEmpty()) {
            status.set("executor_id", Json.id(task.executor));
        }
    }

    private ObjectNode unknown(Framework framework, String task, Optional<String> agent) {
        Registry registry = master.cluster.registry();
        String state = "TASK_UNKNOWN";
        String message = "Task is unknown";
        Long since = agent.map(registry.unreachable::get).orElse(null);
        if (agent.filter(master.agents::containsKey).isPresent()) {
            state = "TASK_GONE";
            message = "Task is unknown to the agent";
        } else if (since != null) {
            state = "TASK_UNREACHABLE";
            message = "Task is unreachable";
        } else if (agent.filter(registry.gone::contains).isPresent()) {
            state = "TASK_GONE_BY_OPERATOR";
            message = "Task is gone";
        }
        ObjectNode status = Status.byMaster(
                task, framework.lossState(state), "Reconciliation: " + message, "REASON_RECONCILIATION");
        agent.ifPresent(each -> status.set("agent_id", Json.id(each)));
        if (since != null && state.equals("TASK_UNREACHABLE")) {
            status.set("unreachable_time", Json.object().put("nanoseconds", since));
        }
        return status;
    }

    /** An executor has ended; frameworks hear of custom ones. */
    void executorEnded(String frameworkId, String agent, String executor, int status) {
        Framework framework = master.frameworks.get(frameworkId);
        if (framework == null) {
            return;
        }
        framework.executors.remove(new Framework.ExecutorKey(agent, executor));
        ObjectNode failure = Json.object();
        failure.set("agent_id", Json.id(agent));
        failure.set("executor_id", Json.id(executor));
        failure.put("status", status);
        framework.send(Json.event("FAILURE", failure));
    }

    void messageFromExecutor(String frameworkId, String agent, String executor, String data) {
        ObjectNode message = Json.object();
        message.set("agent_id", Json.id(agent));
        message.set("executor_id", Json.id(executor));
        message.put("data", data);
        Optional.ofNullable(master.frameworks.get(frameworkId))
                .ifPresent(each -> each.send(Json.event("MESSAGE", message)));
    }
}
