package dev.cotton.testing.simulation;

import dev.cotton.core.control.Assessment.State;
import dev.cotton.core.control.Effect;
import dev.cotton.core.control.Observation;
import dev.cotton.core.control.Observation.Sight;
import dev.cotton.core.control.Planner.Step;
import dev.cotton.core.control.Requests;
import dev.cotton.core.model.ClusterRecord;
import dev.cotton.core.model.InstanceId;
import dev.cotton.core.model.Member;
import dev.cotton.core.model.Operation;
import dev.cotton.core.port.Engine.Place;
import dev.cotton.core.port.Executors.Heard;
import dev.cotton.core.wire.Assignment;
import dev.cotton.core.wire.MysqlReport;
import dev.cotton.core.wire.Setup;
import dev.cotton.core.wire.Status;
import dev.cotton.core.wire.Trust;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * The scheduler that leads, and the state store that outlives it. A crash may come between any two effects; the next
 * leader goes on from the persisted record alone.
 */
final class SimulatedScheduler {
    private static final Instant EPOCH = Instant.parse("2026-01-01T00:00:00Z");
    private static final Setup.Accounts NO_SECRETS = new Setup.Accounts("app", "", "");

    /** How the network treats messages. */
    static final class Network {
        double loss;
        long slowest = 20;
    }

    private final Timeline timeline;
    private final World world;
    private final SimulatedEngine engine;
    private final Brain brain;
    private final Network network = new Network();
    private final Map<InstanceId, Heard> heard = new HashMap<>();
    private final Map<InstanceId, Long> heardAt = new HashMap<>();
    private final Map<InstanceId, Long> detachedSince = new HashMap<>();
    private @Nullable ClusterRecord persisted;
    private long term = 1;
    private boolean up = true;
    private boolean crashing;
    private boolean awake;

    SimulatedScheduler(Timeline timeline, World world, SimulatedEngine engine, Brain brain, ClusterRecord first) {
        this.timeline = timeline;
        this.world = world;
        this.engine = engine;
        this.brain = brain;
        this.persisted = first;
        poll();
        tick();
    }

    Network network() {
        return network;
    }

    /** The persisted record; empty once it is removed. */
    Optional<ClusterRecord> record() {
        return Optional.ofNullable(persisted);
    }

    /** Has it crash somewhere in its next effects, or at once. */
    void crash() {
        if (timeline.chance(0.5)) {
            crashing = true;
        } else {
            die();
        }
    }

    private void die() {
        crashing = false;
        up = false;
        timeline.tell("scheduler: crashed");
        heard.clear();
        detachedSince.clear();
        timeline.after(100, 3000, () -> {
            up = true;
            term++;
            ClusterRecord now = persisted;
            if (now != null) {
                persisted = Requests.takeOver(now, term);
            }
            timeline.tell("scheduler: leads under term " + term);
        });
    }

    /** Somebody asks; refused requests change nothing. */
    void ask(Operation.Kind kind) {
        ClusterRecord now = persisted;
        if (up && now != null && Requests.objection(now, kind).isEmpty()) {
            timeline.tell("a person asks for " + kind);
            persisted =
                    Requests.accept(now, kind, new Requests.Asked("op-" + timeline.now(), wall(), Optional.empty()));
        }
    }

    /** The state that the record is in, by what was heard last. */
    State assess(ClusterRecord record) {
        return up ? brain.assess(record, observe()).state() : State.PRIMARY_DOWN;
    }

    /** For the story. */
    String whatIsMissing() {
        return record().map(record -> brain.assess(record, observe()) + " " + record.members() + " "
                        + brain.effects(record, observe()))
                .orElse("nothing is there");
    }

    private Instant wall() {
        return EPOCH.plusMillis(timeline.now());
    }

    // Listening.

    private void poll() {
        timeline.after(50, 150, () -> {
            world.servers().forEach(this::listen);
            poll();
        });
    }

    /** Something changed that a long poll would tell at once. */
    void news() {
        if (!awake) {
            awake = true;
            timeline.after(1, 10, () -> {
                awake = false;
                world.servers().forEach(this::listen);
            });
        }
    }

    private void listen(SimulatedServer server) {
        if (!up) {
            return;
        }
        boolean answers = server.executorUp() && !timeline.chance(network.loss);
        Status status = server.status();
        timeline.after(1, network.slowest, () -> {
            if (!up) {
                return;
            }
            Heard before = heard.get(server.id);
            boolean older = before != null
                    && before.status()
                            .filter(old -> old.revision() > status.revision())
                            .isPresent();
            if (answers && !older) {
                heard.put(server.id, new Heard(Optional.of(status), Duration.ZERO, true, ""));
                heardAt.put(server.id, timeline.now());
            } else if (!answers) {
                heard.put(
                        server.id,
                        new Heard(
                                before == null ? Optional.empty() : before.status(),
                                Duration.ofMillis(timeline.now() - heardAt.getOrDefault(server.id, 0L)),
                                false,
                                "no answer"));
            }
        });
    }

    // The loop.

    private void tick() {
        timeline.after(20, 100, () -> {
            if (up && persisted != null) {
                cycle();
            }
            tick();
        });
    }

    private void cycle() {
        Observation observation = observe();
        for (int steps = 0; steps < 16; steps++) {
            ClusterRecord now = persisted;
            Optional<Step> step = now == null ? Optional.empty() : brain.next(now, observation);
            if (step.isEmpty()) {
                break;
            }
            if (brain.actsBeforePersisting()) {
                step.get().next().ifPresent(next -> act(next, observation));
                if (!up) {
                    return;
                }
            }
            timeline.tell("scheduler: " + step.get().why());
            persisted = step.get().next().orElse(null);
            if (crashing && timeline.chance(0.3)) {
                die();
                return;
            }
        }
        ClusterRecord now = persisted;
        if (now != null) {
            act(now, observation);
        }
    }

    Observation observe() {
        Map<InstanceId, Place> places = engine.observe();
        Map<InstanceId, Sight> sights = new HashMap<>();
        for (Member member : record().map(ClusterRecord::members).orElse(List.of())) {
            Place place = places.get(member.id());
            if (place != null) {
                Optional<Heard> last = Optional.ofNullable(heard.get(member.id()));
                Duration detached =
                        record().map(record -> detached(record, member)).orElse(Duration.ZERO);
                sights.put(member.id(), new Sight(place, last, detached));
            }
        }
        return new Observation(wall(), sights);
    }

    private Duration detached(ClusterRecord record, Member member) {
        Optional<MysqlReport> primary = record.primary()
                .flatMap(id -> Optional.ofNullable(heard.get(id)))
                .filter(Heard::reachable)
                .flatMap(Heard::status)
                .flatMap(Status::mysql);
        boolean missing = primary.filter(report -> !report.attachedSlots().contains(member.slot()))
                .isPresent();
        if (!missing) {
            detachedSince.remove(member.id());
            return Duration.ZERO;
        }
        return Duration.ofMillis(timeline.now() - detachedSince.computeIfAbsent(member.id(), id -> timeline.now()));
    }

    private void act(ClusterRecord record, List<Effect> effects) {
        for (Effect effect : effects) {
            if (crashing && timeline.chance(0.3)) {
                die();
                return;
            }
            send(record, effect);
        }
    }

    private void act(ClusterRecord record, Observation observation) {
        act(record, brain.effects(record, observation));
    }

    private void send(ClusterRecord record, Effect effect) {
        switch (effect) {
            case Effect.Launch launch -> engine.apply(launch.instance());
            case Effect.Release release -> engine.release(release.instance(), release.disposal());
            case Effect.Prepare prepare ->
                deliver(
                        prepare.instance(),
                        server -> server.setup(new Setup(
                                prepare.stamp(),
                                prepare.slot(),
                                record.spec().durability(),
                                Map.of(),
                                NO_SECRETS,
                                prepare.source())));
            case Effect.Assign assign ->
                deliver(assign.instance(), server -> server.assign(new Assignment(assign.stamp(), assign.role())));
            case Effect.Clear clear ->
                deliver(clear.instance(), server -> server.trust(new Trust(clear.stamp(), clear.bootId())));
        }
    }

    /** Messages are lost, late, or arrive twice. */
    private void deliver(InstanceId id, java.util.function.Consumer<SimulatedServer> what) {
        int copies = timeline.chance(network.loss) ? 0 : timeline.chance(network.loss) ? 2 : 1;
        for (int copy = 0; copy < copies; copy++) {
            long slowest = timeline.chance(network.loss) ? 50 * network.slowest : network.slowest;
            timeline.after(1, slowest, () -> world.server(id).ifPresent(what));
        }
    }
}
