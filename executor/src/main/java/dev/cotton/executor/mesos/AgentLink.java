package dev.cotton.executor.mesos;

import dev.cotton.core.mesos.Bytes;
import dev.cotton.core.mesos.ExecutorCall.Subscribe;
import dev.cotton.core.mesos.ExecutorCall.Update;
import dev.cotton.core.mesos.ExecutorEvent;
import dev.cotton.core.mesos.RecordIo;
import dev.cotton.core.mesos.TaskId;
import dev.cotton.core.mesos.TaskInfo;
import dev.cotton.core.mesos.TaskState;
import dev.cotton.core.mesos.TaskStatus;
import java.io.IOException;
import java.io.InputStream;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.UUID;
import java.util.concurrent.ThreadLocalRandom;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.json.JsonMapper;

/**
 * The connection to the agent. While it is broken it is made again, and the tasks go on; when it cannot be made for
 * longer than the agent may be gone, or at all, they are told to end. An update is repeated until it is acknowledged.
 * Thread-safe.
 */
public final class AgentLink implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(AgentLink.class);
    private static final int LARGEST_EVENT = 8 << 20;
    private static final Duration FIRST_LIMIT = Duration.ofMinutes(1);
    private static final Duration FIRST_PAUSE = Duration.ofMillis(200);
    private static final Duration REPEAT = Duration.ofSeconds(10);
    private static final Duration SEND_PAUSE = Duration.ofSeconds(1);
    private static final String HEALTH = "REASON_TASK_HEALTH_CHECK_STATUS_UPDATED";

    private final MesosEnvironment environment;
    private final Tasks tasks;
    private final JsonMapper json = JsonMapper.builder().build();
    private final AgentApi api;
    private final Outbox outbox = new Outbox(REPEAT);
    private List<Thread> threads = List.of();
    private volatile long lastHeard = System.nanoTime();
    private volatile boolean everSubscribed;

    /** What an agent wants. Called on the link's own thread, one after the other; must return soon. */
    public interface Tasks {
        void launch(TaskInfo task);

        /** @param grace between SIGTERM and SIGKILL, when whoever wants the end says it */
        void kill(TaskId task, Optional<Duration> grace);

        /** Everything is to end; what is left when the environment's grace is over is killed. */
        void shutdown();

        /** There is no agent any more, and the link has ended. */
        void lost(String why);
    }

    public AgentLink(MesosEnvironment environment, Tasks tasks) {
        this.environment = environment;
        this.tasks = tasks;
        this.api = new AgentApi(environment, json);
    }

    /** Begins to subscribe. */
    public synchronized void start() {
        lastHeard = System.nanoTime();
        threads = List.of(
                Thread.ofVirtual().name("agent").start(this::stayConnected),
                Thread.ofVirtual().name("updates").start(this::deliver));
    }

    /**
     * Tells the agent, now or when it is there again.
     *
     * @param message for people; no secrets, the master shows it
     */
    public void update(TaskId task, TaskState state, String message) {
        LOG.info("{} of {}{}", state, task, message.isEmpty() ? "." : ": " + message);
        tell(task, state, message, Optional.empty());
    }

    /** As {@link #update}, of a task that runs: whether it is well, as its health check has it. */
    public void health(TaskId task, boolean well) {
        LOG.info("{} is {}.", task, well ? "well" : "not well");
        tell(task, TaskState.TASK_RUNNING, "", Optional.of(well));
    }

    private void tell(TaskId task, TaskState state, String message, Optional<Boolean> well) {
        outbox.add(new Update(new TaskStatus(
                task,
                state,
                message.isEmpty() ? Optional.empty() : Optional.of(message),
                Optional.of(TaskStatus.Source.SOURCE_EXECUTOR),
                well.map(_ -> HEALTH),
                Optional.empty(),
                Optional.empty(),
                Optional.of(environment.executor()),
                OptionalDouble.of(System.currentTimeMillis() / 1000.0),
                Optional.of(Bytes.of(UUID.randomUUID())),
                well,
                Optional.empty())));
    }

    /** Waits until the agent has kept all updates; false when {@code limit} passes first. */
    public boolean awaitAcknowledged(Duration limit) throws InterruptedException {
        boolean acknowledged = outbox.awaitEmpty(limit);
        if (!acknowledged) {
            LOG.warn("The agent did not acknowledge within {}: {}", limit, outbox);
        }
        return acknowledged;
    }

    private void stayConnected() {
        try {
            int attempt = 0;
            while (true) {
                boolean subscribed = follow();
                outbox.disconnected();
                if (gone()) {
                    return;
                }
                attempt = subscribed ? 0 : attempt + 1;
                Thread.sleep(pause(attempt));
            }
        } catch (AgentApi.RefusedException refused) {
            lost(String.valueOf(refused.getMessage()));
        } catch (InterruptedException closed) {
            Thread.currentThread().interrupt();
        }
    }

    /** Whether this ended for good. */
    private boolean gone() {
        if (everSubscribed && environment.recovery().isEmpty()) {
            lost("The connection to the agent broke, and this framework does not checkpoint.");
            return true;
        }
        Duration limit = environment.recovery().filter(_ -> everSubscribed).orElse(FIRST_LIMIT);
        if (System.nanoTime() - lastHeard >= limit.toNanos()) {
            lost("The agent was not there for " + limit.toSeconds() + " s.");
            return true;
        }
        return false;
    }

    private void lost(String why) {
        LOG.error("{} All that runs here ends.", why);
        tasks.lost(why);
    }

    private Duration pause(int attempt) {
        long longest = Math.min(
                environment.longestPause().toMillis(), FIRST_PAUSE.toMillis() << Math.min(attempt, Short.SIZE));
        return Duration.ofMillis(ThreadLocalRandom.current().nextLong(longest / 2, longest + 1));
    }

    /** One subscription, until it breaks; says whether there was one. */
    private boolean follow() throws AgentApi.RefusedException, InterruptedException {
        boolean subscribed = false;
        Subscribe told = outbox.subscription();
        try (InputStream stream = api.subscribe(told)) {
            RecordIo records = new RecordIo(stream, LARGEST_EVENT);
            for (Optional<byte[]> record = records.next(); record.isPresent(); record = records.next()) {
                Optional<ExecutorEvent> event = event(record.get());
                if (event.orElse(null) instanceof ExecutorEvent.Subscribed) {
                    subscribed = true;
                    everSubscribed = true;
                    outbox.subscribed(told);
                    LOG.info("Subscribed to the agent at {}.", environment.api().getAuthority());
                } else if (event.isPresent()) {
                    handle(event.get());
                }
            }
            LOG.warn("The agent has ended the subscription.");
        } catch (AgentApi.RefusedException refused) {
            throw refused;
        } catch (IOException broken) {
            LOG.warn("No connection to the agent: {}", broken.toString());
        }
        if (subscribed) {
            lastHeard = System.nanoTime();
        }
        return subscribed;
    }

    private Optional<ExecutorEvent> event(byte[] record) {
        try {
            return Optional.of(json.readValue(record, ExecutorEvent.class));
        } catch (JacksonException malformed) {
            // Its message would quote the event, which may hold a secret.
            LOG.error("An event of {} bytes cannot be understood and is left out.", record.length);
            return Optional.empty();
        }
    }

    private void handle(ExecutorEvent event) throws AgentApi.RefusedException {
        switch (event) {
            case ExecutorEvent.Launch(TaskInfo task) -> {
                outbox.launched(task);
                tasks.launch(task);
            }
            case ExecutorEvent.LaunchGroup(var group) -> group.tasks().forEach(this::refuse);
            case ExecutorEvent.Kill(var task, var policy) ->
                tasks.kill(
                        task, policy.flatMap(TaskInfo.KillPolicy::gracePeriod).map(grace -> grace.toDuration()));
            case ExecutorEvent.Acknowledged(var task, var uuid) -> outbox.acknowledged(task, uuid);
            case ExecutorEvent.Shutdown() -> tasks.shutdown();
            case ExecutorEvent.Ended(String message) ->
                throw new AgentApi.RefusedException("the agent says: " + message);
            case ExecutorEvent.Message(Bytes data) ->
                LOG.info("A message of the framework is not for this version: {}", data);
            case ExecutorEvent.Subscribed _, ExecutorEvent.Heartbeat _, ExecutorEvent.Unknown _ ->
                LOG.debug("Heard: {}", event.getClass().getSimpleName());
        }
    }

    private void refuse(TaskInfo task) {
        outbox.launched(task);
        update(task.taskId(), TaskState.TASK_FAILED, "This executor runs one task and no groups of tasks.");
    }

    private void deliver() {
        try {
            while (true) {
                Update update = outbox.awaitDue();
                try {
                    api.send(update);
                    outbox.sent(update);
                } catch (IOException failed) {
                    LOG.warn(
                            "{} was not taken and is told again: {}",
                            update.status().state(),
                            failed.toString());
                    Thread.sleep(SEND_PAUSE);
                }
            }
        } catch (InterruptedException closed) {
            Thread.currentThread().interrupt();
        }
    }

    /** Ends the subscription; the agent then takes this executor for gone. */
    @Override
    public synchronized void close() {
        threads.forEach(Thread::interrupt);
        threads = List.of();
        api.close();
    }
}
