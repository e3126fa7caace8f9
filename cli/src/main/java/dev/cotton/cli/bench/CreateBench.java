package dev.cotton.cli.bench;

import dev.cotton.cli.terminal.Steps;
import dev.cotton.core.model.DataSize;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/** Creates clusters with Cotton and by hand, in turn, and destroys each before the next. Used by one thread. */
final class CreateBench {
    private final ThrowawayScheduler scheduler;
    private final Floor floor;
    private final double cpus;
    private final int rounds;
    private final Duration limit;
    private final Steps steps;
    private DataSize largestExecutor = DataSize.ofMegabytes(0);
    private DataSize largestScheduler = DataSize.ofMegabytes(0);

    /**
     * @param cpus of each instance
     * @param limit for one cluster
     */
    CreateBench(ThrowawayScheduler scheduler, Floor floor, double cpus, int rounds, Duration limit, Steps steps) {
        this.scheduler = scheduler;
        this.floor = floor;
        this.cpus = cpus;
        this.rounds = rounds;
        this.limit = limit;
        this.steps = steps;
    }

    /**
     * @param sizes how many instances the clusters have
     * @param clusters how many there are to be at once when the scheduler's memory is looked at
     */
    CreateResult run(List<Integer> sizes, int clusters, String mysql, double loadBefore)
            throws IOException, InterruptedException {
        warmUp();
        List<CreateResult.Size> measured = new ArrayList<>();
        for (int instances : sizes) {
            measured.add(measure(instances));
        }
        Optional<CreateResult.ManyClusters> many = clusters == 0 ? Optional.empty() : Optional.of(withMany(clusters));
        return new CreateResult(
                mysql,
                Runtime.getRuntime().availableProcessors(),
                loadBefore,
                measured,
                new CreateResult.MemoryUse(largestExecutor, largestScheduler, many));
    }

    /** Both sides have a data directory to copy from then, and programs are in the page cache. Not counted. */
    private void warmUp() throws IOException, InterruptedException {
        steps.begin("Preparing the floor");
        floor.prepare();
        steps.begin("Preparing Cotton");
        scheduler.create("warm-up", 1, cpus, limit);
        scheduler.destroy("warm-up");
        steps.done("Both are prepared");
    }

    private CreateResult.Size measure(int instances) throws IOException, InterruptedException {
        List<Timed> cotton = new ArrayList<>();
        List<Timed> byHand = new ArrayList<>();
        for (int round = 1; round <= rounds; round++) {
            steps.begin("Creating " + instances + " instances, round " + round + " of " + rounds);
            String name = "bench-" + instances + "-" + round;
            cotton.add(scheduler.create(name, instances, cpus, limit));
            lookAtMemory(name);
            scheduler.destroy(name);
            byHand.add(floor.create(instances));
            steps.done(instances + " instances, round " + round + ": "
                    + Samples.rounded(cotton.getLast().total()) + " s, by hand "
                    + Samples.rounded(byHand.getLast().total()) + " s");
        }
        return new CreateResult.Size(instances, new Comparison(cotton, byHand));
    }

    private void lookAtMemory(String cluster) {
        largestScheduler = larger(largestScheduler, Stream.of(scheduler.memory()));
        largestExecutor = larger(largestExecutor, scheduler.executorMemory(cluster).stream());
    }

    private static DataSize larger(DataSize known, Stream<DataSize> seen) {
        return Stream.concat(Stream.of(known), seen).max(DataSize::compareTo).orElseThrow();
    }

    private CreateResult.ManyClusters withMany(int clusters) throws InterruptedException {
        for (int i = 1; i <= clusters; i++) {
            steps.begin("Creating cluster " + i + " of " + clusters);
            scheduler.create("many-" + i, 1, cpus, limit);
        }
        DataSize memory = scheduler.memory();
        steps.done("The scheduler takes " + memory.megabytes() + " MB with " + clusters + " clusters");
        for (int i = 1; i <= clusters; i++) {
            scheduler.destroy("many-" + i);
        }
        return new CreateResult.ManyClusters(clusters, memory);
    }
}
