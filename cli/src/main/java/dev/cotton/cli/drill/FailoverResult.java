package dev.cotton.cli.drill;

import dev.cotton.cli.bench.Samples;
import dev.cotton.cli.bench.Timed;
import dev.cotton.cli.faults.Fault;
import dev.cotton.core.model.DataSize;
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
 * @param rounds of each fault, at least one
 * @param floor the same by hand, without Cotton, for the faults that it was done for
 * @param leftOut faults that this machine does not allow
 */
record FailoverResult(
        String mysql,
        Setting setting,
        Map<Fault, List<RoundResult>> rounds,
        Map<Fault, List<Timed>> floor,
        List<LeftOut> leftOut) {
    FailoverResult {
        leftOut = List.copyOf(leftOut);
        rounds = Collections.unmodifiableMap(new LinkedHashMap<>(rounds));
        floor = Collections.unmodifiableMap(new LinkedHashMap<>(floor));
    }

    /**
     * What was measured, and where.
     *
     * @param load of the machine before; figures are only worth something when it had little else to do
     * @param data what a cluster held besides
     * @param hosts whether every instance had a host of its own, a network namespace
     */
    record Setting(int cores, double load, int writers, DataSize data, boolean hosts) {}

    /** Something that is to be so on two cores, in seconds. */
    record Target(String what, double limit, double measured) {
        boolean met() {
            return measured <= limit;
        }
    }

    static Samples gaps(List<RoundResult> rounds) {
        return new Samples(rounds.stream().map(round -> round.gap()).toList());
    }

    static Samples floorGaps(List<Timed> rounds) {
        return new Samples(rounds.stream().map(Timed::total).toList());
    }

    /** When each step was reached in the rounds that had it, in the order of time by the medians. */
    static Map<String, Samples> steps(List<RoundResult> rounds) {
        Map<String, List<Duration>> all = new LinkedHashMap<>();
        rounds.forEach(round -> round.steps()
                .forEach(step -> all.computeIfAbsent(step.name(), first -> new ArrayList<>())
                        .add(step.after())));
        return sorted(all);
    }

    static Map<String, Samples> floorSteps(List<Timed> rounds) {
        Map<String, List<Duration>> all = new LinkedHashMap<>();
        rounds.forEach(round -> round.steps()
                .forEach((step, after) ->
                        all.computeIfAbsent(step, first -> new ArrayList<>()).add(after)));
        return sorted(all);
    }

    private static Map<String, Samples> sorted(Map<String, List<Duration>> all) {
        Map<String, Samples> steps = new LinkedHashMap<>();
        all.entrySet().stream()
                .map(step -> Map.entry(step.getKey(), new Samples(step.getValue())))
                .sorted(Comparator.comparing(step -> step.getValue().median()))
                .forEach(step -> steps.put(step.getKey(), step.getValue()));
        return steps;
    }

    /** The targets that something was measured for. */
    List<Target> targets() {
        List<Target> targets = new ArrayList<>();
        rounds.forEach((fault, results) -> targets.addAll(targets(fault, results)));
        List<Duration> returns = rounds.values().stream()
                .flatMap(List::stream)
                .flatMap(round -> round.errantReturn().stream())
                .toList();
        if (!returns.isEmpty()) {
            targets.add(new Target(
                    "seconds until a former primary with transactions of its own is in sync again, p95",
                    30,
                    Samples.seconds(new Samples(returns).p95())));
        }
        return targets;
    }

    private static List<Target> targets(Fault fault, List<RoundResult> rounds) {
        double median = Samples.seconds(gaps(rounds).median());
        double p95 = Samples.seconds(gaps(rounds).p95());
        return switch (fault) {
            case KILL_PRIMARY ->
                List.of(
                        new Target("seconds without writes after kill -9, median", 1.0, median),
                        new Target("seconds without writes after kill -9, p95", 1.5, p95));
            case HANG_PRIMARY -> List.of(new Target("seconds without writes when the primary hangs, p95", 4, p95));
            case SWITCHOVER ->
                List.of(
                        new Target("seconds without writes in a switchover, median", 0.25, median),
                        new Target("seconds without writes in a switchover, p95", 0.5, p95));
            case REPLICA_DEAD ->
                List.of(new Target("seconds that a dead replica of two instances blocks writes, p95", 5, p95));
            case ISOLATED -> List.of(new Target("seconds without writes when the primary is isolated, p95", 4, p95));
            case REPLICATION_ONLY ->
                List.of(new Target("seconds without writes when only replication is cut, p95", 5, p95));
            case KILL_REPLICA,
                    KILL_REPLICA_THEN_PRIMARY,
                    STOP_POLITELY,
                    ACCOUNT_STATEMENT,
                    ACCOUNT_STATEMENT_LOGINS,
                    SCHEDULER_KILLED,
                    SCHEDULER_KILLED_CHOSEN,
                    SCHEDULER_KILLED_NAMED,
                    ZOOKEEPER_STOPPED,
                    ZOOKEEPER_STOPPED_PRIMARY_KILLED,
                    EVERYTHING_KILLED,
                    HOST_VANISHES,
                    CUT_FROM_SCHEDULER,
                    REPLICA_ISOLATED,
                    REPLICAS_ISOLATED,
                    DISK_FULL,
                    DISK_FROZEN,
                    DISK_STUCK,
                    DISK_READ_ONLY -> List.of();
        };
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
