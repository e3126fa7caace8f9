package dev.cotton.cli.bench;

import dev.cotton.cli.client.Backup;
import dev.cotton.cli.terminal.Steps;
import dev.cotton.cli.writers.History;
import dev.cotton.cli.writers.Writers;
import dev.cotton.core.port.Installation;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import tools.jackson.databind.node.ObjectNode;

/** Makes and restores backups, of a cluster and by hand, in turn. Used by one thread. */
final class BackupBench {
    private static final int INSTANCES = 3;
    private static final double LIMIT_RATIO = 1.2;
    private static final double LIMIT_PERCENT = 5;
    private static final String COPY = "copy";
    private static final String RESTORED = "data restored";

    private final Throwaway place;
    private final Plan plan;
    private final Steps steps;
    private final List<Timed> backups = new ArrayList<>();
    private final List<Timed> restores = new ArrayList<>();
    private final List<Timed> floorBackups = new ArrayList<>();
    private final List<Timed> floorRestores = new ArrayList<>();
    private final List<Duration> proofs = new ArrayList<>();
    private final List<Effect> effects = new ArrayList<>();

    BackupBench(Throwaway place, Plan plan) {
        this.place = place;
        this.plan = plan;
        this.steps = place.steps();
    }

    /**
     * What is to be measured.
     *
     * @param shape of every instance
     * @param writing how long is written without a backup
     * @param limit for each step
     */
    record Plan(InstanceShape shape, int rounds, Duration writing, Duration limit) {}

    /** What writers got without a backup, and during one. */
    private record Effect(Load without, Load during) {}

    BenchResult run() throws IOException, InterruptedException {
        double loadBefore = Memory.load();
        Installation mysql = place.installation();
        ThrowawayScheduler scheduler = place.scheduler(mysql, List.of("--backup-schedule", "none"));
        steps.begin("Preparing the floor with " + plan.shape().data());
        BackupFloor floor = BackupFloor.in(place, mysql, plan.shape().data(), plan.limit());
        steps.begin(
                "Creating a cluster of " + INSTANCES + " with " + plan.shape().data());
        FilledCluster cluster = FilledCluster.create(
                scheduler, INSTANCES, plan.shape(), place.playground().data().path(), plan.limit());
        steps.done("Both are prepared");
        ProvenBackup backup =
                new ProvenBackup(cluster, place.playground().data().path().resolve("backups"), plan.limit());
        for (int round = 1; round <= plan.rounds(); round++) {
            String which = ", round " + round + " of " + plan.rounds();
            measureFloor(floor, which);
            measureCotton(backup, scheduler, which);
            measureEffect(backup, cluster, which);
        }
        return result(mysql.version(), loadBefore);
    }

    private void measureFloor(BackupFloor floor, String which) throws IOException, InterruptedException {
        steps.begin("Backup by hand" + which);
        floorBackups.add(floor.backUp());
        steps.done("Backup by hand" + which + ": "
                + Samples.rounded(floorBackups.getLast().total()) + " s");
        steps.begin("Restore by hand" + which);
        floorRestores.add(floor.restore());
        steps.done("Restore by hand" + which + ": "
                + Samples.rounded(floorRestores.getLast().total()) + " s");
    }

    private void measureCotton(ProvenBackup backup, ThrowawayScheduler scheduler, String which)
            throws IOException, InterruptedException {
        steps.begin("Backup" + which);
        backups.add(backup.store());
        steps.done("Backup" + which + ": " + Samples.rounded(backups.getLast().total()) + " s");
        steps.begin("Proof" + which);
        Backup proven = backup.awaitProof();
        proven.proof().ifPresent(proof -> proofs.add(proof.restoring()));
        steps.done("Proof" + which + " is over");
        steps.begin("Restore" + which);
        ObjectNode request = plan.shape().request(COPY, 1);
        request.putObject("from").put("cluster", proven.cluster()).put("backup", proven.id());
        Timed created = scheduler.create(request, plan.limit());
        restores.add(new Timed(Objects.requireNonNull(created.steps().get(RESTORED)), created.steps()));
        scheduler.destroy(COPY);
        steps.done("Restore" + which + ": " + Samples.rounded(restores.getLast().total()) + " s");
    }

    private void measureEffect(ProvenBackup backup, FilledCluster cluster, String which)
            throws IOException, InterruptedException {
        steps.begin("Writing without a backup" + which);
        try (Writers writing = cluster.writers()) {
            long begin = System.nanoTime();
            Thread.sleep(plan.writing());
            steps.begin("Writing during a backup" + which);
            long begun = System.nanoTime();
            backup.store();
            long end = System.nanoTime();
            History history = writing.end();
            effects.add(new Effect(Load.of(history, begin, begun), Load.of(history, begun, end)));
        }
        steps.done("Writes without and during a backup" + which);
        steps.begin("Proof of that" + which);
        backup.awaitProof();
        steps.done("Proof of that" + which + " is over");
    }

    private BenchResult result(String mysql, double loadBefore) {
        Map<String, Comparison> comparisons = new LinkedHashMap<>();
        comparisons.put("backup", new Comparison(backups, floorBackups));
        comparisons.put("restore", new Comparison(restores, floorRestores));
        List<Target> targets = new ArrayList<>();
        comparisons.forEach((what, comparison) ->
                targets.add(new Target("ratio of a " + what + " to its floor", LIMIT_RATIO, comparison.ratio())));
        targets.add(new Target(
                "percent of the writes per second that an unthrottled backup costs the primary",
                LIMIT_PERCENT,
                effects.stream()
                        .mapToDouble(each -> each.during().percentFewerThan(each.without()))
                        .average()
                        .orElseThrow()));
        targets.add(new Target(
                "percent that writes take longer during it, p99",
                LIMIT_PERCENT,
                effects.stream()
                        .mapToDouble(each -> each.during().percentSlowerThan(each.without()))
                        .average()
                        .orElseThrow()));
        return new BenchResult(
                BenchResult.Setting.here(mysql, loadBefore, plan.shape().data()), comparisons, figures(), targets);
    }

    private List<BenchResult.Figure> figures() {
        List<BenchResult.Figure> figures = new ArrayList<>();
        figures.add(new BenchResult.Figure(
                "seconds of the restore in a proof", Samples.seconds(new Samples(proofs).median())));
        for (Effect effect : effects) {
            figures.addAll(of("without a backup", effect.without()));
            figures.addAll(of("during a backup", effect.during()));
        }
        return figures;
    }

    private static List<BenchResult.Figure> of(String when, Load load) {
        return List.of(
                new BenchResult.Figure("writes per second " + when, load.perSecond()),
                new BenchResult.Figure("seconds of a write " + when + ", p99", Samples.seconds(load.p99())));
    }
}
