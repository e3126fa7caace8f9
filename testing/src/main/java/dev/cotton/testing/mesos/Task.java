package dev.cotton.testing.mesos;

import java.util.Optional;
import java.util.Set;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/** What a master knows of one task. */
final class Task {
    private static final Set<String> TERMINAL = Set.of(
            "TASK_FINISHED",
            "TASK_FAILED",
            "TASK_KILLED",
            "TASK_ERROR",
            "TASK_LOST",
            "TASK_DROPPED",
            "TASK_GONE",
            "TASK_GONE_BY_OPERATOR");

    final String id;
    final String agent;

    /** Empty for a command task. */
    final String executor;

    final Resources resources;

    /** What it was launched with, but for what a master does not show. */
    final ObjectNode shown;

    String state = "TASK_STAGING";

    /** The newest state the agent has told, which may be ahead of the last update that was sent. */
    String latest = "TASK_STAGING";

    /** What was said of it last. */
    Optional<Boolean> healthy = Optional.empty();

    /** The container status of the last update that had one. */
    ObjectNode container = Json.object();

    Task(JsonNode info, String agent, Resources resources) {
        this.id = Json.idOr(info, "task_id");
        this.agent = agent;
        this.executor = Json.idOr(info.path("executor"), "executor_id");
        this.resources = resources;
        this.shown = Json.withoutData(info);
    }

    /** Whether its resources are free again. */
    boolean hasEnded() {
        return isTerminal(latest);
    }

    static boolean isTerminal(String state) {
        return TERMINAL.contains(state);
    }
}
