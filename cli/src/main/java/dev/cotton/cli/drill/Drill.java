package dev.cotton.cli.drill;

import dev.cotton.cli.Failure;
import dev.cotton.cli.bench.Samples;
import dev.cotton.cli.terminal.Steps;
import dev.cotton.cli.writers.Ledger;
import dev.cotton.cli.writers.Verdict;
import dev.cotton.core.model.DataSize;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Injects one fault after the other into a cluster. Used by one thread. */
final class Drill {
    private final Rounds cluster;
    private final long deadline;
    private final DataSize most;
    private final Steps steps;
    private final List<RoundResult> results = new ArrayList<>();
    private final List<Fault> skipped = new ArrayList<>();

    /**
     * @param limit no fault is injected any more after that
     * @param most no fault is injected any more when the rows take so much
     */
    Drill(Rounds cluster, Duration limit, DataSize most, Steps steps) {
        this.cluster = cluster;
        this.deadline = System.nanoTime() + limit.toNanos();
        this.most = most;
        this.steps = steps;
    }

    void run(List<Fault> faults) throws IOException, InterruptedException {
        for (Fault fault : faults) {
            boolean trouble =
                    results.stream().anyMatch(round -> !round.trouble().isEmpty());
            if (trouble || full() || System.nanoTime() - deadline > 0) {
                skipped.add(fault);
            } else {
                run(fault);
            }
        }
    }

    private boolean full() {
        return cluster.rows() * Ledger.ROW_BYTES > most.bytes();
    }

    private void run(Fault fault) throws IOException, InterruptedException {
        steps.begin(fault.toString());
        RoundResult result = cluster.run(fault);
        results.add(result);
        steps.done(fault + ": " + Samples.rounded(result.gap().span()) + " s without writes, "
                + result.acknowledged() + " acknowledged, " + result.verdict().lost() + " lost"
                + (result.passed() ? "" : "; " + String.join("; ", result.complaints())));
    }

    List<RoundResult> results() {
        return results;
    }

    List<Fault> skipped() {
        return skipped;
    }

    /** All rows of all rounds compared once more. */
    Optional<Verdict> compareAll() throws InterruptedException {
        try {
            return Optional.of(cluster.compareAll());
        } catch (Failure nobodyAnswers) {
            return Optional.empty();
        }
    }
}
