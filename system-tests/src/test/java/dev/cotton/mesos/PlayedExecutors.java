package dev.cotton.mesos;

import dev.cotton.core.mesos.TaskId;
import dev.cotton.core.mesos.TaskInfo;
import dev.cotton.core.mesos.TaskState;
import dev.cotton.executor.mesos.AgentLink;
import dev.cotton.executor.mesos.MesosEnvironment;
import dev.cotton.testing.mesos.MesosSimulator;
import dev.cotton.testing.mesos.SimulatedAgent;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Collectors;

/**
 * Executors that run nothing: the link to the agent is the product's own, in this process, and what an agent starts only
 * waits for its end. They watch over the data of the one instance that there is. Thread-safe.
 */
final class PlayedExecutors implements AutoCloseable {
    /** What an agent is to start. */
    static final String COMMAND = "{ env; echo SELF=$$; } > part && mv part environment && exec sleep 1000";

    private static final Duration LOOK = Duration.ofMillis(20);
    private static final Duration LIMIT = Duration.ofSeconds(5);

    private final MesosSimulator mesos;
    private final Set<Path> known = ConcurrentHashMap.newKeySet();
    private final List<AgentLink> links = new CopyOnWriteArrayList<>();
    private final List<String> complaints = new CopyOnWriteArrayList<>();
    private final AtomicInteger running = new AtomicInteger();
    private final ScheduledExecutorService watch = Executors.newSingleThreadScheduledExecutor(
            Thread.ofVirtual().name("played-executors").factory());
    private final ScheduledFuture<?> looking;
    private volatile boolean dataExpected;

    PlayedExecutors(MesosSimulator mesos) {
        this.mesos = mesos;
        looking = watch.scheduleWithFixedDelay(this::look, 0, LOOK.toMillis(), TimeUnit.MILLISECONDS);
    }

    /** From now on whatever is launched has to find the data of who ran before. */
    void expectData() {
        dataExpected = true;
    }

    /** What should not have happened. */
    List<String> complaints() {
        return List.copyOf(complaints);
    }

    private void look() {
        try {
            for (SimulatedAgent agent : mesos.agents()) {
                for (Path sandbox : agent.sandboxes()) {
                    if (Files.exists(sandbox.resolve("environment")) && known.add(sandbox)) {
                        begin(sandbox);
                    }
                }
            }
        } catch (RuntimeException failed) {
            complaints.add("an executor cannot be played: " + failed);
        }
    }

    private void begin(Path sandbox) {
        Map<String, String> variables = variables(sandbox.resolve("environment"));
        Played played = new Played(sandbox, Long.parseLong(variables.getOrDefault("SELF", "0")));
        AgentLink link = new AgentLink(MesosEnvironment.of(variables), played);
        played.links.add(link);
        links.add(link);
        link.start();
    }

    private static Map<String, String> variables(Path file) {
        try {
            return Files.readAllLines(file).stream()
                    .map(line -> line.split("=", 2))
                    .filter(pair -> pair.length == 2)
                    .collect(Collectors.toMap(pair -> pair[0], pair -> pair[1]));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** One of them. */
    private final class Played implements AgentLink.Tasks {
        private final Path sandbox;
        private final long process;
        private final List<AgentLink> links = new CopyOnWriteArrayList<>();
        private final AtomicInteger tasks = new AtomicInteger();

        Played(Path sandbox, long process) {
            this.sandbox = sandbox;
            this.process = process;
        }

        @Override
        public void launch(TaskInfo task) {
            Path mark = sandbox.resolve("data").resolve("mark");
            if (dataExpected && Files.notExists(mark)) {
                complaints.add(task.taskId() + " does not find its data");
            }
            if (running.addAndGet(tasks.incrementAndGet()) > 1) {
                complaints.add(task.taskId() + " runs beside another one");
            }
            try {
                Files.writeString(mark, task.taskId().value());
            } catch (IOException e) {
                complaints.add(task.taskId() + " cannot write to its volume: " + e);
            }
            update(task.taskId(), TaskState.TASK_STARTING);
            update(task.taskId(), TaskState.TASK_RUNNING);
        }

        private void update(TaskId task, TaskState state) {
            links.forEach(link -> link.update(task, state, ""));
        }

        @Override
        public void kill(TaskId task, Optional<Duration> grace) {
            update(task, TaskState.TASK_KILLED);
            end();
        }

        @Override
        public void shutdown() {
            end();
        }

        @Override
        public void lost(String why) {
            end();
        }

        private void end() {
            running.addAndGet(-tasks.getAndSet(0));
            Thread.ofVirtual().name("played-end").start(() -> {
                try {
                    for (AgentLink link : links) {
                        link.awaitAcknowledged(LIMIT);
                        link.close();
                    }
                } catch (InterruptedException e) {
                    Thread.currentThread().interrupt();
                }
                ProcessHandle.of(process).ifPresent(ProcessHandle::destroyForcibly);
            });
        }
    }

    @Override
    public void close() {
        looking.cancel(false);
        watch.shutdownNow();
        links.forEach(AgentLink::close);
    }
}
