package dev.cotton.cli.bench;

import dev.cotton.cli.terminal.Steps;
import dev.cotton.core.model.DataSize;
import dev.cotton.core.port.Installation;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/** Gives a cluster another replica, in turn with a copy by hand, and another size while clients write. Used by one thread. */
final class ScaleBench {
    private static final int INSTANCES = 2;

    /** So many there are with another replica, and in a resize when the primary hands over. */
    private static final int SURGE = INSTANCES + 1;

    private static final DataSize OTHER_MEMORY = DataSize.ofMegabytes(640);
    private static final double LIMIT_RATIO = 1.3;

    /** One is what it is to be; the rest is what one switchover differs from another. */
    private static final double LIMIT_SWITCHOVERS = 1.5;

    private static final double GIGABYTE = 1L << 30;

    private final Throwaway place;
    private final Plan plan;
    private final Steps steps;
    private final List<Timed> cotton = new ArrayList<>();
    private final List<Timed> byHand = new ArrayList<>();

    /** By how many instances the cluster had. */
    private final Map<Integer, List<Duration>> switchovers = new TreeMap<>();

    ScaleBench(Throwaway place, Plan plan) {
        this.place = place;
        this.plan = plan;
        this.steps = place.steps();
    }

    /**
     * What is to be measured.
     *
     * @param data that the cluster holds
     * @param rounds of another replica
     * @param switchovers that a resize is compared with
     * @param limit for each step
     */
    record Plan(DataSize data, int rounds, int switchovers, Duration limit) {}

    BenchResult run() throws IOException, InterruptedException {
        double loadBefore = Memory.load();
        Installation mysql = place.installation();
        ThrowawayScheduler scheduler = place.scheduler(mysql, List.of("--backup-schedule", "none"));
        steps.begin("Preparing the floor with " + plan.data());
        ScaleFloor floor = ScaleFloor.in(place, mysql, plan.data(), plan.limit());
        steps.begin("Creating a cluster of " + INSTANCES + " with " + plan.data());
        FilledCluster cluster = FilledCluster.create(
                scheduler,
                INSTANCES,
                InstanceShape.ordinary(plan.data()),
                place.playground().data().path(),
                plan.limit());
        steps.done("Both are prepared");
        for (int round = 1; round <= plan.rounds(); round++) {
            measure(floor, cluster, ", round " + round + " of " + plan.rounds());
            if (round == plan.rounds()) {
                switchOver(cluster, SURGE);
            }
            steps.begin("Back to " + INSTANCES);
            cluster.change(instances(INSTANCES));
            steps.done("Back to " + INSTANCES);
        }
        switchOver(cluster, INSTANCES);
        steps.begin("Resize");
        Duration resize = cluster.gapDuring(client -> client.change(cluster.name(), memory(OTHER_MEMORY)));
        steps.done("Resize: " + Samples.rounded(resize) + " s without writes");
        return result(BenchResult.Setting.here(mysql.version(), loadBefore, plan.data()), resize);
    }

    private void measure(ScaleFloor floor, FilledCluster cluster, String which)
            throws IOException, InterruptedException {
        steps.begin("A copy by hand" + which);
        byHand.add(floor.copy());
        steps.done("A copy by hand" + which + ": "
                + Samples.rounded(byHand.getLast().total()) + " s");
        steps.begin("Another replica" + which);
        cotton.add(cluster.change(instances(SURGE)));
        steps.done("Another replica" + which + ": "
                + Samples.rounded(cotton.getLast().total()) + " s");
    }

    private void switchOver(FilledCluster cluster, int instances) throws InterruptedException {
        List<Duration> gaps = new ArrayList<>();
        for (int round = 1; round <= plan.switchovers(); round++) {
            String what = "Switchover of " + instances + ", " + round + " of " + plan.switchovers();
            steps.begin(what);
            gaps.add(cluster.gapDuring(client -> client.switchOver(cluster.name(), Optional.empty())));
            steps.done(what + ": " + Samples.rounded(gaps.getLast()) + " s without writes");
        }
        switchovers.put(instances, gaps);
    }

    private static ObjectNode instances(int count) {
        return JsonMapper.shared().createObjectNode().put("instances", count);
    }

    private static ObjectNode memory(DataSize size) {
        ObjectNode wish = JsonMapper.shared().createObjectNode();
        wish.putObject("size").put("mem", size.toString());
        return wish;
    }

    private BenchResult result(BenchResult.Setting setting, Duration resize) {
        Comparison comparison = new Comparison(cotton, byHand);
        return new BenchResult(
                setting,
                Map.of("another replica", comparison),
                figures(comparison, resize),
                List.of(
                        new Target("ratio of another replica to its floor", LIMIT_RATIO, comparison.ratio()),
                        new Target(
                                "time without writes in a resize, in switchovers of " + SURGE + " by their median",
                                LIMIT_SWITCHOVERS,
                                Samples.seconds(resize)
                                        / Samples.seconds(gaps(SURGE).median()))));
    }

    private Samples gaps(int instances) {
        return new Samples(switchovers.getOrDefault(instances, List.of()));
    }

    private List<BenchResult.Figure> figures(Comparison comparison, Duration resize) {
        double gigabytes = plan.data().bytes() / GIGABYTE;
        List<BenchResult.Figure> figures = new ArrayList<>();
        figures.add(new BenchResult.Figure(
                "seconds per GB until another replica is in sync",
                Samples.seconds(comparison.cottonSamples().median()) / gigabytes));
        figures.add(new BenchResult.Figure(
                "seconds per GB of a copy by hand",
                Samples.seconds(comparison.floorSamples().median()) / gigabytes));
        switchovers.keySet().forEach(instances -> {
            String what = "seconds without writes in a switchover of " + instances + ", ";
            figures.add(new BenchResult.Figure(
                    what + "median", Samples.seconds(gaps(instances).median())));
            figures.add(new BenchResult.Figure(
                    what + "maximum", Samples.seconds(gaps(instances).max())));
        });
        figures.add(new BenchResult.Figure("seconds without writes in a resize", Samples.seconds(resize)));
        return figures;
    }
}
