package dev.cotton.cli.drill;

import dev.cotton.cli.writers.History;
import dev.cotton.cli.writers.Verdict;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;

/**
 * What came of one fault.
 *
 * @param at when it was injected
 * @param gap the longest time without an acknowledged write
 * @param steps when each was reached, counted from the fault, in the order of time
 * @param attempted how many rows the writers sent
 * @param verdict on all rows of this round
 * @param overlaps servers that acknowledged at the same time, as sentences
 * @param errant members that held transactions which the cluster had not acknowledged, and were put right
 * @param trouble why the round could not be brought to its end, as sentences
 */
record RoundResult(
        Fault fault,
        Instant at,
        History.Gap gap,
        List<Step> steps,
        long attempted,
        long acknowledged,
        Verdict verdict,
        List<String> overlaps,
        long errant,
        List<String> trouble,
        Timeline timeline) {
    /** The step that ends when every member is in sync again. */
    static final String WHOLE = "every member in sync";

    RoundResult {
        steps = List.copyOf(steps);
        overlaps = List.copyOf(overlaps);
        trouble = List.copyOf(trouble);
    }

    /**
     * Something that was reached.
     *
     * @param after counted from the fault
     */
    record Step(String name, Duration after) {}

    /** Nothing acknowledged was lost or doubled, and no two servers acknowledged at the same time. */
    boolean lossless() {
        return verdict.clean() && overlaps.isEmpty();
    }

    /** Lossless, and the cluster is healthy again. */
    boolean passed() {
        return lossless() && trouble.isEmpty();
    }

    /** All that is wrong, as sentences. */
    List<String> complaints() {
        List<String> complaints = new ArrayList<>(verdict.complaints());
        complaints.addAll(overlaps);
        complaints.addAll(trouble);
        return complaints;
    }
}
