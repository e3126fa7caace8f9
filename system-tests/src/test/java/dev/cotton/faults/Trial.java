package dev.cotton.faults;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.cotton.cli.client.Cluster;
import dev.cotton.cli.client.Document;
import dev.cotton.cli.client.Instance;
import dev.cotton.cli.client.SchedulerClient;
import dev.cotton.cli.writers.Database;
import dev.cotton.cli.writers.History;
import dev.cotton.cli.writers.Insert;
import dev.cotton.cli.writers.Ledger;
import dev.cotton.cli.writers.Verdict;
import dev.cotton.cli.writers.Verdict.Rows;
import dev.cotton.cli.writers.Writers;
import dev.cotton.fleet.TestFleet;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.util.BitSet;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Supplier;
import java.util.function.UnaryOperator;
import org.awaitility.core.ConditionTimeoutException;
import org.junit.jupiter.api.TestReporter;

/** One fault of a healthy cluster under writers, from before it to when everything is well again. */
public final class Trial implements AutoCloseable {
    private static final Duration LOOK = Duration.ofMillis(20);
    private static final Duration ANSWER_LIMIT = Duration.ofSeconds(20);
    private static final int WRITERS = 6;
    private static final AtomicLong NEXT_ID = new AtomicLong();

    private final TestFleet fleet;
    private final String cluster;
    private final Database database;
    private final String primary;
    private final List<String> replicas;
    private final long epoch;
    private final long firstId = NEXT_ID.get();
    private final Writers writers;
    private long faultAt;
    private Supplier<String> witness = () -> "";

    private Trial(TestFleet fleet, String cluster, UnaryOperator<Database> clients) {
        this.fleet = fleet;
        this.cluster = cluster;
        fleet.api().post("/api/v1/clusters/" + cluster + "/acknowledge-failovers");
        fleet.awaitState(cluster, "healthy");
        database = clients.apply(database(fleet, cluster));
        Document<Cluster> seen = client().cluster(cluster);
        primary = seen.value().primary().orElseThrow();
        replicas = seen.value().instances().stream()
                .map(Instance::id)
                .filter(id -> !id.equals(primary))
                .toList();
        epoch = epoch();
        writers = Writers.of(database, this::client, seen, WRITERS, NEXT_ID);
        faultAt = System.nanoTime();
        awaitWrites("at the beginning");
    }

    private SchedulerClient client() {
        return fleet.scheduler().client();
    }

    private static Database database(TestFleet fleet, String cluster) {
        try {
            return Database.of(
                    "app",
                    fleet.api().password(cluster),
                    fleet.scheduler().client().certificateAuthority(),
                    fleet.data().resolve("trial.p12"));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Makes the table that writers need in a healthy cluster. */
    public static void prepare(TestFleet fleet, String cluster) {
        Database database = database(fleet, cluster);
        // A slow login is ended when the primary confirms its role meanwhile: then another one succeeds.
        await().atMost(TestFleet.LONG)
                .ignoreExceptionsInstanceOf(SQLException.class)
                .until(() -> {
                    Ledger.create(
                            database,
                            fleet.scheduler().client().cluster(cluster).value().primaryInstance().stream()
                                    .flatMap(instance -> instance.mysqlEndpoint().stream())
                                    .findFirst()
                                    .orElseThrow());
                    return true;
                });
    }

    /** Begins with writers that have been told of a row. */
    public static Trial of(TestFleet fleet, String cluster) {
        return new Trial(fleet, cluster, UnaryOperator.identity());
    }

    /** The same with clients that bind {@code address}. */
    public static Trial of(TestFleet fleet, String cluster, String address) {
        return new Trial(fleet, cluster, database -> database.from(address));
    }

    /** Asked for what it knows when nothing comes of a fault. */
    void witness(Supplier<String> more) {
        witness = more;
    }

    /** The primary's id before the fault. */
    public String primary() {
        return primary;
    }

    /** The ids of the others before the fault. */
    public List<String> replicas() {
        return replicas;
    }

    /** The process id of an instance's mysqld. */
    public long mysqld(String instance) {
        return fleet.api().pid(cluster, instance);
    }

    /** The address of an instance's host. */
    String host(String instance) {
        String endpoint = endpoint(instance);
        return endpoint.substring(0, endpoint.lastIndexOf(':'));
    }

    private String endpoint(String instance) {
        return client().cluster(cluster)
                .value()
                .instance(instance)
                .flatMap(Instance::mysqlEndpoint)
                .orElseThrow();
    }

    /** A connection of the cluster's user. */
    public Connection connect(String instance) throws SQLException {
        return database.open(endpoint(instance), ANSWER_LIMIT);
    }

    /** Makes something go wrong now. */
    public void fault(Runnable fault) {
        faultAt = System.nanoTime();
        fault.run();
    }

    /** Waits for a row that was sent and acknowledged after this moment. */
    public void awaitWrites(String when) {
        long now = System.nanoTime();
        try {
            await().atMost(TestFleet.LONG).pollInterval(LOOK).until(() -> wroteAfter(now));
        } catch (ConditionTimeoutException late) {
            throw new AssertionError("Nothing can be written " + when + ".\n" + story(), late);
        }
    }

    private boolean wroteAfter(long instant) {
        return writers.latest()
                .map(Insert::begun)
                .filter(begun -> begun > instant)
                .isPresent();
    }

    /** Waits until another member than the primary before the fault acknowledges writes. */
    void awaitAnotherPrimary() {
        long since = faultAt;
        try {
            await().atMost(TestFleet.LONG)
                    .pollInterval(LOOK)
                    .until(() -> wroteAfter(since)
                            && !writers.latest()
                                    .orElseThrow()
                                    .reign()
                                    .instance()
                                    .equals(primary));
        } catch (ConditionTimeoutException late) {
            throw new AssertionError("No other member takes writes.\n" + story(), late);
        }
    }

    /** Goes on for a while, which is to show that nothing happens. */
    void watch(Duration span) {
        long end = System.nanoTime() + span.toNanos();
        await().atMost(span.plusSeconds(5)).pollInterval(LOOK).until(() -> System.nanoTime() - end > 0);
    }

    /** The longest time without an acknowledged write since just before the fault. */
    public Duration gap() {
        return writers.history().longestGap(faultAt, System.nanoTime()).span();
    }

    long epoch() {
        return fleet.api().get("/api/v1/clusters/" + cluster).path("epoch").asLong();
    }

    /** How many epochs have begun since the beginning. */
    public long epochs() {
        return epoch() - epoch;
    }

    /** The kinds of the cluster's events, and what they say. */
    public List<String> events() {
        return fleet.api()
                .get("/api/v1/clusters/" + cluster + "/events")
                .path("events")
                .valueStream()
                .map(event ->
                        event.path("at").asString() + " " + event.path("kind").asString() + " "
                                + event.path("text").asString())
                .toList();
    }

    private String story() {
        return String.join("\n", events()) + "\n" + fleet.api().get("/api/v1/clusters/" + cluster) + "\n"
                + witness.get();
    }

    /**
     * Waits until everything is well, and shows that every acknowledged row is there exactly once on every member, and
     * that no two members acknowledged at the same time.
     */
    public void assertNothingLost(TestReporter report) {
        History history = settle(report);
        BitSet acknowledged = new BitSet();
        history.addAcknowledgedTo(acknowledged);
        assertThat(Verdict.of(acknowledged, rows()).complaints())
                .as(this::story)
                .isEmpty();
        assertThat(history.overlaps()).as(this::story).isEmpty();
    }

    /** Waits until everything is well, and shows that all members have the same rows, whatever was lost. */
    void assertAllAlike(TestReporter report) {
        settle(report);
        assertThat(rows().values().stream().distinct()).as(this::story).hasSize(1);
    }

    private History settle(TestReporter report) {
        Duration gap = gap();
        fleet.awaitState(cluster, "healthy");
        awaitWrites("at the end");
        History history = end();
        report.publishEntry(
                "longest time without an acknowledged write",
                gap.toMillis() + " ms; " + history.acknowledged().size() + " acknowledged");
        return history;
    }

    private History end() {
        try {
            return writers.end();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
    }

    /** The rows of every member, once it has as many as the primary. */
    private Map<String, Rows> rows() {
        Map<String, Rows> rows = new TreeMap<>();
        for (Instance instance : client().cluster(cluster).value().instances()) {
            await().atMost(TestFleet.LONG)
                    .pollInterval(Duration.ofMillis(100))
                    .ignoreExceptionsInstanceOf(SQLException.class)
                    .until(() -> {
                        rows.put(instance.id(), rows(instance.id()));
                        return rows.get(instance.id()).equals(rows(currentPrimary()));
                    });
        }
        return rows;
    }

    private Rows rows(String instance) throws SQLException {
        return Ledger.rows(database, endpoint(instance), firstId);
    }

    private String currentPrimary() {
        return client().cluster(cluster).value().primary().orElseThrow();
    }

    @Override
    public void close() {
        writers.close();
    }
}
