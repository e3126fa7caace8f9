package dev.cotton.cli.drill;

import dev.cotton.cli.writers.Verdict;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * What a drill came to.
 *
 * @param leftOut faults that were not injected
 * @param atTheEnd all rows of all rounds compared once more; absent when the cluster was in trouble then
 */
record DrillResult(Setting setting, List<RoundResult> rounds, List<LeftOut> leftOut, Optional<Verdict> atTheEnd) {
    DrillResult {
        rounds = List.copyOf(rounds);
        leftOut = List.copyOf(leftOut);
    }

    /**
     * What was drilled.
     *
     * @param mysql its version
     * @param throwaway whether the cluster was made for the drill
     */
    record Setting(
            Instant begun,
            Duration took,
            String cotton,
            String mysql,
            String cluster,
            int instances,
            int writers,
            boolean throwaway) {}

    boolean passed() {
        return !rounds.isEmpty()
                && rounds.stream().allMatch(RoundResult::passed)
                && atTheEnd.filter(Verdict::clean).isPresent();
    }

    long attempted() {
        return rounds.stream().mapToLong(round -> round.writes().attempted()).sum();
    }

    long acknowledged() {
        return rounds.stream().mapToLong(round -> round.writes().acknowledged()).sum();
    }

    long lost() {
        return Math.max(
                rounds.stream().mapToLong(round -> round.verdict().lost()).sum(),
                atTheEnd.map(Verdict::lost).orElse(0L));
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
