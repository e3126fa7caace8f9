package dev.cotton.testing.mesos;

import java.util.List;
import java.util.Objects;
import java.util.Optional;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/** Which tasks a master refuses with TASK_ERROR, and how it says why. */
final class TaskRules {
    private final Framework framework;
    private final AgentEntry agent;
    private final String role;

    TaskRules(Framework framework, AgentEntry agent, String role) {
        this.framework = framework;
        this.agent = agent;
        this.role = role;
    }

    /** The resources of a task; those of exactly nothing do not count. */
    static Resources resources(JsonNode array, String role) {
        return Resources.of(Resources.readEach(array, role));
    }

    /** Why {@code task} is refused, with {@code left} of the offers; empty when it may start. */
    Optional<String> refusal(JsonNode task, Resources left) {
        String id = Json.idOr(task, "task_id");
        JsonNode executor = task.path("executor");
        return invalidId(id)
                .or(() -> when(framework.tasks.containsKey(id), "Task has duplicate ID: " + id))
                .or(() -> wrongAgent(Json.idOr(task, "agent_id")))
                .or(() -> invalidResources(task.path("resources")))
                .or(() -> when(resources(task.path("resources"), role).isEmpty(), "Task uses no resources"))
                .or(() -> when(
                        task.has("executor") == task.has("command"),
                        "Task should have at least one (but not both) of CommandInfo or ExecutorInfo present"))
                .or(() -> wrongExecutor(executor))
                .or(() -> tooMuch(task, executor, left));
    }

    private static Optional<String> invalidId(String id) {
        if (id.isEmpty()) {
            return Optional.of("ID must not be empty");
        }
        if (id.length() > 255) {
            return Optional.of("ID must not be greater than 255 characters");
        }
        boolean invalid = id.equals(".")
                || id.equals("..")
                || id.chars().anyMatch(each -> each == '/' || each == '\\' || Character.isISOControl(each));
        return when(invalid, "'" + id + "' contains invalid characters");
    }

    private Optional<String> wrongAgent(String named) {
        return when(
                !named.equals(agent.id),
                "Task uses invalid agent " + named + " while agent " + agent.id + " is expected");
    }

    private Optional<String> invalidResources(JsonNode resources) {
        for (Resource each : Resources.readEach(resources, role)) {
            if (each.amount() instanceof Quantity.Scalar scalar
                    && scalar.thousandths() <= 0
                    && !isZero(resources, each)) {
                return Optional.of("Resource '" + each.text() + "' is invalid: Invalid scalar resource: value <= 0");
            }
        }
        return Optional.empty();
    }

    private static boolean isZero(JsonNode resources, Resource wanted) {
        return Json.elements(resources).stream()
                .filter(each -> Json.text(each, "name").equals(wanted.name()))
                .anyMatch(each -> Json.number(each.path("scalar"), "value", 1) == 0);
    }

    private Optional<String> wrongExecutor(JsonNode executor) {
        if (executor.isMissingNode()) {
            return Optional.empty();
        }
        String named = Json.id(executor, "framework_id").orElse(framework.id);
        String id = Json.idOr(executor, "executor_id");
        return when(
                        !named.equals(framework.id),
                        "ExecutorInfo has an invalid FrameworkID (Actual: " + named + " vs Expected: " + framework.id
                                + ")")
                .or(() -> invalidId(id))
                .or(() -> incompatible(executor, id));
    }

    private Optional<String> incompatible(JsonNode executor, String id) {
        ObjectNode asked = executor.deepCopy() instanceof ObjectNode copy ? copy : Json.object();
        asked.set("framework_id", Json.id(framework.id));
        return agent.agent.runs().stream()
                .filter(each -> each.isAlive() && each.isOf(framework.id, id))
                .filter(each -> !same(each.executorInfo(), asked))
                .findFirst()
                .map(each -> "ExecutorInfo is not compatible with existing ExecutorInfo with same ExecutorID.\n"
                        + "-".repeat(60) + "\nExisting ExecutorInfo:\n"
                        + each.executorInfo().toPrettyString() + "\n"
                        + "-".repeat(60) + "\nTask's ExecutorInfo:\n" + asked.toPrettyString() + "\n" + "-".repeat(60)
                        + "\n");
    }

    private boolean same(ObjectNode existing, ObjectNode asked) {
        Resources had = resources(existing.path("resources"), role);
        Resources wanted = resources(asked.path("resources"), role);
        return had.equals(wanted)
                && Objects.equals(
                        existing.deepCopy().without(List.of("resources")),
                        asked.deepCopy().without(List.of("resources")));
    }

    private Optional<String> tooMuch(JsonNode task, JsonNode executor, Resources left) {
        Resources total = resources(task.path("resources"), role);
        Framework.ExecutorKey key = new Framework.ExecutorKey(agent.id, Json.idOr(executor, "executor_id"));
        if (!executor.isMissingNode() && !framework.executors.containsKey(key)) {
            total = total.plus(resources(executor.path("resources"), role));
        }
        return when(
                !left.contains(total),
                "Total resources " + total.text() + " required by task and its executor is more than available "
                        + left.text());
    }

    private static Optional<String> when(boolean wrong, String why) {
        return wrong ? Optional.of(why) : Optional.empty();
    }
}
