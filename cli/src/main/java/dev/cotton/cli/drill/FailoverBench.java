package dev.cotton.cli.drill;

import dev.cotton.cli.ExitCode;
import dev.cotton.cli.Failure;
import dev.cotton.cli.bench.FailoverFloor;
import dev.cotton.cli.bench.Memory;
import dev.cotton.cli.bench.Samples;
import dev.cotton.cli.bench.Throwaway;
import dev.cotton.cli.bench.ThrowawayScheduler;
import dev.cotton.cli.bench.Timed;
import dev.cotton.cli.faults.Fault;
import dev.cotton.cli.faults.Lab;
import dev.cotton.cli.faults.Scene;
import dev.cotton.cli.terminal.Steps;
import dev.cotton.core.model.DataSize;
import dev.cotton.core.port.Installation;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Rounds of faults, and of the same by hand. Used by one thread. */
final class FailoverBench {
    private static final int INSTANCES = 3;

    /** For replicas to execute what a cluster was filled with, on a busy machine. */
    private static final Duration CATCH_UP_PER_MEGABYTE = Duration.ofSeconds(1);

    private static final List<Fault> USUAL = List.of(
            Fault.KILL_PRIMARY,
            Fault.HANG_PRIMARY,
            Fault.SWITCHOVER,
            Fault.REPLICA_DEAD,
            Fault.ISOLATED,
            Fault.REPLICATION_ONLY);

    private final Throwaway place;
    private final Plan plan;
    private final Steps steps;

    FailoverBench(Throwaway place, Plan plan) {
        this.place = place;
        this.plan = plan;
        this.steps = place.steps();
    }

    /**
     * What is to be measured.
     *
     * @param faults empty for the usual ones, as far as this machine allows them
     * @param data what a cluster holds besides
     * @param limit for a cluster to get healthy after a fault
     */
    record Plan(List<Fault> faults, int rounds, int floorRounds, int writers, DataSize data, Duration limit) {
        Plan {
            faults = List.copyOf(faults);
        }
    }

    FailoverResult run() throws IOException, InterruptedException {
        double loadBefore = Memory.load();
        Installation installation = place.installation();
        List<Fault> wanted = plan.faults().isEmpty() ? USUAL : plan.faults();
        Lab lab = wanted.stream().anyMatch(Fault::breaksMachines) ? Lab.in(place, INSTANCES) : Lab.NONE;
        ThrowawayScheduler scheduler = place.scheduler(installation, lab.options());
        Scene scene = Scene.of(new Scene.Own(scheduler, Optional.empty(), lab));
        List<LeftOut> leftOut = new ArrayList<>();
        List<Fault> possible = possible(scene, wanted, leftOut);
        Map<Fault, List<RoundResult>> results = new Clusters(scheduler, scene).measure(possible);
        return new FailoverResult(
                installation.version(),
                new FailoverResult.Setting(
                        Runtime.getRuntime().availableProcessors(),
                        loadBefore,
                        plan.writers(),
                        plan.data(),
                        lab.network().isPresent()),
                results,
                byHand(possible, installation),
                leftOut);
    }

    private List<Fault> possible(Scene scene, List<Fault> wanted, List<LeftOut> leftOut) {
        List<Fault> possible = new ArrayList<>();
        for (Fault fault : wanted) {
            Optional<String> lacking = scene.lacking(fault, INSTANCES);
            if (lacking.isPresent() && !plan.faults().isEmpty()) {
                throw new Failure(
                        ExitCode.CONFLICT, fault + " is not possible: " + lacking.get() + " Nothing was measured.");
            }
            lacking.ifPresentOrElse(why -> leftOut.add(new LeftOut(fault.toString(), why)), () -> possible.add(fault));
        }
        return possible;
    }

    /** The clusters that faults happen to, made when they are first needed. */
    private final class Clusters {
        private final ThrowawayScheduler scheduler;
        private final Stage stage;
        private final Map<Integer, Rounds> clusters = new LinkedHashMap<>();

        Clusters(ThrowawayScheduler scheduler, Scene scene) {
            this.scheduler = scheduler;
            this.stage = new Stage(scene, place.playground().data().path());
        }

        Map<Fault, List<RoundResult>> measure(List<Fault> faults) throws IOException, InterruptedException {
            Map<Fault, List<RoundResult>> results = new LinkedHashMap<>();
            for (Fault fault : faults) {
                results.put(fault, measure(of(fault == Fault.REPLICA_DEAD ? 2 : INSTANCES), fault));
            }
            for (int instances : clusters.keySet()) {
                scheduler.destroy(name(instances));
            }
            return results;
        }

        private Rounds of(int instances) throws IOException, InterruptedException {
            Rounds known = clusters.get(instances);
            if (known != null) {
                return known;
            }
            steps.begin("Creating a cluster of " + instances);
            Rounds made = stage.create(scheduler, name(instances), instances, plan.writers(), plan.limit());
            stage.fill(name(instances), plan.data());
            made.awaitWhole(CATCH_UP_PER_MEGABYTE.multipliedBy(plan.data().megabytes()));
            steps.done("There is a cluster of " + instances);
            clusters.put(instances, made);
            return made;
        }

        private static String name(int instances) {
            return "bench-" + instances;
        }

        private List<RoundResult> measure(Rounds cluster, Fault fault) throws IOException, InterruptedException {
            List<RoundResult> results = new ArrayList<>();
            for (int round = 1; round <= plan.rounds(); round++) {
                steps.begin(fault + ", round " + round + " of " + plan.rounds());
                RoundResult result = cluster.run(fault);
                results.add(result);
                steps.done(fault + ", round " + round + ": " + Samples.rounded(result.gap()) + " s without writes"
                        + (result.passed() ? "" : "; " + String.join("; ", result.complaints())));
            }
            return results;
        }
    }

    private Map<Fault, List<Timed>> byHand(List<Fault> faults, Installation installation)
            throws IOException, InterruptedException {
        Map<Fault, List<Timed>> rounds = new LinkedHashMap<>();
        List<Fault> known = faults.stream()
                .filter(fault -> fault == Fault.KILL_PRIMARY || fault == Fault.SWITCHOVER)
                .toList();
        if (plan.floorRounds() == 0 || known.isEmpty()) {
            return rounds;
        }
        steps.begin("Preparing the floor");
        FailoverFloor floor = FailoverFloor.in(
                place.playground(), installation, place.options().frameworkUser(), plan.writers());
        for (int round = 1; round <= plan.floorRounds(); round++) {
            for (Fault fault : known) {
                String what = fault + " by hand, round " + round;
                steps.begin(what + " of " + plan.floorRounds());
                Timed timed = fault == Fault.KILL_PRIMARY ? floor.failOver() : floor.switchOver();
                rounds.computeIfAbsent(fault, first -> new ArrayList<>()).add(timed);
                steps.done(what + ": " + Samples.rounded(timed.total()) + " s without writes");
            }
        }
        return rounds;
    }
}
