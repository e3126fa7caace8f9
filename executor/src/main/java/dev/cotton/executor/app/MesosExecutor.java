package dev.cotton.executor.app;

import dev.cotton.core.mesos.TaskId;
import dev.cotton.core.mesos.TaskInfo;
import dev.cotton.core.mesos.TaskInfo.KillPolicy;
import dev.cotton.core.mesos.TaskState;
import dev.cotton.core.port.MysqlInstallationException;
import dev.cotton.executor.mesos.AgentLink;
import dev.cotton.executor.mesos.MesosEnvironment;
import dev.cotton.executor.role.Instance;
import dev.cotton.executor.server.ExecutorUser;
import dev.cotton.executor.server.ServerException;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The life of one task: TASK_STARTING when it is launched, TASK_RUNNING when its executor's port answers, and its end when
 * somebody wants it or the agent is gone for good. mysqld is stopped before anything else ends. Thread-safe.
 */
final class MesosExecutor implements AgentLink.Tasks, InstanceService.Life {
    private static final Logger LOG = LoggerFactory.getLogger(MesosExecutor.class);

    /** What a kill without a grace period gets: Mesos' own is too short for a server. */
    private static final Duration USUAL_GRACE = Duration.ofSeconds(60);

    private static final Duration LAST_WORDS = Duration.ofSeconds(10);
    private static final Duration HEALTH_PACE = Duration.ofSeconds(5);
    private static final int WITHOUT_AGENT = 1;

    private final MesosSandbox sandbox;
    private final Duration shutdownGrace;
    private final AgentLink link;
    private final CountDownLatch ended = new CountDownLatch(1);
    private @Nullable TaskInfo task;
    private @Nullable Thread thread;
    private @Nullable Ending ending;
    private boolean live;
    private boolean told;

    /**
     * Why and how it ends.
     *
     * @param grace of mysqld
     * @param agent whether there is one that wants to know
     */
    private record Ending(String why, Duration grace, boolean agent) {}

    MesosExecutor(MesosEnvironment environment, MesosSandbox sandbox) {
        this.sandbox = sandbox;
        // Some of it is the agent's own.
        this.shutdownGrace = environment.shutdownGrace().multipliedBy(9).dividedBy(10);
        this.link = new AgentLink(environment, this);
    }

    /** Until the task has ended; the process's exit code. */
    int run() throws InterruptedException {
        link.start();
        ended.await();
        link.close();
        return ending().map(Ending::agent).orElse(true) ? 0 : WITHOUT_AGENT;
    }

    /** Waits for the end, for as long as it may take at most. */
    void awaitEnd() throws InterruptedException {
        ended.await(USUAL_GRACE.plus(LAST_WORDS).toMillis(), TimeUnit.MILLISECONDS);
    }

    @Override
    public synchronized void launch(TaskInfo launched) {
        if (task == null) {
            task = launched;
            link.update(launched.taskId(), TaskState.TASK_STARTING, "");
            thread = Thread.ofVirtual().name("task").start(() -> workToTheEnd(launched));
        } else if (!task.taskId().equals(launched.taskId())) {
            link.update(launched.taskId(), TaskState.TASK_FAILED, "This executor runs " + task.taskId() + " already.");
        }
    }

    @Override
    public synchronized void kill(TaskId killed, Optional<Duration> grace) {
        if (task == null || !task.taskId().equals(killed)) {
            LOG.warn("{} is to be killed and does not run here.", killed);
            return;
        }
        Optional<Duration> own =
                task.killPolicy().flatMap(KillPolicy::gracePeriod).map(span -> span.toDuration());
        end(new Ending("It was killed.", grace.or(() -> own).orElse(USUAL_GRACE), true));
    }

    @Override
    public synchronized void shutdown() {
        end(new Ending("Its executor was shut down.", shutdownGrace, true));
    }

    @Override
    public synchronized void lost(String why) {
        end(new Ending(why, USUAL_GRACE, false));
    }

    private void end(Ending wanted) {
        if (ending != null) {
            return;
        }
        LOG.info("{} mysqld has {}.", wanted.why(), wanted.grace());
        ending = wanted;
        notifyAll();
        if (thread == null) {
            ended.countDown();
        } else if (!live) {
            thread.interrupt();
        }
    }

    private void workToTheEnd(TaskInfo launched) {
        try {
            work(launched);
        } finally {
            ended.countDown();
        }
    }

    private void work(TaskInfo launched) {
        String failure = "";
        try {
            ExecutorUser.refuseRoot();
            sandbox.prepare(launched).run(this);
        } catch (InterruptedException calledOff) {
            LOG.info("It was called off before it ran.");
        } catch (IOException noPort) {
            failure = "A port of this instance cannot be had: " + noPort.getMessage();
        } catch (IllegalArgumentException
                | ServerException
                | MysqlInstallationException
                | UncheckedIOException failed) {
            failure = String.valueOf(failed.getMessage());
        } catch (RuntimeException unexpected) {
            LOG.error("An unexpected error.", unexpected);
            failure = "An unexpected error; the executor's log in the sandbox has it.";
        }
        // Whoever wants the end has it now.
        Thread.interrupted();
        sayLast(launched.taskId(), failure);
    }

    private void sayLast(TaskId id, String failure) {
        Optional<Ending> wanted = ending();
        TaskState state = wanted.isPresent() ? TaskState.TASK_KILLED : TaskState.TASK_FAILED;
        link.update(id, state, wanted.map(Ending::why).orElse(failure));
        try {
            if (wanted.map(Ending::agent).orElse(true)) {
                link.awaitAcknowledged(LAST_WORDS);
            }
        } catch (InterruptedException hurry) {
            Thread.currentThread().interrupt();
        }
    }

    private synchronized Optional<Ending> ending() {
        return Optional.ofNullable(ending);
    }

    @Override
    public synchronized void listening() {
        if (!told && task != null) {
            told = true;
            link.update(task.taskId(), TaskState.TASK_RUNNING, "");
        }
    }

    @Override
    public void live(Instance instance) throws InterruptedException {
        Duration grace = awaitEnding(instance);
        instance.end(grace);
    }

    private synchronized Duration awaitEnding(Instance instance) throws InterruptedException {
        HealthNews health = new HealthNews();
        live = true;
        // From here on nobody interrupts; what came before is the ending itself.
        Thread.interrupted();
        while (ending == null) {
            wait(HEALTH_PACE.toMillis());
            if (task != null && ending == null) {
                TaskId id = task.taskId();
                health.seen(instance.status().answers()).ifPresent(well -> link.health(id, well));
            }
        }
        return ending.grace();
    }
}
