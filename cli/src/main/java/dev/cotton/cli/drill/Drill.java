package dev.cotton.cli.drill;

import dev.cotton.cli.Failure;
import dev.cotton.cli.bench.Samples;
import dev.cotton.cli.faults.Fault;
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
    private final Bounds bounds;
    private final Steps steps;
    private final long begun = System.nanoTime();
    private final List<RoundResult> results = new ArrayList<>();
    private final List<LeftOut> leftOut = new ArrayList<>();

    /**
     * When no further fault is injected.
     *
     * @param data once all rows take so much
     */
    record Bounds(Duration time, DataSize data) {}

    Drill(Rounds cluster, Bounds bounds, Steps steps) {
        this.cluster = cluster;
        this.bounds = bounds;
        this.steps = steps;
    }

    void run(List<Fault> faults) throws IOException, InterruptedException {
        for (Fault fault : faults) {
            Optional<String> over = over();
            if (over.isPresent()) {
                leftOut.add(new LeftOut(fault.toString(), over.get()));
            } else {
                run(fault);
            }
        }
    }

    private Optional<String> over() {
        if (results.stream().anyMatch(round -> !round.passed())) {
            return Optional.of("An earlier fault was not survived: see there.");
        }
        if (cluster.rows() * Ledger.ROW_BYTES > bounds.data().bytes()) {
            return Optional.of("The rows took as much as --most-data allows.");
        }
        if (System.nanoTime() - begun > bounds.time().toNanos()) {
            return Optional.of("The drill had lasted as long as --duration allows.");
        }
        return Optional.empty();
    }

    private void run(Fault fault) throws IOException, InterruptedException {
        steps.begin(fault.toString());
        RoundResult result = cluster.run(fault);
        results.add(result);
        steps.done(fault + ": " + Samples.rounded(result.gap()) + " s without writes, "
                + result.writes().acknowledged() + " acknowledged, "
                + result.verdict().lost() + " lost"
                + (result.passed() ? "" : "; " + String.join("; ", result.complaints())));
    }

    List<RoundResult> results() {
        return results;
    }

    /** Those that were not injected because of its bounds, or after a fault that the cluster has not survived. */
    List<LeftOut> leftOut() {
        return leftOut;
    }

    /** All rows of all rounds compared once more. */
    Optional<Verdict> compareAll() throws InterruptedException {
        try {
            return cluster.compareAll();
        } catch (Failure nobodyAnswers) {
            return Optional.empty();
        }
    }
}
