package dev.cotton.testing.contract;

import static org.awaitility.Awaitility.await;

import dev.cotton.core.model.ClusterName;
import dev.cotton.core.model.DataSize;
import dev.cotton.core.model.InstanceId;
import dev.cotton.core.model.PlacementSpec;
import dev.cotton.core.model.Resources;
import dev.cotton.core.port.Engine;
import dev.cotton.core.port.Engine.InstanceSpec;
import dev.cotton.core.port.Engine.Place;
import dev.cotton.core.port.Engine.Presence;
import java.time.Duration;
import java.util.Optional;
import org.awaitility.core.ConditionFactory;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;

/** What is done with an engine under test, and what is waited for. */
public abstract class EngineSteps {
    /** Of every instance here; hosts give 4 cores, 2 GB of memory and 100 GB of disk each. */
    protected static final Resources SIZE = new Resources(0.5, DataSize.ofMegabytes(512), DataSize.ofMegabytes(1024));

    /** So many instances fill a host. */
    protected static final int INSTANCES_ON_A_HOST = 4;

    private EngineBench bench;

    /**
     * A new world.
     *
     * @param hosts named h1, h2, …, each with 4 cores, 2 GB of memory and 100 GB of disk to give
     */
    protected abstract EngineBench newBench(int hosts);

    @BeforeEach
    final void openBench() {
        bench = newBench(2);
    }

    @AfterEach
    final void closeBench() {
        bench.close();
    }

    /** Clusters have two instances here, 0 and 1, 2 and 3, …: there are as many hosts, and not every engine puts two on one. */
    protected static InstanceId instance(int number) {
        return new InstanceId(new ClusterName("demo" + number / 2), number % 2);
    }

    /** A wish for that instance. */
    protected static InstanceSpec spec(int number) {
        return new InstanceSpec(instance(number), "uid-of-demo" + number / 2, SIZE, PlacementSpec.ORDINARY, "c2VjcmV0");
    }

    final EngineBench bench() {
        return bench;
    }

    protected final Engine engine() {
        return bench.engine();
    }

    static ConditionFactory soon() {
        return await().atMost(Duration.ofSeconds(20)).pollInterval(Duration.ofMillis(20));
    }

    final Optional<Place> place(int number) {
        return Optional.ofNullable(engine().observe().get(instance(number)));
    }

    protected final Place awaitPresence(int number, Presence presence) {
        return awaitPresence(instance(number), presence);
    }

    final Place awaitPresence(InstanceId id, Presence presence) {
        return soon().until(
                        () -> Optional.ofNullable(engine().observe().get(id))
                                .filter(place -> place.presence() == presence),
                        Optional::isPresent)
                .orElseThrow();
    }

    final String awaitExecutor(InstanceId id) {
        return soon().until(() -> bench.executor(id).orElse(""), running -> !running.isEmpty());
    }

    final String awaitExecutor(int number) {
        return awaitExecutor(instance(number));
    }

    final String awaitData(InstanceId id) {
        return soon().until(() -> bench.data(id).orElse(""), there -> !there.isEmpty());
    }

    final String awaitData(int number) {
        return awaitData(instance(number));
    }

    protected final Place run(int number) {
        return run(spec(number));
    }

    /** Applies it and waits until it runs and has data. */
    protected final Place run(InstanceSpec spec) {
        engine().apply(spec);
        Place place = awaitPresence(spec.id(), Presence.RUNNING);
        awaitExecutor(spec.id());
        awaitData(spec.id());
        return place;
    }

    final void awaitGone(int ordinal) {
        soon().until(() -> !engine().observe().containsKey(instance(ordinal)));
    }
}
