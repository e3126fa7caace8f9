package dev.cotton.mesos;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.cotton.core.model.ClusterName;
import dev.cotton.core.model.InstanceId;
import dev.cotton.core.model.PlacementSpec;
import dev.cotton.core.model.Resources;
import dev.cotton.core.port.Engine;
import dev.cotton.core.port.Engine.Disposal;
import dev.cotton.core.port.Engine.InstanceSpec;
import dev.cotton.core.port.Engine.Presence;
import dev.cotton.core.port.StateStore.DeposedException;
import dev.cotton.core.wire.MesosTask;
import dev.cotton.scheduler.engine.EngineRecords;
import dev.cotton.scheduler.engine.mesos.Framework;
import dev.cotton.scheduler.engine.mesos.MesosEngine;
import dev.cotton.scheduler.engine.mesos.MesosInstance;
import dev.cotton.scheduler.engine.mesos.MesosSettings;
import dev.cotton.scheduler.engine.mesos.Tally;
import dev.cotton.scheduler.engine.mesos.TokenSeal;
import dev.cotton.scheduler.engine.mesos.master.MasterAddress;
import dev.cotton.scheduler.engine.mesos.master.MasterLink;
import dev.cotton.scheduler.engine.mesos.master.MasterSettings;
import dev.cotton.scheduler.engine.mesos.master.Timing;
import dev.cotton.testing.mesos.AgentOptions;
import dev.cotton.testing.mesos.MesosSimulator;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentSkipListMap;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.function.Predicate;

/**
 * The life of one instance on a fleet, from its creation over the bin and back to its end, in which the scheduler is
 * killed once and another one goes on.
 */
final class CutLife implements AutoCloseable {
    private static final InstanceId ID = new InstanceId(new ClusterName("demo"), 0);
    private static final InstanceSpec SPEC =
            new InstanceSpec(ID, "uid-1", Resources.ORDINARY, PlacementSpec.ORDINARY, "c2VjcmV0");

    /** Shorter than everything that is only waited for when something was forgotten. */
    private static final Duration LIMIT = Duration.ofSeconds(30);

    private static final MesosSettings.Patience PATIENCE = new MesosSettings.Patience(
            Duration.ofMinutes(2),
            Duration.ofMinutes(2),
            Duration.ofSeconds(1),
            Duration.ofSeconds(5),
            Duration.ofSeconds(5));

    private final MesosSimulator mesos;
    private final PlayedExecutors executors;
    private final Map<String, MesosInstance> instances = new ConcurrentSkipListMap<>();
    private final Map<String, Framework> framework = new ConcurrentSkipListMap<>();
    private Guillotine guillotine;
    private Optional<Engine> engine = Optional.empty();

    private CutLife(Path folder, Optional<Guillotine.Cut> cut) {
        this.guillotine = new Guillotine(cut);
        this.mesos = MesosSimulator.in(folder)
                .agent(AgentOptions.withPorts(31_000, 31_099))
                .start();
        this.executors = new PlayedExecutors(mesos);
    }

    /**
     * Lives it.
     *
     * @return the first scheduler's end
     */
    static Guillotine live(Path folder, Optional<Guillotine.Cut> cut) {
        try (CutLife life = new CutLife(folder, cut)) {
            Guillotine first = life.guillotine;
            life.open();
            life.live();
            return first;
        }
    }

    private void live() {
        reach(engine -> engine.apply(SPEC), place -> place.equals(Optional.of(Presence.RUNNING)));
        executors.expectData();
        reach(engine -> engine.release(ID, Disposal.KEEP), place -> place.equals(Optional.of(Presence.BINNED)));
        reach(engine -> engine.apply(SPEC), place -> place.equals(Optional.of(Presence.RUNNING)));
        reach(engine -> engine.release(ID, Disposal.DESTROY), Optional::isEmpty);
        await().atMost(LIMIT).pollInterval(Duration.ofMillis(20)).untilAsserted(this::nothingIsLeft);
        assertThat(executors.complaints()).isEmpty();
    }

    private void nothingIsLeft() {
        replaceWhoFell(_ -> {});
        assertThat(instances).isEmpty();
        assertThat(mesos.view().reservations()).isEmpty();
        assertThat(mesos.view().volumes()).isEmpty();
        assertThat(mesos.view().tasks()).isEmpty();
        assertThat(mesos.view().frameworks()).hasSize(1);
        assertThat(mesos.agents().getFirst().containers()).isEmpty();
    }

    /** Says what is wanted, again to whoever comes after a scheduler that was killed, and waits for it. */
    private void reach(Consumer<Engine> wish, Predicate<Optional<Presence>> reached) {
        wish.accept(engine.orElseThrow());
        await().atMost(LIMIT).pollInterval(Duration.ofMillis(20)).until(() -> {
            replaceWhoFell(wish);
            return reached.test(presence());
        });
    }

    private Optional<Presence> presence() {
        return Optional.ofNullable(engine.orElseThrow().observe().get(ID)).map(Engine.Place::presence);
    }

    private void replaceWhoFell(Consumer<Engine> wish) {
        if (guillotine.fallen()) {
            engine.ifPresent(Engine::close);
            guillotine = new Guillotine(Optional.empty());
            open();
            wish.accept(engine.orElseThrow());
        }
    }

    private void open() {
        MasterLink link = new MasterLink(new MasterSettings(
                MasterAddress.parse(mesos.leader()),
                Optional.empty(),
                Optional.empty(),
                settings().framework(),
                Timing.ORDINARY));
        try {
            engine = Optional.of(MesosEngine.open(
                    settings(),
                    guillotine.records(
                            stored(instances, instance -> instance.id().toString()), CutLife::described),
                    guillotine.records(stored(framework, _ -> Framework.NAME), _ -> "framework"),
                    UNSEALED,
                    guillotine.master(link),
                    new Tally()));
        } catch (DeposedException killed) {
            guillotine = new Guillotine(Optional.empty());
            open();
        }
    }

    private static String described(MesosInstance instance) {
        return instance.goal() + " "
                + instance.task().map(task -> task.state().name()).orElse("without a task");
    }

    private static MesosSettings settings() {
        return new MesosSettings(
                MesosFleet.USER,
                MesosSettings.ORDINARY_ROLE,
                Optional.of("cotton"),
                Duration.ofDays(14),
                true,
                List.of(),
                new MesosSettings.ExecutorCommand(List.of(), List.of(), PlayedExecutors.COMMAND, Map.of()),
                new MesosTask.Host(Optional.empty()),
                "cotton",
                Optional.empty(),
                false,
                PATIENCE);
    }

    private static <R> EngineRecords<R> stored(Map<String, R> stored, Function<R, String> name) {
        return new EngineRecords<>() {
            @Override
            public List<R> load() {
                return List.copyOf(stored.values());
            }

            @Override
            public void save(R record) {
                stored.put(name.apply(record), record);
            }

            @Override
            public void remove(String removed) {
                stored.remove(removed);
            }
        };
    }

    private static final TokenSeal UNSEALED = new TokenSeal() {
        @Override
        public String seal(InstanceId instance, String token) {
            return token;
        }

        @Override
        public String open(InstanceId instance, String sealed) {
            return sealed;
        }
    };

    @Override
    public void close() {
        engine.ifPresent(Engine::close);
        executors.close();
        mesos.close();
    }
}
