package dev.cotton.testing.mesos;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/** Performs the operations of an ACCEPT, in order, on the resources of its offers. */
final class Acceptance {
    private final Master master;
    private final Operations operations;

    Acceptance(Master master) {
        this.master = master;
        this.operations = master.operations;
    }

    void accept(Framework framework, JsonNode accept) {
        List<Offer> offers = new ArrayList<>();
        Optional<String> invalid = collect(framework, accept.path("offer_ids"), offers);
        offers.forEach(master.offers::remove);
        if (invalid.isPresent()) {
            drop(framework, accept.path("operations"), invalid.get());
            return;
        }
        if (offers.isEmpty()) {
            drop(framework, accept.path("operations"), "No offers specified");
            return;
        }
        Offer first = offers.getFirst();
        AgentEntry agent = master.agent(first.agent()).orElseThrow();
        Resources offered = Resources.NONE;
        for (Offer each : offers) {
            offered = offered.plus(each.resources());
        }
        Resources left = perform(framework, agent, first.role(), offered, accept.path("operations"));
        double seconds = Allocator.refusal(accept.path("filters"));
        master.allocator.refuse(framework, first.role(), agent.id, left, seconds);
    }

    private Resources perform(Framework framework, AgentEntry agent, String role, Resources offered, JsonNode wanted) {
        Resources left = offered;
        for (JsonNode each : wanted) {
            String type = Json.text(each, "type");
            JsonNode body = each.path(type.toLowerCase(Locale.ROOT));
            switch (type) {
                case "" -> {}
                case "LAUNCH" -> left = launch(framework, agent, role, left, body.path("task_infos"));
                default -> left = operations.perform(framework, agent, role, left, each);
            }
        }
        return left;
    }

    /** Finds the offers that are still there; returns what is wrong with the others, or with their mixture. */
    private Optional<String> collect(Framework framework, JsonNode ids, List<Offer> offers) {
        Set<String> seen = new HashSet<>();
        Optional<String> invalid = Optional.empty();
        for (JsonNode each : ids) {
            String id = Json.text(each, "value");
            if (!seen.add(id)) {
                invalid = invalid.or(() -> Optional.of("Duplicate offer " + id + " in offer list"));
                continue;
            }
            Optional<Offer> offer =
                    master.offers.find(id).filter(found -> found.framework().equals(framework.id));
            offer.ifPresent(offers::add);
            if (offer.isEmpty()) {
                invalid = invalid.or(() -> Optional.of("Offer " + id + " is no longer valid"));
            }
        }
        return invalid.or(() -> mixed(offers));
    }

    private static Optional<String> mixed(List<Offer> offers) {
        for (Offer each : offers) {
            Offer first = offers.getFirst();
            if (!each.agent().equals(first.agent())) {
                return Optional.of("Aggregated offers must belong to one single agent. Offer " + each.id()
                        + " uses agent " + each.agent() + " and agent " + first.agent());
            }
            if (!each.role().equals(first.role())) {
                return Optional.of("Aggregated offers must be allocated to the same role. Offer " + each.id()
                        + " uses role " + each.role() + " but another is using role " + first.role());
            }
        }
        return Optional.empty();
    }

    private void drop(Framework framework, JsonNode wanted, String why) {
        for (JsonNode operation : wanted) {
            for (JsonNode task : operation.path("launch").path("task_infos")) {
                ObjectNode status = Status.byMaster(
                        Json.idOr(task, "task_id"),
                        framework.lossState("TASK_DROPPED"),
                        "Task launched with invalid offers: " + why,
                        "REASON_INVALID_OFFERS");
                status.set("agent_id", task.path("agent_id"));
                framework.send(Status.update(status));
            }
            operations.dropped(framework, operation, "Operation attempted with invalid offers: " + why);
        }
    }

    private Resources launch(Framework framework, AgentEntry agent, String role, Resources offered, JsonNode tasks) {
        Resources left = offered;
        for (JsonNode each : tasks) {
            Resources resources = TaskRules.resources(each.path("resources"), role);
            Optional<String> invalid = new TaskRules(framework, agent, role).refusal(each, left);
            if (invalid.isPresent()) {
                ObjectNode status =
                        Status.byMaster(Json.idOr(each, "task_id"), "TASK_ERROR", invalid.get(), "REASON_TASK_INVALID");
                status.set("agent_id", each.path("agent_id"));
                framework.send(Status.update(status));
                continue;
            }
            left = left.minus(resources).minus(startExecutor(framework, agent, role, each.path("executor")));
            Task task = new Task(each, agent.id, resources);
            framework.tasks.put(task.id, task);
            agent.agent.runTask(framework.info.deepCopy(), complete(framework, (ObjectNode) each, role), role);
        }
        return left;
    }

    /** Counts a new custom executor; returns what it takes, nothing when it runs already. */
    private static Resources startExecutor(Framework framework, AgentEntry agent, String role, JsonNode executor) {
        if (executor.isMissingNode()) {
            return Resources.NONE;
        }
        Framework.ExecutorKey key = new Framework.ExecutorKey(agent.id, Json.idOr(executor, "executor_id"));
        if (framework.executors.containsKey(key)) {
            return Resources.NONE;
        }
        Resources resources = TaskRules.resources(executor.path("resources"), role);
        framework.executors.put(key, resources);
        return resources;
    }

    /** The task as agents and executors get it: with allocations, and its executor with its framework. */
    private static ObjectNode complete(Framework framework, ObjectNode task, String role) {
        ObjectNode complete = task.deepCopy();
        boolean refined = framework.can("RESERVATION_REFINEMENT");
        boolean multiRole = framework.can("MULTI_ROLE");
        if (task.has("resources")) {
            complete.set(
                    "resources",
                    TaskRules.resources(task.path("resources"), role).json(refined, multiRole));
        }
        if (complete.path("executor") instanceof ObjectNode executor) {
            executor.set("framework_id", Json.id(framework.id));
            if (executor.has("resources")) {
                executor.set(
                        "resources",
                        TaskRules.resources(executor.path("resources"), role).json(refined, multiRole));
            }
        }
        return complete;
    }
}
