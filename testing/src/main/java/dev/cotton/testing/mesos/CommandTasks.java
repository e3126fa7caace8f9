package dev.cotton.testing.mesos;

import java.time.Duration;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/** Mesos' built-in executor: runs the command of a task and tells how it goes. */
final class CommandTasks {
    private static final Duration GRACE = Duration.ofSeconds(3);
    private static final Duration LINGER = Duration.ofSeconds(1);
    private static final Map<Integer, String> SIGNALS = Map.of(
            1,
            "Hangup",
            2,
            "Interrupt",
            3,
            "Quit",
            6,
            "Aborted",
            9,
            "Killed",
            11,
            "Segmentation fault",
            15,
            "Terminated");
    private final Agent agent;
    private final AgentTasks tasks;
    private final Launcher launcher;
    private final Set<String> killed = new HashSet<>();

    CommandTasks(Agent agent, AgentTasks tasks, Launcher launcher) {
        this.agent = agent;
        this.tasks = tasks;
        this.launcher = launcher;
    }

    void start(AgentRun run) {
        AgentRun.RunTask task = run.tasks().getFirst();
        task.deliver();
        Map<String, String> environment = launcher.environment(run);
        JsonNode allocation = task.info().path("resources").path(0).path("allocation_info");
        environment.put("MESOS_ALLOCATION_ROLE", allocation.path("role").asString("*"));
        run.runs(launcher.container(run, environment, status -> ended(run, task, status)));
        run.subscribe(new RecordStream(() -> {}));
        tell(run, task, "TASK_STARTING", "");
        tell(run, task, "TASK_RUNNING", "");
    }

    void kill(AgentRun run, AgentRun.RunTask task, JsonNode policy) {
        if (!killed.add(run.containerId())) {
            return;
        }
        if (run.can("TASK_KILLING_STATE")) {
            tell(run, task, "TASK_KILLING", "");
        }
        Duration own = Durations.read(task.info().path("kill_policy").path("grace_period"), GRACE);
        run.process().ifPresent(Container::terminate);
        agent.loop()
                .after(
                        Durations.read(policy.path("grace_period"), own),
                        () -> run.process().ifPresent(Container::destroy));
    }

    private void ended(AgentRun run, AgentRun.RunTask task, int status) {
        String message = status % 256 == 0
                ? "Command exited with status " + status / 256
                : "Command terminated with signal " + SIGNALS.getOrDefault(status, "Unknown signal " + status);
        if (run.isTerminating()) {
            tasks.ended(run, status);
            return;
        }
        String state = status == 0 ? "TASK_FINISHED" : "TASK_FAILED";
        tell(run, task, killed.remove(run.containerId()) ? "TASK_KILLED" : state, message);
        agent.loop().after(LINGER, () -> tasks.ended(run, 0));
    }

    private void tell(AgentRun run, AgentRun.RunTask task, String state, String message) {
        ObjectNode status = Status.of(task.id(), state, message, "SOURCE_EXECUTOR", "");
        status.set("executor_id", Json.id(run.executorId()));
        status.put("uuid", Status.newUuid());
        tasks.update(run, status);
    }
}
