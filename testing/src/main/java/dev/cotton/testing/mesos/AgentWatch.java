package dev.cotton.testing.mesos;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.Future;
import java.util.function.Function;
import tools.jackson.databind.node.ObjectNode;

/** Agents coming, staying away, coming back and being removed, as a master sees it. */
final class AgentWatch {
    private static final String REMOVED = "REASON_AGENT_REMOVED";
    private final Master master;
    private final Map<String, Future<?>> expected = new HashMap<>();

    AgentWatch(Master master) {
        this.master = master;
    }

    void stop() {
        expected.values().forEach(each -> each.cancel(false));
        master.agents.values().forEach(AgentEntry::stopWaiting);
    }

    /** An agent of the registry that has to come back before its ping timeout. */
    void expect(String id) {
        expected.put(id, master.cluster.loop().timer(master.options.agentUnreachableAfter(), () -> neverCameBack(id)));
    }

    private void neverCameBack(String id) {
        if (master.recovered.remove(id)) {
            master.cluster.registry().unreachable.put(id, Status.nowNanoseconds());
        }
    }

    /** An agent registers, for the first time or again; returns its id, empty when it is not let in. */
    String register(Agent agent) {
        Registry registry = master.cluster.registry();
        String id = agent.id().isEmpty() ? master.newAgentId() : agent.id();
        if (registry.gone.contains(id)) {
            return "";
        }
        List.copyOf(master.agents.values()).stream()
                .filter(each -> each.agent == agent && !each.id.equals(id))
                .forEach(each -> remove(each.id, "a new agent registered at the same address"));
        AgentEntry known = master.agents.get(id);
        AgentEntry entry = known != null ? known : new AgentEntry(id, agent, agent.resources());
        master.agents.put(id, entry);
        entry.stopWaiting();
        entry.connected = true;
        entry.total = agent.resources();
        boolean wasUnreachable = registry.unreachable.remove(id) != null;
        registry.admitted.add(id);
        master.recovered.remove(id);
        if (known == null) {
            agent.frameworks().forEach(this::recall);
            takeOver(agent, id, wasUnreachable);
        } else {
            agent.confirm(tasksOf(id));
        }
        agent.runs().stream()
                .map(AgentRun::frameworkId)
                .filter(each -> !master.frameworks.containsKey(each))
                .forEach(agent::shutdownFramework);
        if (known == null) {
            master.allocator.allocate();
        }
        return id;
    }

    private void recall(ObjectNode info) {
        String id = Json.idOr(info, "id");
        if (!master.frameworks.containsKey(id) && !master.completed.contains(id)) {
            Framework framework = new Framework(id, info.deepCopy());
            master.frameworks.put(id, framework);
            master.subscriptions.expect(framework);
        }
    }

    private void takeOver(Agent agent, String id, boolean wasUnreachable) {
        for (AgentRun each : agent.runs()) {
            Framework framework = master.frameworks.get(each.frameworkId());
            if (framework == null) {
                continue;
            }
            if (!each.isCommand() && each.isAlive()) {
                framework.executors.put(new Framework.ExecutorKey(id, each.executorId()), each.resources());
            }
            each.tasks().forEach(task -> cameBack(framework, task, id, wasUnreachable));
        }
        for (Framework each : master.frameworks.values()) {
            each.unreachable.values().removeIf(task -> task.agent.equals(id));
        }
    }

    private void cameBack(Framework framework, AgentRun.RunTask told, String agent, boolean wasUnreachable) {
        Task task = new Task(told.info(), agent, told.resources());
        task.state = told.state();
        task.latest = told.state();
        task.container = told.container();
        framework.tasks.put(task.id, task);
        if (!wasUnreachable) {
            return;
        }
        ObjectNode status =
                Status.byMaster(task.id, task.state, "Unreachable agent re-reregistered", "REASON_AGENT_REREGISTERED");
        TaskUpdates.describe(status, task);
        if (!task.container.isEmpty()) {
            status.set("container_status", task.container);
        }
        framework.send(Status.update(status));
    }

    private Set<String> tasksOf(String agent) {
        Set<String> tasks = new HashSet<>();
        for (Framework each : master.frameworks.values()) {
            each.tasks.values().stream()
                    .filter(task -> task.agent.equals(agent) && !task.hasEnded())
                    .forEach(task -> tasks.add(each.id + "/" + task.id));
        }
        return tasks;
    }

    /** The connection of an agent has ended: its offers are void, and frameworks without checkpoints lose its tasks. */
    void disconnected(String id) {
        AgentEntry entry = master.agents.get(id);
        if (entry == null || !entry.connected) {
            return;
        }
        entry.connected = false;
        rescind(id);
        String message = "Agent " + entry.agent.options().hostname() + " disconnected";
        for (Framework each : List.copyOf(master.frameworks.values())) {
            if (!each.isCheckpointed()) {
                lose(each, id, task -> "TASK_LOST", message, "REASON_AGENT_DISCONNECTED", Map.of());
                each.executors.keySet().removeIf(key -> key.agent().equals(id));
            }
        }
        silent(entry);
    }

    /** Pings of the agent are not answered from now on. */
    void silent(String id) {
        master.agent(id).ifPresent(this::silent);
    }

    private void silent(AgentEntry entry) {
        if (entry.pingTimeout == null) {
            entry.pingTimeout =
                    master.cluster.loop().timer(master.options.agentUnreachableAfter(), () -> unreachable(entry));
        }
    }

    /** Pings are answered again, though the agent has not registered yet. */
    void answers(String id) {
        master.agent(id).ifPresent(AgentEntry::stopWaiting);
    }

    private void unreachable(AgentEntry entry) {
        long now = Status.nowNanoseconds();
        master.cluster.registry().unreachable.put(entry.id, now);
        ObjectNode since = Json.object().put("nanoseconds", now);
        for (Framework each : List.copyOf(master.frameworks.values())) {
            lose(
                    each,
                    entry.id,
                    task -> {
                        each.unreachable.put(task.id, task);
                        return each.lossState("TASK_UNREACHABLE");
                    },
                    "health check timed out",
                    REMOVED,
                    Map.of("unreachable_time", since));
        }
        forget(entry);
    }

    /** Removes an agent for good; its tasks are lost even to frameworks that know of partitions. */
    void remove(String id, String why) {
        AgentEntry entry = master.agents.get(id);
        if (entry == null) {
            return;
        }
        String message = "Agent " + entry.agent.options().hostname() + " removed: " + why;
        master.cluster.registry().admitted.remove(id);
        List.copyOf(master.frameworks.values())
                .forEach(each -> lose(each, id, task -> "TASK_LOST", message, REMOVED, Map.of()));
        forget(entry);
    }

    /** An operator says that the agent never comes back. */
    void markGone(String id) {
        Registry registry = master.cluster.registry();
        registry.gone.add(id);
        registry.unreachable.remove(id);
        registry.admitted.remove(id);
        master.recovered.remove(id);
        for (Framework each : List.copyOf(master.frameworks.values())) {
            each.unreachable.values().stream()
                    .filter(task -> task.agent.equals(id))
                    .forEach(task -> each.tasks.put(task.id, task));
            each.unreachable.values().removeIf(task -> task.agent.equals(id));
            lose(
                    each,
                    id,
                    task -> each.lossState("TASK_GONE_BY_OPERATOR"),
                    "Agent has been marked gone",
                    "REASON_AGENT_REMOVED_BY_OPERATOR",
                    Map.of());
        }
        AgentEntry entry = master.agents.get(id);
        if (entry != null) {
            forget(entry);
            entry.agent.toldToShutDown();
        }
    }

    private void lose(
            Framework framework,
            String agent,
            Function<Task, String> state,
            String message,
            String reason,
            Map<String, ObjectNode> more) {
        List<Task> lost = new ArrayList<>(framework.tasks.values());
        lost.removeIf(each -> !each.agent.equals(agent));
        for (Task each : lost) {
            framework.tasks.remove(each.id);
            if (each.hasEnded()) {
                continue;
            }
            ObjectNode status = Status.byMaster(each.id, state.apply(each), message, reason);
            TaskUpdates.describe(status, each);
            more.forEach(status::set);
            framework.send(Status.update(status));
        }
    }

    private void forget(AgentEntry entry) {
        entry.stopWaiting();
        master.agents.remove(entry.id);
        rescind(entry.id);
        master.maintenance.rescind(entry.id);
        for (Framework each : master.frameworks.values()) {
            each.executors.keySet().removeIf(key -> key.agent().equals(entry.id));
            each.send(Json.event("FAILURE", Json.object("agent_id", Json.id(entry.id))));
        }
    }

    private void rescind(String agent) {
        master.offers.of(each -> each.agent().equals(agent)).forEach(master.offers::rescind);
    }
}
