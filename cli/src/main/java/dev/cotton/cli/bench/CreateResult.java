package dev.cotton.cli.bench;

import dev.cotton.core.model.DataSize;
import java.util.ArrayList;
import java.util.List;
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

    /** The rounds for one number of instances. */
    record Size(int instances, Comparison rounds) {}

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

    /** The targets that something was measured for. */
    List<Target> targets() {
        List<Target> targets = new ArrayList<>();
        for (Size size : sizes) {
            targets.add(new Target(
                    "ratio for " + size.instances() + " instances",
                    1.5,
                    size.rounds().ratio()));
        }
        sizes.stream()
                .filter(size -> size.instances() == 3)
                .forEach(size -> targets.add(new Target(
                        "seconds for 3 instances",
                        10,
                        Samples.seconds(size.rounds().cottonSamples().median()))));
        targets.add(
                new Target("megabytes of an executor", 120, memory.executor().megabytes()));
        memory.many()
                .ifPresent(many -> targets.add(new Target(
                        "megabytes of the scheduler with " + many.clusters() + " clusters",
                        300,
                        many.scheduler().megabytes())));
        return targets;
    }
}
