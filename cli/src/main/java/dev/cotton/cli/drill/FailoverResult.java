package dev.cotton.cli.drill;

import dev.cotton.cli.bench.Samples;
import dev.cotton.cli.drill.RoundResult.Step;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * What {@code bench failover} has measured.
 *
 * @param loadBefore of the machine; figures are only worth something when it had little else to do
 * @param rounds of each fault, at least one
 */
record FailoverResult(String mysql, int cores, double loadBefore, int writers, Map<Fault, List<RoundResult>> rounds) {
    FailoverResult {
        rounds = Collections.unmodifiableMap(new LinkedHashMap<>(rounds));
    }

    /** Something that is to be so on two cores, in seconds. */
    record Target(String what, double limit, double measured) {
        boolean met() {
            return measured <= limit;
        }
    }

    static Samples gaps(List<RoundResult> rounds) {
        return new Samples(rounds.stream().map(round -> round.gap().span()).toList());
    }

    /** When each step was reached, by the medians of the rounds that had it, in the order of time. */
    static Map<String, Duration> steps(List<RoundResult> rounds) {
        Map<String, List<Duration>> all = new LinkedHashMap<>();
        rounds.forEach(round -> round.steps()
                .forEach(step -> all.computeIfAbsent(step.name(), first -> new ArrayList<>())
                        .add(step.after())));
        Map<String, Duration> medians = new LinkedHashMap<>();
        all.entrySet().stream()
                .map(step -> new Step(step.getKey(), new Samples(step.getValue()).median()))
                .sorted(Comparator.comparing(Step::after))
                .forEach(step -> medians.put(step.name(), step.after()));
        return medians;
    }

    /** The targets that something was measured for. */
    List<Target> targets() {
        List<Target> targets = new ArrayList<>();
        rounds.forEach((fault, results) -> targets.addAll(targets(fault, results)));
        return targets;
    }

    private static List<Target> targets(Fault fault, List<RoundResult> rounds) {
        double median = Samples.seconds(gaps(rounds).median());
        double p95 = Samples.seconds(gaps(rounds).p95());
        return switch (fault) {
            case KILL_PRIMARY ->
                List.of(
                        new Target("seconds without writes after kill -9, median", 1.0, median),
                        new Target("seconds without writes after kill -9, p95", 1.5, p95),
                        new Target("seconds until the old primary is in sync again, median", 30, whole(rounds)));
            case HANG_PRIMARY -> List.of(new Target("seconds without writes when the primary hangs, p95", 4, p95));
            case SWITCHOVER ->
                List.of(
                        new Target("seconds without writes in a switchover, median", 0.25, median),
                        new Target("seconds without writes in a switchover, p95", 0.5, p95));
            case REPLICA_DEAD ->
                List.of(new Target("seconds that a dead replica of two instances blocks writes, p95", 5, p95));
            case KILL_REPLICA_THEN_PRIMARY, SCHEDULER_KILLED, EVERYTHING_KILLED, STOP_POLITELY -> List.of();
        };
    }

    private static double whole(List<RoundResult> rounds) {
        return Samples.seconds(steps(rounds).getOrDefault(RoundResult.WHOLE, Duration.ZERO));
    }

    List<RoundResult> failed() {
        return rounds.values().stream()
                .flatMap(List::stream)
                .filter(round -> !round.passed())
                .toList();
    }

    boolean lossless() {
        return rounds.values().stream().flatMap(List::stream).allMatch(RoundResult::lossless);
    }
}
