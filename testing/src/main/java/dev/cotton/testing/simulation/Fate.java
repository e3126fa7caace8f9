package dev.cotton.testing.simulation;

import dev.cotton.testing.simulation.Fault.Kind;
import java.util.EnumMap;
import java.util.Map;
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
    private final Map<Kind, SplittableRandom> random = new EnumMap<>(Kind.class);
    private final Map<Kind, Integer> drawn = new EnumMap<>(Kind.class);
    private final SortedSet<Fault> struck = new TreeSet<>();

    Fate(Life life) {
        this.life = life;
        this.plan = new SplittableRandom(life.seed());
        for (Kind kind : Kind.values()) {
            random.put(kind, plan.split());
            drawn.put(kind, 0);
        }
    }

    /** For what is settled beforehand, whatever happens. */
    SplittableRandom plan() {
        return plan;
    }

    /** For all that there is to be drawn for the next event, whether or not it strikes. */
    SplittableRandom event() {
        return random.get(Kind.EVENT).split();
    }

    /** Whether something of that probability strikes here. */
    boolean strikes(Kind kind, double probability) {
        return probability > 0
                && random.get(kind).nextDouble() < probability
                && next(kind).isPresent();
    }

    /** The next fault of that kind, unless it is spared. */
    Optional<Fault> next(Kind kind) {
        int number = drawn.merge(kind, 1, Integer::sum) - 1;
        Fault fault = new Fault(kind, number);
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
