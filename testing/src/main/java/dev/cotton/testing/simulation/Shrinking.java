package dev.cotton.testing.simulation;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.IntStream;

/**
 * Looks for a life with few faults that fails as another one did, by leaving out ever smaller parts of the faults (delta
 * debugging; Zeller and Hildebrandt, "Simplifying and Isolating Failure-Inducing Input").
 */
final class Shrinking {
    private final Function<Life, Optional<Failure>> lives;
    private final long end;

    /**
     * @param lives lives a life; called by several threads
     * @param limit after which what was found is good enough
     */
    Shrinking(Function<Life, Optional<Failure>> lives, Duration limit) {
        this.lives = lives;
        this.end = System.nanoTime() + limit.toNanos();
    }

    /** The failure with the fewest faults that was found; {@code failure} itself when there is none with fewer. */
    Failure shortest(Failure failure) {
        Failure shortest = failure;
        int parts = 1;
        while (parts <= shortest.struck().size() && System.nanoTime() < end) {
            Optional<Failure> shorter = withoutAPart(shortest, parts);
            parts = shorter.isPresent()
                    ? Math.max(1, parts - 1)
                    : finer(parts, shortest.struck().size());
            shortest = shorter.orElse(shortest);
        }
        return shortest;
    }

    /** Twice as many parts; at last every fault by itself. */
    private static int finer(int parts, int faults) {
        return parts < faults ? Math.min(2 * parts, faults) : faults + 1;
    }

    private Optional<Failure> withoutAPart(Failure failure, int parts) {
        return IntStream.range(0, parts)
                .parallel()
                .filter(part -> System.nanoTime() < end)
                .mapToObj(part -> lives.apply(failure.life().with(without(failure, part, parts))))
                .flatMap(Optional::stream)
                .filter(found -> found.rule().equals(failure.rule()))
                .findAny();
    }

    private static List<Fault> without(Failure failure, int part, int parts) {
        List<Fault> rest = new ArrayList<>(failure.struck());
        int faults = rest.size();
        rest.subList(faults * part / parts, faults * (part + 1) / parts).clear();
        return rest;
    }
}
