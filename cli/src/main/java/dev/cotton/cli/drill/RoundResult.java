package dev.cotton.cli.drill;

import dev.cotton.cli.client.Event;
import dev.cotton.cli.faults.Fault;
import dev.cotton.cli.writers.History;
import dev.cotton.cli.writers.Verdict;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * What came of one fault.
 *
 * @param at when it was injected
 * @param steps when each was reached, counted from the fault, in the order of time
 * @param verdict on all rows of this round
 * @param events of the cluster since the fault, in the order of time
 * @param trouble why the round could not be brought to its end, as sentences
 */
record RoundResult(
        Fault fault,
        Instant at,
        List<Step> steps,
        Writes writes,
        Verdict verdict,
        List<Event> events,
        List<String> trouble,
        Timeline timeline) {
    /**
     * The step with which writes are back: the first that another server acknowledged; when the primary stayed, the first after
     * the longest time without any while the fault lasted.
     */
    static final String BACK = "first acknowledged write";

    /** The step that ends the longest time without an acknowledged write, when that is not {@link #BACK}. */
    static final String LATER_GAP = "end of a longer time without writes";

    /** The step that ends what was injected, when it does not end by itself. */
    static final String RELIEVED = "fault over";

    /** The step that ends when every member is in sync again. */
    static final String WHOLE = "every member in sync";

    RoundResult {
        steps = List.copyOf(steps);
        events = List.copyOf(events);
        trouble = List.copyOf(trouble);
    }

    /**
     * Something that was reached.
     *
     * @param after counted from the fault
     * @param evidence what was said about it; empty when there is nothing to add
     */
    record Step(String name, Duration after, String evidence) {}

    /**
     * What the writers were told.
     *
     * @param attempted how many rows they sent
     * @param refusedToStayers how often a member refused to write for the client that never leaves it
     * @param gap the longest time without a write acknowledged to a client that follows the primary, counted from the fault
     * @param overlaps servers that acknowledged at the same time, as sentences
     */
    record Writes(long attempted, long acknowledged, long refusedToStayers, History.Gap gap, List<String> overlaps) {
        Writes {
            overlaps = List.copyOf(overlaps);
        }

        static Writes of(History history, History.Gap gap) {
            return new Writes(
                    history.inserts().size(),
                    history.acknowledged().size(),
                    history.refusedToStayers(),
                    gap,
                    history.overlaps());
        }
    }

    Duration gap() {
        return writes.gap().span();
    }

    /** When every member was in sync again. */
    Optional<Duration> whole() {
        return after(WHOLE);
    }

    private Optional<Duration> after(String name) {
        return steps.stream()
                .filter(step -> step.name().equals(name))
                .map(Step::after)
                .findFirst();
    }

    /** How long a member with transactions of its own took to be in sync again, when there was one and it was. */
    Optional<Duration> errantReturn() {
        return errant() == 0
                ? Optional.empty()
                : whole().map(whole -> whole.minus(after(RELIEVED).orElse(Duration.ZERO)));
    }

    /** How many members held transactions which the cluster had not acknowledged, and were put right. */
    long errant() {
        return Progress.errant(events);
    }

    /** Nothing acknowledged was lost or doubled, and no two servers acknowledged at the same time. */
    boolean lossless() {
        return verdict.clean() && writes.overlaps().isEmpty();
    }

    /** Lossless, and the cluster is healthy again. */
    boolean passed() {
        return lossless() && trouble.isEmpty();
    }

    /** All that is wrong, as sentences. */
    List<String> complaints() {
        List<String> complaints = new ArrayList<>(verdict.complaints());
        complaints.addAll(writes.overlaps());
        complaints.addAll(trouble);
        return complaints;
    }
}
