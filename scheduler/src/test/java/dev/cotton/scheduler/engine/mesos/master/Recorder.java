package dev.cotton.scheduler.engine.mesos.master;

import dev.cotton.core.mesos.Event;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;

/** Keeps what a link tells, in order, until somebody asks. */
final class Recorder implements MesosMaster.Listener {
    private final BlockingQueue<Object> told = new LinkedBlockingQueue<>();

    record Subscribed(String framework) {}

    record Disconnected(String why) {}

    @Override
    public void subscribed(String frameworkId) {
        told.add(new Subscribed(frameworkId));
    }

    @Override
    public void event(Event event) {
        told.add(event);
    }

    @Override
    public void disconnected(String why) {
        told.add(new Disconnected(why));
    }

    @Override
    public void refused(MesosMaster.Refusal refusal) {
        told.add(refusal);
    }

    /** The next that was told. */
    <T> T next(Class<T> type) throws InterruptedException {
        Object next = told.poll(20, TimeUnit.SECONDS);
        if (!type.isInstance(next)) {
            throw new AssertionError("Expected " + type.getSimpleName() + " and was told " + next + ".");
        }
        return type.cast(next);
    }

    boolean silent() {
        return told.isEmpty();
    }
}
