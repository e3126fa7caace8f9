package dev.cotton.testing.simulation;

import dev.cotton.core.control.Assessment;
import dev.cotton.core.control.Effect;
import dev.cotton.core.control.Observation;
import dev.cotton.core.control.Planner.Step;
import dev.cotton.core.control.Requests;
import dev.cotton.core.model.ClusterRecord;
import dev.cotton.core.model.InstanceId;
import dev.cotton.core.port.Leadership;
import dev.cotton.core.port.StateStore.DeposedException;
import dev.cotton.core.port.StateStore.OutcomeUnknownException;
import dev.cotton.core.port.StateStore.StaleRecordException;
import dev.cotton.core.port.StateStore.StateException;
import dev.cotton.testing.fake.InMemoryLeadership;
import dev.cotton.testing.fake.InMemoryStateStore;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Optional;
import java.util.function.BooleanSupplier;

/**
 * One of several schedulers, with the loop of a cluster: gather, plan, persist, act. It may crash or be paused between
 * any two of its steps; a paused one goes on where it was, also when another has led for long.
 */
final class SimulatedScheduler implements Leadership.Listener {
    private static final int STEPS_A_CYCLE = 16;

    private enum Condition {
        UP,
        PAUSED,
        DOWN
    }

    private final String name;
    private final Surroundings around;
    private final Timeline timeline;
    private final Brain brain;
    private final InMemoryLeadership leadership;
    private final InMemoryStateStore store;
    private final Ears ears;
    private final List<Runnable> onResume = new ArrayList<>();
    private BooleanSupplier mishap = () -> false;
    private Condition condition = Condition.UP;
    private Optional<ClusterRecord> record = Optional.empty();
    private boolean inDoubt;
    private boolean awake;
    private long term;
    private SimulatedActing acting;

    SimulatedScheduler(String name, Surroundings around, Brain brain) {
        this.name = name;
        this.around = around;
        this.timeline = around.timeline();
        this.brain = brain;
        this.leadership = new InMemoryLeadership(around.ensemble());
        this.store = new InMemoryStateStore(around.ensemble(), leadership);
        this.ears = new Ears(timeline, around.world(), around.engine(), around.network(), this::wake);
        this.acting = newActing();
        leadership.join("http://" + name, this);
        timeline.every(300, 500, this::cycleIfLeading);
    }

    /** Whether it leads, knows it, and goes on with a cluster or could begin one. */
    boolean leads() {
        return condition == Condition.UP && term == around.ensemble().term();
    }

    InMemoryStateStore store() {
        return store;
    }

    /** Who decides whether it crashes or pauses between two steps. */
    void onStep(BooleanSupplier trouble) {
        mishap = trouble;
    }

    // Leading.

    @Override
    public void elected(long begun) {
        term = begun;
        acting = newActing();
        ears.begin();
        timeline.tell(() -> name + ": leads under term " + begun);
        timeline.after(5, 50, () -> takeOver(begun));
    }

    @Override
    public void deposed() {
        term = 0;
        record = Optional.empty();
        inDoubt = false;
        ears.forget();
    }

    private SimulatedActing newActing() {
        return new SimulatedActing(around, brain.deliveries(() -> timeline.now() * 1_000_000), this::wake);
    }

    private void takeOver(long begun) {
        if (term != begun || condition != Condition.UP) {
            return;
        }
        try {
            for (ClusterRecord stored : store.load()) {
                ClusterRecord next = Requests.takeOver(stored, begun);
                store.replace(stored, next);
                record = Optional.of(next);
                wake();
            }
        } catch (DeposedException e) {
            standAgain();
        } catch (StateException e) {
            timeline.after(200, 1000, () -> takeOver(begun));
        }
    }

    private void standAgain() {
        timeline.tell(() -> name + ": finds that it leads no longer");
        leadership.suspend();
        deposed();
        leadership.resume();
    }

    /** A person's wish, as this leader; refused wishes change nothing. */
    void ask(UnaryWish wish) {
        if (leads() && record.isPresent() && !inDoubt) {
            ClusterRecord known = record.orElseThrow();
            wish.apply(known, ears).ifPresent(next -> persist(known, next));
        }
    }

    /** Gives the next record, or nothing when it is not allowed. */
    interface UnaryWish {
        Optional<ClusterRecord> apply(ClusterRecord record, Ears ears);
    }

    /** Begins with a new cluster, which it has written. */
    void begin(ClusterRecord created) {
        store.create(created);
        record = Optional.of(created);
    }

    /** Who is best to take over now. */
    Optional<InstanceId> target() {
        return record.flatMap(known -> brain.switchoverTarget(known, ears.observe(known)));
    }

    Optional<Assessment> assess() {
        return leads() ? record.map(known -> brain.assess(known, ears.observe(known))) : Optional.empty();
    }

    /** For the story. */
    String whatIsMissing() {
        return record.map(known -> assess() + "\n" + known.members() + "\n" + brain.effects(known, ears.observe(known)))
                .orElse(name + " has no record");
    }

    // Faults.

    void crash() {
        if (condition != Condition.DOWN) {
            timeline.tell(() -> name + ": crashes");
            condition = Condition.DOWN;
            onResume.clear();
            leadership.suspend();
            deposed();
            timeline.after(100, 3000, () -> {
                condition = Condition.UP;
                leadership.resume();
            });
        }
    }

    void pause() {
        if (condition == Condition.UP) {
            timeline.tell(() -> name + ": is paused");
            condition = Condition.PAUSED;
            leadership.pause();
            timeline.after(200, 4000, this::resume);
        }
    }

    private void resume() {
        if (condition == Condition.PAUSED) {
            timeline.tell(() -> name + ": goes on after a pause");
            condition = Condition.UP;
            List<Runnable> rest = List.copyOf(onResume);
            onResume.clear();
            rest.forEach(Runnable::run);
            if (condition == Condition.UP && !leadership.isQueued()) {
                standAgain();
            }
        }
    }

    /** Goes on with {@code rest}, unless it crashes here; a pause holds it back. */
    private void carryOn(Runnable rest) {
        if (condition == Condition.UP && !mishap.getAsBoolean()) {
            rest.run();
        } else if (condition == Condition.PAUSED) {
            onResume.add(rest);
        }
    }

    // The loop.

    private void wake() {
        if (!awake) {
            awake = true;
            timeline.after(1, 6, () -> {
                awake = false;
                cycleIfLeading();
            });
        }
    }

    private void cycleIfLeading() {
        if (condition == Condition.UP && term != 0 && record.isPresent() && (!inDoubt || reread())) {
            step(ears.observe(record.orElseThrow()), 0);
        }
    }

    private void step(Observation observation, int steps) {
        ClusterRecord known = record.orElse(null);
        if (known == null) {
            return;
        }
        Optional<Step> next = steps < STEPS_A_CYCLE ? brain.next(known, observation) : Optional.empty();
        if (next.isEmpty()) {
            act(known, observation);
            return;
        }
        if (brain.actsBeforePersisting()) {
            next.get().next().ifPresent(hasty -> act(hasty, observation));
        }
        carryOn(() -> {
            timeline.tell(() -> name + ": " + next.get().why());
            if (next.get().next().map(planned -> persist(known, planned)).orElseGet(() -> remove(known))) {
                carryOn(() -> step(observation, steps + 1));
            }
        });
    }

    private boolean persist(ClusterRecord known, ClusterRecord next) {
        return write(() -> store.replace(known, next), Optional.of(next));
    }

    private boolean remove(ClusterRecord known) {
        return write(() -> store.remove(known), Optional.empty());
    }

    /** Whether it was written and the loop goes on. */
    private boolean write(Runnable change, Optional<ClusterRecord> next) {
        try {
            change.run();
            record = next;
            return next.isPresent();
        } catch (DeposedException e) {
            standAgain();
            return false;
        } catch (StaleRecordException | OutcomeUnknownException e) {
            timeline.tell(() -> name + ": " + e.getMessage());
            inDoubt = true;
            return reread() && record.equals(next) && next.isPresent();
        }
    }

    private boolean reread() {
        Optional<ClusterRecord> stored = record.flatMap(known -> store.read(known.uid()));
        if (stored.filter(now -> now.term() > term).isPresent()) {
            standAgain();
            return false;
        }
        record = stored;
        inDoubt = false;
        return record.isPresent();
    }

    private void act(ClusterRecord known, Observation observation) {
        act(known, acting, new ArrayDeque<>(acting.due(brain.effects(known, observation))));
    }

    private void act(ClusterRecord known, SimulatedActing leading, Deque<Effect> effects) {
        Effect first = effects.poll();
        if (first != null) {
            carryOn(() -> {
                leading.send(known, first);
                act(known, leading, effects);
            });
        }
    }
}
