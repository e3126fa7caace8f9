package dev.cotton.cli.drill;

import dev.cotton.cli.client.Event;
import dev.cotton.cli.drill.RoundResult.Step;
import dev.cotton.cli.writers.History;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.OptionalLong;

/**
 * The times of one round. Instants without a date are of {@link System#nanoTime}.
 *
 * @param at when the fault was injected, by the clock of this machine
 * @param fault the same
 * @param end when every member was in sync again, or when that was given up
 * @param relieved when the fault was ended; absent when it had no duration
 * @param whole whether every member was in sync at the end
 */
record RoundSteps(Instant at, long fault, long end, OptionalLong relieved, boolean whole) {
    /** What was reached and when, in the order of time. */
    List<Step> of(List<Event> events, History history) {
        List<Step> steps = new ArrayList<>(Progress.of(events, at));
        history.firstSentToAnotherServer(fault)
                .ifPresent(begun -> steps.add(step("first write sent to another server", begun)));
        History.Gap gap = history.longestGap(fault, end);
        OptionalLong back = back(history);
        back.ifPresent(instant -> steps.add(step(RoundResult.BACK, instant)));
        if (gap.over() && (back.isEmpty() || back.getAsLong() < gap.ended())) {
            steps.add(new Step(
                    RoundResult.LATER_GAP,
                    since(gap.ended()),
                    "It lasted " + gap.span().toMillis() + " ms."));
        }
        relieved.ifPresent(instant -> steps.add(step(RoundResult.RELIEVED, instant)));
        if (whole) {
            steps.add(step(RoundResult.WHOLE, end));
        }
        steps.sort(Comparator.comparing(Step::after));
        return steps;
    }

    private OptionalLong back(History history) {
        OptionalLong elsewhere = history.firstAcknowledgedByAnotherServer(fault);
        if (elsewhere.isPresent()) {
            return elsewhere;
        }
        History.Gap gap = history.longestGap(fault, relieved.orElse(end));
        return gap.over() ? OptionalLong.of(gap.ended()) : OptionalLong.empty();
    }

    private Step step(String name, long instant) {
        return new Step(name, since(instant), "");
    }

    private Duration since(long instant) {
        return Duration.ofNanos(instant - fault);
    }
}
