package dev.cotton.testing.mesos;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.IntConsumer;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/** Starts executors: sandbox, fetched URIs, volumes, environment, user, process. */
final class Launcher {
    /** What a container takes to start at least: tasks can be killed meanwhile, as with Mesos. */
    private static final Duration START = Duration.ofMillis(250);

    /** The command of a command task starts a moment after TASK_RUNNING: signals that come before end the task. */
    private static final String LATE = "sleep 0.1; exec \"$@\"";

    private static final String PATH = "/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin";
    private final Agent agent;
    private final AgentTasks tasks;
    private final CommandTasks commands;
    private final List<Container> containers = new ArrayList<>();

    Launcher(Agent agent, AgentTasks tasks) {
        this.agent = agent;
        this.tasks = tasks;
        this.commands = new CommandTasks(agent, tasks, this);
    }

    CommandTasks commands() {
        return commands;
    }

    /** Those that run, also those that nobody waits for any more. */
    List<Container> containers() {
        return containers.stream().filter(Container::isRunning).toList();
    }

    Duration shutdownGrace(AgentRun run) {
        return Durations.read(
                run.executorInfo().path("shutdown_grace_period"),
                agent.options().timing().executorShutdownGrace());
    }

    /** Prepares the sandbox on a thread of its own, then starts. */
    void launch(AgentRun run) {
        Duration limit = agent.options().timing().executorRegistration();
        String message = "Executor did not register within " + Durations.text(limit);
        run.waitUntil(agent.loop()
                .timer(
                        limit,
                        () -> tasks.end(run, new AgentRun.Ending(message, "REASON_EXECUTOR_REGISTRATION_TIMEOUT"))));
        Thread.ofVirtual().name("prepare-" + run.containerId()).start(() -> prepare(run));
    }

    private void prepare(AgentRun run) {
        Instant began = agent.loop().now();
        Optional<String> failure = failureToPrepare(run);
        Duration left = START.minus(Duration.between(began, agent.loop().now()));
        agent.loop().after(left.isNegative() ? Duration.ZERO : left, () -> {
            if (failure.isPresent()) {
                run.destroy(new AgentRun.Ending(
                        "Failed to launch container: " + failure.get(), "REASON_CONTAINER_LAUNCH_FAILED"));
                tasks.ended(run, 256);
            } else if (run.isAlive() && !run.isTerminating()) {
                start(run);
            }
        });
    }

    private Optional<String> failureToPrepare(AgentRun run) {
        Path sandbox = run.sandbox();
        String user = run.user();
        try {
            Sandbox.make(sandbox);
            if (!Sandbox.isUser(user)) {
                return Optional.of("Failed to chown '" + sandbox.resolve("stdout") + "' to user '" + user
                        + "' : No such user '" + user + "'");
            }
            Fetcher.fetch(run.commandInfo().path("uris"), sandbox);
            Sandbox.giveTo(sandbox, user);
            for (AgentRun.RunTask each : run.tasks()) {
                Sandbox.link(agent.workFolder(), sandbox, each.info().path("resources"), user);
            }
            Sandbox.link(agent.workFolder(), sandbox, run.executorInfo().path("resources"), user);
            return Optional.empty();
        } catch (IOException e) {
            return Optional.of(
                    "Failed to fetch all URIs for container '" + run.containerId() + "': exited with status 1");
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return Optional.of("interrupted");
        }
    }

    /** Links the volumes of a task into the sandbox of its executor, which runs already. */
    void linkVolumes(AgentRun run, JsonNode resources) {
        try {
            Sandbox.link(agent.workFolder(), run.sandbox(), resources, run.user());
        } catch (IOException e) {
            throw new UncheckedIOException("cannot link volumes into " + run.sandbox(), e);
        }
    }

    private void start(AgentRun run) {
        if (run.isCommand()) {
            commands.start(run);
        } else {
            run.runs(container(run, environment(run), status -> tasks.ended(run, status)));
        }
    }

    /** Starts the command of a run; {@code ended} gets its raw wait status on the loop's thread. */
    Container container(AgentRun run, Map<String, String> environment, IntConsumer ended) {
        Container started = Container.start(
                run.containerId(),
                run.sandbox(),
                line(run),
                environment,
                status -> agent.loop().run(() -> ended.accept(status)));
        containers.removeIf(each -> !each.isRunning());
        containers.add(started);
        return started;
    }

    private static List<String> line(AgentRun run) {
        JsonNode command = run.commandInfo();
        String user = run.user();
        List<String> line = new ArrayList<>();
        if (run.isCommand()) {
            line.addAll(List.of("/bin/sh", "-c", LATE, "sh"));
        }
        if (!user.equals(System.getProperty("user.name"))) {
            line.addAll(List.of("setpriv", "--reuid", user, "--regid", group(user), "--init-groups", "--"));
        }
        String value = Json.text(command, "value");
        if (command.path("shell").asBoolean(true)) {
            line.addAll(List.of("/bin/sh", "-c", value));
        } else {
            line.add(value);
            Json.elements(command.path("arguments")).stream().skip(1).forEach(each -> line.add(each.asString()));
        }
        return line;
    }

    private static String group(String user) {
        try {
            Process id = new ProcessBuilder("id", "-g", user).start();
            return new String(id.getInputStream().readAllBytes(), StandardCharsets.US_ASCII).strip();
        } catch (IOException e) {
            throw new UncheckedIOException("cannot ask for the group of " + user, e);
        }
    }

    /** Exactly what an executor finds in its environment. */
    Map<String, String> environment(AgentRun run) {
        Map<String, String> environment = new LinkedHashMap<>();
        String sandbox = run.sandbox().toString();
        environment.put("LIBPROCESS_IP", "127.0.0.1");
        environment.put("LIBPROCESS_PORT", "0");
        environment.put("MESOS_AGENT_ENDPOINT", "127.0.0.1:" + agent.port());
        environment.put("MESOS_CHECKPOINT", run.isCheckpointed() ? "1" : "0");
        environment.put("MESOS_DIRECTORY", sandbox);
        environment.put("MESOS_EXECUTOR_ID", run.executorId());
        environment.put("MESOS_EXECUTOR_SHUTDOWN_GRACE_PERIOD", Durations.text(shutdownGrace(run)));
        environment.put("MESOS_FRAMEWORK_ID", run.frameworkId());
        environment.put("MESOS_HTTP_COMMAND_EXECUTOR", "0");
        if (run.isCheckpointed()) {
            environment.put(
                    "MESOS_RECOVERY_TIMEOUT",
                    Durations.text(agent.options().timing().recovery()));
            environment.put("MESOS_SUBSCRIPTION_BACKOFF_MAX", "2secs");
        }
        environment.put("MESOS_SANDBOX", sandbox);
        environment.put("MESOS_SLAVE_ID", agent.id());
        environment.put("MESOS_SLAVE_PID", "slave(1)@127.0.0.1:" + agent.port());
        environment.put("PATH", PATH);
        environment.put("PWD", sandbox);
        run.commandInfo()
                .path("environment")
                .path("variables")
                .forEach(each -> environment.put(Json.text(each, "name"), Json.text(each, "value")));
        return environment;
    }

    ObjectNode containerStatus(AgentRun run) {
        ObjectNode status = Json.object("container_id", Json.id(run.containerId()));
        ObjectNode address = Json.object().put("protocol", "IPv4").put("ip_address", "127.0.0.1");
        status.set("network_infos", Json.array(List.of(Json.object("ip_addresses", Json.array(List.of(address))))));
        run.process().ifPresent(each -> status.put("executor_pid", each.pid()));
        return status;
    }
}
