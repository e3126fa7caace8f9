package dev.cotton.testing.mesos;

import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.Future;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/** One run of an executor on an agent: a container with its sandbox, and the tasks it was given. */
final class AgentRun {
    /** A task with the newest state that the agent knows of it. */
    static final class RunTask {
        private final ObjectNode info;
        private final Resources resources;
        private String state = "TASK_STAGING";
        private ObjectNode container = Json.object();
        private boolean delivered;

        RunTask(ObjectNode info, Resources resources) {
            this.info = info;
            this.resources = resources;
        }

        ObjectNode info() {
            return info;
        }

        String id() {
            return Json.idOr(info, "task_id");
        }

        Resources resources() {
            return resources;
        }

        String state() {
            return state;
        }

        ObjectNode container() {
            return container;
        }

        boolean isDelivered() {
            return delivered;
        }

        void deliver() {
            delivered = true;
        }

        /** Notes a status; the state of a task that has ended does not change. */
        void note(ObjectNode status) {
            if (!Task.isTerminal(state)) {
                state = Json.text(status, "state");
            }
            if (status.path("container_status") instanceof ObjectNode told) {
                container = told;
            }
        }
    }

    private final ObjectNode framework;
    private final ObjectNode executor;
    private final boolean command;
    private final Resources resources;
    private final String container = UUID.randomUUID().toString();
    private final Map<String, RunTask> tasks = new LinkedHashMap<>();
    private final Path sandbox;
    private @Nullable RecordStream stream;
    private @Nullable Container process;
    private @Nullable Future<?> deadline;
    private boolean subscribed;
    private boolean terminating;
    private boolean ended;
    private Ending ending = Ending.TERMINATED;

    /** Why tasks fail when the container ends. */
    record Ending(String message, String reason) {
        static final Ending TERMINATED = new Ending("Executor terminated", "REASON_EXECUTOR_TERMINATED");
    }

    /** The first task decides what runs: its executor, or its command. */
    AgentRun(ObjectNode framework, ObjectNode task, String role, Path agentFolder) {
        this.framework = framework;
        this.command = !task.has("executor");
        this.executor = command
                ? commandExecutor(task)
                : (ObjectNode) task.path("executor").deepCopy();
        this.resources = command ? Resources.NONE : Resources.read(executor.path("resources"), role);
        this.sandbox = agentFolder
                .resolve("frameworks")
                .resolve(frameworkId())
                .resolve("executors")
                .resolve(executorId())
                .resolve("runs")
                .resolve(container);
    }

    private static ObjectNode commandExecutor(ObjectNode task) {
        ObjectNode executor = Json.object();
        executor.set("executor_id", task.path("task_id"));
        executor.set("command", task.path("command"));
        return executor;
    }

    String frameworkId() {
        return Json.idOr(framework, "id");
    }

    ObjectNode framework() {
        return framework;
    }

    boolean isCheckpointed() {
        return framework.path("checkpoint").asBoolean(false);
    }

    boolean isRefined() {
        return Json.elements(framework.path("capabilities")).stream()
                .anyMatch(each -> Json.text(each, "type").equals("RESERVATION_REFINEMENT"));
    }

    boolean can(String capability) {
        return Json.elements(framework.path("capabilities")).stream()
                .anyMatch(each -> Json.text(each, "type").equals(capability));
    }

    String executorId() {
        return Json.idOr(executor, "executor_id");
    }

    ObjectNode executorInfo() {
        return executor;
    }

    JsonNode commandInfo() {
        return executor.path("command");
    }

    /** The user it runs as: of the command, else of the framework. */
    String user() {
        return commandInfo().path("user").asString(Json.text(framework, "user"));
    }

    boolean isCommand() {
        return command;
    }

    boolean isOf(String frameworkId, String executorId) {
        return frameworkId().equals(frameworkId) && executorId().equals(executorId);
    }

    Resources resources() {
        return resources;
    }

    String containerId() {
        return container;
    }

    Path sandbox() {
        return sandbox;
    }

    List<RunTask> tasks() {
        return List.copyOf(tasks.values());
    }

    Optional<RunTask> task(String id) {
        return Optional.ofNullable(tasks.get(id));
    }

    void add(RunTask task) {
        tasks.put(task.id(), task);
    }

    void removeTask(String id) {
        tasks.remove(id);
    }

    boolean isAlive() {
        return !ended;
    }

    /** Marks the end of its container. */
    void end() {
        ended = true;
        stopWaiting();
        if (stream != null) {
            stream.cut();
            stream = null;
        }
    }

    boolean isSubscribed() {
        return subscribed && stream != null;
    }

    boolean wasSubscribed() {
        return subscribed;
    }

    /** Ends the stream it had, and sends to this one from now on. */
    void subscribe(RecordStream with) {
        if (stream != null) {
            stream.end();
        }
        stream = with;
        subscribed = true;
        stopWaiting();
    }

    /** The agent stopped, or the stream {@code lost} broke. */
    void unsubscribe(Optional<RecordStream> lost) {
        if (lost.isEmpty() || lost.get() == stream) {
            stream = null;
        }
    }

    void send(JsonNode event) {
        if (stream != null) {
            stream.send(event);
        }
    }

    void runs(Container started) {
        process = started;
    }

    Optional<Container> process() {
        return Optional.ofNullable(process);
    }

    /** Kills the container; its end is told by the container. */
    void destroy(Ending why) {
        if (!terminating || !why.equals(Ending.TERMINATED)) {
            ending = why;
        }
        terminating = true;
        process().ifPresent(Container::destroy);
    }

    Ending ending() {
        return ending;
    }

    boolean isTerminating() {
        return terminating;
    }

    void terminate() {
        terminating = true;
    }

    void waitUntil(Future<?> limit) {
        stopWaiting();
        deadline = limit;
    }

    private void stopWaiting() {
        if (deadline != null) {
            deadline.cancel(false);
            deadline = null;
        }
    }
}
