package dev.cotton.cli.bench;

import dev.cotton.core.model.DataSize;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * What {@code bench create} has measured.
 *
 * @param loadBefore of the machine; figures are only worth something when it had little else to do
 */
record CreateResult(String mysql, int cores, double loadBefore, List<Size> sizes, MemoryUse memory) {
    CreateResult {
        sizes = List.copyOf(sizes);
    }

    /** The rounds for one number of instances, Cotton's and the floor's in turn. */
    record Size(int instances, List<Timed> cotton, List<Timed> floor) {
        Size {
            cotton = List.copyOf(cotton);
            floor = List.copyOf(floor);
        }

        Samples cottonSamples() {
            return samples(cotton);
        }

        Samples floorSamples() {
            return samples(floor);
        }

        double ratio() {
            return cottonSamples().ratioTo(floorSamples());
        }

        private static Samples samples(List<Timed> rounds) {
            return new Samples(rounds.stream().map(Timed::total).toList());
        }
    }

    /**
     * Resident memory.
     *
     * @param executor the largest that was seen of any
     * @param scheduler with one cluster
     * @param many with many clusters, when that was measured
     */
    record MemoryUse(DataSize executor, DataSize scheduler, Optional<ManyClusters> many) {}

    /** What the scheduler takes with that many clusters of one instance each. */
    record ManyClusters(int clusters, DataSize scheduler) {}

    /** Something that is to be so on two cores. */
    record Target(String what, double limit, double measured) {
        boolean met() {
            return measured <= limit;
        }
    }

    /** The targets that something was measured for. */
    List<Target> targets() {
        List<Target> targets = new ArrayList<>();
        for (Size size : sizes) {
            targets.add(new Target("ratio for " + size.instances() + " instances", 1.5, size.ratio()));
        }
        sizes.stream()
                .filter(size -> size.instances() == 3)
                .forEach(size -> targets.add(new Target(
                        "seconds for 3 instances",
                        10,
                        Samples.seconds(size.cottonSamples().median()))));
        targets.add(
                new Target("megabytes of an executor", 120, memory.executor().megabytes()));
        memory.many()
                .ifPresent(many -> targets.add(new Target(
                        "megabytes of the scheduler with " + many.clusters() + " clusters",
                        300,
                        many.scheduler().megabytes())));
        return targets;
    }

    /** When each step was done, by the medians of the rounds that had it, in the order of time. */
    static Map<String, Duration> steps(List<Timed> rounds) {
        Map<String, List<Duration>> all = new LinkedHashMap<>();
        rounds.forEach(round -> round.steps()
                .forEach((step, at) ->
                        all.computeIfAbsent(step, first -> new ArrayList<>()).add(at)));
        Map<String, Duration> medians = new LinkedHashMap<>();
        all.entrySet().stream()
                .map(step -> Map.entry(step.getKey(), new Samples(step.getValue()).median()))
                .sorted(Comparator.comparing(Map.Entry::getValue))
                .forEach(step -> medians.put(step.getKey(), step.getValue()));
        return medians;
    }
}
