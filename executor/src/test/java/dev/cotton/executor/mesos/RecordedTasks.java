package dev.cotton.executor.mesos;

import dev.cotton.core.mesos.TaskId;
import dev.cotton.core.mesos.TaskInfo;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;

/** Keeps what an agent wanted, in order. */
final class RecordedTasks implements AgentLink.Tasks {
    private final BlockingQueue<Object> wishes = new LinkedBlockingQueue<>();

    record Kill(TaskId task, Optional<Duration> grace) {}

    record Shutdown() {}

    record Lost(String why) {}

    <T> T next(Class<T> type) throws InterruptedException {
        Object wish = wishes.poll(20, TimeUnit.SECONDS);
        if (!type.isInstance(wish)) {
            throw new AssertionError("Not a " + type.getSimpleName() + " but: " + wish);
        }
        return type.cast(wish);
    }

    boolean none() {
        return wishes.isEmpty();
    }

    @Override
    public void launch(TaskInfo task) {
        wishes.add(task);
    }

    @Override
    public void kill(TaskId task, Optional<Duration> grace) {
        wishes.add(new Kill(task, grace));
    }

    @Override
    public void shutdown() {
        wishes.add(new Shutdown());
    }

    @Override
    public void lost(String why) {
        wishes.add(new Lost(why));
    }
}
