package dev.cotton.testing.simulation;

import dev.cotton.testing.simulation.Fault.Kind;
import java.util.Optional;
import java.util.SortedSet;
import java.util.SplittableRandom;
import java.util.TreeSet;

/**
 * What goes wrong in a life. Each kind of fault is drawn by itself, so that sparing one fault changes the others as
 * little as can be.
 */
final class Fate {
    private final Life life;
    private final SplittableRandom plan;
    private final Draws events;
    private final Draws steps;
    private final Draws messages;
    private final SortedSet<Fault> struck = new TreeSet<>();

    Fate(Life life) {
        this.life = life;
        this.plan = new SplittableRandom(life.seed());
        this.events = new Draws(plan.split());
        this.steps = new Draws(plan.split());
        this.messages = new Draws(plan.split());
    }

    /** What is drawn for one kind of fault. */
    private static final class Draws {
        private final SplittableRandom random;
        private int drawn;

        Draws(SplittableRandom random) {
            this.random = random;
        }
    }

    private Draws of(Kind kind) {
        return switch (kind) {
            case EVENT -> events;
            case STEP -> steps;
            case MESSAGE -> messages;
        };
    }

    /** For what is settled beforehand, whatever happens. */
    SplittableRandom plan() {
        return plan;
    }

    /** For all that there is to be drawn for the next event, whether or not it strikes. */
    SplittableRandom event() {
        return events.random.split();
    }

    /** Whether something of that probability strikes here. */
    boolean strikes(Kind kind, double probability) {
        return probability > 0
                && of(kind).random.nextDouble() < probability
                && next(kind).isPresent();
    }

    /** The next fault of that kind, unless it is spared. */
    Optional<Fault> next(Kind kind) {
        Fault fault = new Fault(kind, of(kind).drawn++);
        if (life.spares(fault)) {
            return Optional.empty();
        }
        struck.add(fault);
        return Optional.of(fault);
    }

    /** All that have struck so far. */
    SortedSet<Fault> struck() {
        return struck;
    }
}
