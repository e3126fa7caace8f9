package dev.cotton.cli.drill;

import dev.cotton.cli.writers.Verdict;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * What a drill came to.
 *
 * @param skipped faults that were not injected any more, because a limit was reached or an earlier one has left the
 *     cluster in trouble
 * @param atTheEnd all rows of all rounds compared once more; absent when the cluster was in trouble then
 */
record DrillResult(
        Instant begun,
        String mysql,
        int instances,
        int writers,
        List<RoundResult> rounds,
        List<Fault> skipped,
        Optional<Verdict> atTheEnd) {
    DrillResult {
        rounds = List.copyOf(rounds);
        skipped = List.copyOf(skipped);
    }

    boolean passed() {
        return rounds.stream().allMatch(RoundResult::passed)
                && atTheEnd.filter(Verdict::clean).isPresent();
    }

    /** All that is wrong, as sentences. */
    List<String> complaints() {
        List<String> complaints = new ArrayList<>();
        rounds.forEach(round -> round.complaints().forEach(each -> complaints.add(round.fault() + ": " + each)));
        atTheEnd.ifPresentOrElse(
                verdict -> verdict.complaints().forEach(each -> complaints.add("at the end: " + each)),
                () -> complaints.add("the rows could not be compared once more at the end"));
        return complaints;
    }
}
