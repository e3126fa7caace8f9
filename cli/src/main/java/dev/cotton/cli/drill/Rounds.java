package dev.cotton.cli.drill;

import dev.cotton.cli.ExitCode;
import dev.cotton.cli.Failure;
import dev.cotton.cli.client.Cluster;
import dev.cotton.cli.client.Document;
import dev.cotton.cli.client.Event;
import dev.cotton.cli.client.Instance;
import dev.cotton.cli.client.SchedulerClient;
import dev.cotton.cli.faults.Fault;
import dev.cotton.cli.faults.Injection;
import dev.cotton.cli.faults.Scene;
import dev.cotton.cli.writers.Database;
import dev.cotton.cli.writers.History;
import dev.cotton.cli.writers.Ledger;
import dev.cotton.cli.writers.Verdict;
import dev.cotton.cli.writers.Writers;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.TreeMap;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.BooleanSupplier;
import java.util.function.Predicate;

/**
 * Rounds with one cluster: clients write, a fault is injected, the cluster gets healthy again, the clients end, and every
 * member's rows are compared with what the clients were told. Used by one thread.
 */
final class Rounds {
    private static final Duration LOOK = Duration.ofMillis(50);
    private static final Duration WARM_UP = Duration.ofSeconds(1);

    /** Rows by every writer before a fault: everything has been in use then. */
    private static final int WARM_ROWS = 50;

    /** Rows by every writer after a fault until writes count as back. */
    private static final int ENOUGH_ROWS = 5;

    private final Scene scene;
    private final Database database;
    private final String cluster;
    private final int writers;
    private final Duration limit;
    private final AtomicLong nextId = new AtomicLong();
    private final BitSet acknowledged = new BitSet();

    /**
     * @param cluster with a {@link Ledger}
     * @param writers how many write at the same time
     * @param limit for a cluster to get healthy
     */
    Rounds(Scene scene, Database database, String cluster, int writers, Duration limit) {
        this.scene = scene;
        this.database = database;
        this.cluster = cluster;
        this.writers = writers;
        this.limit = limit;
    }

    private SchedulerClient client() {
        return scene.client().get();
    }

    /** How many rows were acknowledged in all rounds. */
    long rows() {
        return acknowledged.cardinality();
    }

    RoundResult run(Fault fault) throws IOException, InterruptedException {
        Injection injection = new Injection(scene, database);
        Document<Cluster> before = ready(fault, injection);
        client().acknowledgeFailovers(cluster);
        long lastEvent = lastEvent();
        long firstId = nextId.get();
        try (Writers writing = Writers.of(database, scene.client(), before, writers, nextId)) {
            List<String> trouble = new ArrayList<>();
            Thread.sleep(WARM_UP);
            if (!await(deadline(), () -> writing.acknowledged() >= (long) WARM_ROWS * writers)) {
                trouble.add("too few rows could be written before the fault");
            }
            Suffering suffering = new Suffering(fault, before, writing, trouble);
            RoundSteps times = suffer(injection, suffering);
            History history = writing.end();
            history.addAcknowledgedTo(acknowledged);
            Verdict verdict = compare(firstId, trouble);
            List<Event> events = client().events(cluster, lastEvent).value().events();
            History.Gap gap = history.longestGap(times.fault(), times.end());
            return new RoundResult(
                    fault,
                    times.at(),
                    times.of(events, history),
                    RoundResult.Writes.of(history, gap.since(times.fault())),
                    verdict,
                    events,
                    trouble,
                    Timeline.of(history, times.fault(), gap));
        }
    }

    /** Waits until the cluster is healthy and ready for a fault, and gives it as it is then. */
    private Document<Cluster> ready(Fault fault, Injection injection) throws IOException, InterruptedException {
        long deadline = deadline();
        while (true) {
            awaitWhole(deadline);
            Document<Cluster> seen = client().cluster(cluster);
            if (seen.value().primary().isPresent() && injection.ready(fault, seen.value())) {
                return seen;
            }
            Thread.sleep(LOOK);
        }
    }

    /** Waits until every member is in sync, with more time than after a fault. */
    void awaitWhole(Duration more) throws InterruptedException {
        awaitWhole(deadline() + more.toNanos());
    }

    private void awaitWhole(long deadline) throws InterruptedException {
        if (!await(deadline, () -> sees(now -> now.value().isWhole()))) {
            throw new Failure(
                    ExitCode.TIMEOUT,
                    "The cluster was not healthy and ready for a fault in time: "
                            + client().cluster(cluster).value().why());
        }
    }

    /** @param trouble is added to */
    private record Suffering(Fault fault, Document<Cluster> before, Writers writing, List<String> trouble) {}

    private RoundSteps suffer(Injection injection, Suffering suffering) throws IOException, InterruptedException {
        Fault fault = suffering.fault();
        Writers writing = suffering.writing();
        List<String> trouble = suffering.trouble();
        long instant = System.nanoTime();
        Instant wall = Instant.now();
        Injection.Relief relief = injection.inject(fault, suffering.before().value());
        long relieved = 0;
        try {
            if (!await(deadline(), () -> sees(now -> shows(fault, suffering.before(), now)))) {
                trouble.add(fault + " had no effect that could be seen within " + limit.toSeconds() + " s");
            }
            long rows = writing.acknowledged();
            if (!await(deadline(), () -> writing.acknowledged() >= rows + (long) ENOUGH_ROWS * writers)) {
                trouble.add("writes were not back after " + limit.toSeconds() + " s");
            }
        } finally {
            relief.relieve();
            relieved = System.nanoTime();
        }
        if (!await(deadline(), () -> sees(now -> now.value().isWhole()))) {
            trouble.add("the cluster was not healthy after " + limit.toSeconds() + " s: "
                    + client().cluster(cluster).value().why());
        } else if (fault.sign() == Fault.Sign.SAME_PRIMARY && epoch() != epoch(suffering.before())) {
            trouble.add("there was a failover, and nothing had happened to the primary");
        }
        return new RoundSteps(
                wall,
                instant,
                System.nanoTime(),
                relief.equals(Injection.NOTHING) ? OptionalLong.empty() : OptionalLong.of(relieved),
                trouble.isEmpty());
    }

    private long epoch() {
        return epoch(client().cluster(cluster));
    }

    private static long epoch(Document<Cluster> seen) {
        return seen.json().path("epoch").asLong();
    }

    private long deadline() {
        return System.nanoTime() + limit.toNanos();
    }

    private static boolean shows(Fault fault, Document<Cluster> before, Document<Cluster> now) {
        return switch (fault.sign()) {
            case ANOTHER_PRIMARY ->
                now.value().primary().isPresent()
                        && !now.value().primary().equals(before.value().primary());
            case SMALLER_SET ->
                now.value().inSync().members().size()
                        < before.value().inSync().members().size();
            case SAME_PRIMARY, WRITES -> true;
        };
    }

    private boolean sees(Predicate<Document<Cluster>> condition) {
        try {
            return condition.test(client().cluster(cluster));
        } catch (Failure nobodyAnswers) {
            return false;
        }
    }

    private static boolean await(long deadline, BooleanSupplier condition) throws InterruptedException {
        while (!condition.getAsBoolean()) {
            if (System.nanoTime() - deadline > 0) {
                return false;
            }
            Thread.sleep(LOOK);
        }
        return true;
    }

    private long lastEvent() {
        return client().events(cluster, 0).value().events().stream()
                .mapToLong(Event::sequence)
                .max()
                .orElse(0);
    }

    /** Compares all rows of all rounds; nothing when the rows of some member cannot be read. */
    Optional<Verdict> compareAll() throws InterruptedException {
        List<String> trouble = new ArrayList<>();
        Verdict verdict = compare(0, trouble);
        return trouble.isEmpty() ? Optional.of(verdict) : Optional.empty();
    }

    /** What is missing when a member has executed nothing more for a while is lost. */
    private Verdict compare(long first, List<String> trouble) throws InterruptedException {
        BitSet expected = (BitSet) acknowledged.clone();
        expected.clear(0, Math.toIntExact(first));
        Map<String, Verdict.Rows> rows = new TreeMap<>();
        for (Instance instance : client().cluster(cluster).value().instances()) {
            Optional<Verdict.Rows> held = new CatchingUp(database, first).rows(instance, expected);
            held.ifPresentOrElse(
                    found -> rows.put(instance.id(), found),
                    () -> trouble.add("the rows of " + instance.id() + " could not be read"));
        }
        return Verdict.of(expected, rows);
    }
}
