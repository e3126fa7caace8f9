package dev.cotton.testing.contract;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;

import dev.cotton.core.model.DataSize;
import dev.cotton.core.model.PlacementSpec;
import dev.cotton.core.model.Ports;
import dev.cotton.core.port.Engine;
import dev.cotton.core.port.Engine.Capacity;
import dev.cotton.core.port.Engine.Disposal;
import dev.cotton.core.port.Engine.Place;
import dev.cotton.core.port.Engine.Presence;
import java.util.List;
import java.util.Set;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** The behaviour of an engine, see {@link Engine}. */
public abstract class EngineContract extends EngineSteps {
    @Test
    void anInstanceIsKnownAtOnceAndRunsSoon() {
        engine().apply(spec(0));
        assertThat(engine().observe()).containsKey(instance(0));
        Place place = run(0);
        assertThat(place.host()).isIn("h1", "h2");
        assertThat(place.isolation()).isNotBlank();
        assertThat(place.why()).isEmpty();
        Ports ports = place.ports().orElseThrow();
        assertThat(numbers(ports)).hasSize(4);
        assertThat(ports.address()).isNotBlank();
    }

    private static Set<Integer> numbers(Ports ports) {
        return Set.of(ports.mysql(), ports.executor(), ports.health(), ports.admin());
    }

    @Test
    void noTwoInstancesShareAPort() {
        List<Ports> all = IntStream.range(0, 3)
                .mapToObj(this::run)
                .map(place -> place.ports().orElseThrow())
                .toList();
        assertThat(all.stream().flatMap(ports -> numbers(ports).stream()).collect(Collectors.toSet()))
                .hasSize(12);
    }

    @Test
    void applyingAgainChangesNothing() {
        Place place = run(0);
        String executor = awaitExecutor(0);
        engine().apply(spec(0));
        engine().apply(spec(0));
        assertThat(place(0)).contains(place);
        assertThat(bench().executor(instance(0))).contains(executor);
    }

    @Test
    void theInstancesOfAClusterAreSpreadOverHosts() {
        assertThat(Stream.of(run(0), run(1)).map(Place::host)).containsExactlyInAnyOrder("h1", "h2");
    }

    @Test
    void aCrashedExecutorIsStartedAgainInItsPlace() {
        Place place = run(0);
        String data = awaitData(0);
        String executor = awaitExecutor(0);
        bench().crash(instance(0));
        soon().until(() -> bench().executor(instance(0))
                .filter(now -> !now.equals(executor))
                .isPresent());
        Place after = awaitPresence(0, Presence.RUNNING);
        assertThat(after.ports()).isEqualTo(place.ports());
        assertThat(after.host()).isEqualTo(place.host());
        assertThat(bench().data(instance(0))).contains(data);
    }

    @Test
    void anInstanceWhoseDataAreGoneIsLostAndDoesNotRun() {
        run(0);
        bench().loseData(instance(0));
        Place lost = awaitPresence(0, Presence.LOST);
        assertThat(lost.why()).isNotBlank();
        assertThat(bench().executor(instance(0))).isEmpty();
        engine().apply(spec(0));
        assertThat(place(0)).contains(lost);
        engine().release(instance(0), Disposal.DESTROY);
        awaitGone(0);
    }

    @Test
    void aKeptInstanceComesBackWithItsDataAndItsPorts() {
        Place before = run(0);
        String data = awaitData(0);
        engine().release(instance(0), Disposal.KEEP);
        Place binned = awaitPresence(0, Presence.BINNED);
        assertThat(bench().executor(instance(0))).isEmpty();
        assertThat(bench().data(instance(0))).contains(data);
        assertThat(binned.ports()).isEqualTo(before.ports());

        Place after = run(0);
        assertThat(after.ports()).isEqualTo(before.ports());
        assertThat(after.host()).isEqualTo(before.host());
        assertThat(bench().data(instance(0))).contains(data);
    }

    @Test
    void thePortsOfAKeptInstanceAreNotGivenToAnother() {
        Ports kept = run(0).ports().orElseThrow();
        engine().release(instance(0), Disposal.KEEP);
        awaitPresence(0, Presence.BINNED);
        Stream.of(1, 2, 3)
                .forEach(other -> assertThat(numbers(run(other).ports().orElseThrow()))
                        .doesNotContainAnyElementsOf(numbers(kept)));
    }

    @Test
    void aDestroyedInstanceIsForgottenWithItsData() {
        run(0);
        engine().release(instance(0), Disposal.DESTROY);
        awaitGone(0);
        assertThat(bench().executor(instance(0))).isEmpty();
        assertThat(bench().data(instance(0))).isEmpty();
        assertThat(engine().capacity().memUsed()).isEqualTo(new DataSize(0));
    }

    @Test
    void whatIsInTheBinCanBeDestroyed() {
        run(0);
        engine().release(instance(0), Disposal.KEEP);
        awaitPresence(0, Presence.BINNED);
        engine().release(instance(0), Disposal.DESTROY);
        awaitGone(0);
        assertThat(bench().data(instance(0))).isEmpty();
    }

    @Test
    void releasingAgainOrTheUnknownChangesNothing() {
        run(0);
        engine().release(instance(0), Disposal.KEEP);
        awaitPresence(0, Presence.BINNED);
        engine().release(instance(0), Disposal.KEEP);
        assertThat(awaitPresence(0, Presence.BINNED).why()).isEmpty();
        assertThatCode(() -> {
                    engine().release(instance(7), Disposal.KEEP);
                    engine().release(instance(8), Disposal.DESTROY);
                })
                .doesNotThrowAnyException();
        awaitGone(7);
        awaitGone(8);
        assertThat(bench().data(instance(0))).isPresent();
    }

    @Test
    void whatDoesNotFitWaitsAndSaysWhatIsShort() {
        IntStream.range(0, 2 * INSTANCES_ON_A_HOST).forEach(this::run);
        engine().apply(spec(8));
        Place waiting = awaitPresence(8, Presence.WAITING);
        assertThat(waiting.why()).contains("mem");
        assertThat(waiting.ports()).isEmpty();

        engine().release(instance(3), Disposal.DESTROY);
        awaitGone(3);
        awaitPresence(8, Presence.RUNNING);
    }

    @Test
    void whatWaitsCanBeReleased() {
        IntStream.range(0, 2 * INSTANCES_ON_A_HOST).forEach(this::run);
        engine().apply(spec(8));
        awaitPresence(8, Presence.WAITING);
        engine().release(instance(8), Disposal.DESTROY);
        awaitGone(8);
    }

    @Test
    void nothingIsShortForWhatFits() {
        assertThat(engine().shortage(SIZE, PlacementSpec.ORDINARY, 2)).isEmpty();
        run(0);
        run(1);
        assertThat(engine().shortage(SIZE, PlacementSpec.ORDINARY, 2)).isEmpty();
    }

    @Test
    void capacityCountsWhatIsGivenAway() {
        assertThat(engine().capacity().cpusUsed()).isZero();
        run(0);
        run(1);
        Capacity capacity = engine().capacity();
        assertThat(capacity.cpusUsed()).isEqualTo(1.0);
        assertThat(capacity.memUsed()).isEqualTo(DataSize.ofMegabytes(1024));
        assertThat(capacity.diskUsed()).isEqualTo(DataSize.ofMegabytes(2048));
        assertThat(capacity.cpus()).isGreaterThanOrEqualTo(capacity.cpusUsed());
        assertThat(capacity.mem()).isGreaterThanOrEqualTo(capacity.memUsed());
        assertThat(capacity.disk()).isGreaterThanOrEqualTo(capacity.diskUsed());
        engine().release(instance(0), Disposal.KEEP);
        awaitPresence(0, Presence.BINNED);
        assertThat(engine().capacity().diskUsed()).isEqualTo(DataSize.ofMegabytes(2048));
    }

    @Test
    void anotherLeaderFindsEverythingAsItWas() {
        Place running = run(0);
        String executor = awaitExecutor(0);
        run(1);
        engine().release(instance(1), Disposal.KEEP);
        Place binned = awaitPresence(1, Presence.BINNED);

        bench().reopen();
        assertThat(awaitPresence(0, Presence.RUNNING)).isEqualTo(running);
        assertThat(bench().executor(instance(0))).contains(executor);
        assertThat(awaitPresence(1, Presence.BINNED)).isEqualTo(binned);
        assertThat(bench().executor(instance(0))).contains(executor);
    }

    @Test
    void anotherLeaderFinishesAReleaseThatWasBegun() {
        run(0);
        run(1);
        String data = awaitData(0);
        engine().release(instance(0), Disposal.KEEP);
        engine().release(instance(1), Disposal.DESTROY);
        bench().reopen();
        engine().release(instance(0), Disposal.KEEP);
        engine().release(instance(1), Disposal.DESTROY);
        awaitPresence(0, Presence.BINNED);
        awaitGone(1);
        assertThat(bench().data(instance(0))).contains(data);
        assertThat(bench().data(instance(1))).isEmpty();
    }

    @Test
    void listenersAreToldOfChanges() {
        AtomicInteger told = new AtomicInteger();
        engine().onChange(told::incrementAndGet);
        run(0);
        assertThat(told).hasPositiveValue();
        int before = told.get();
        engine().release(instance(0), Disposal.DESTROY);
        awaitGone(0);
        soon().until(() -> told.get() > before);
    }
}
