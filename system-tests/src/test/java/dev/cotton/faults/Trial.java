package dev.cotton.faults;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.cotton.faults.Writers.Acknowledged;
import dev.cotton.fleet.TestFleet;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.BitSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.awaitility.core.ConditionTimeoutException;
import org.junit.jupiter.api.TestReporter;
import tools.jackson.databind.JsonNode;

/** One fault of a healthy cluster under writers, from before it to when everything is well again. */
final class Trial implements AutoCloseable {
    private static final Duration LOOK = Duration.ofMillis(20);
    private static final String OPTIONS = "?sslMode=REQUIRED&connectTimeout=2000&socketTimeout=20000";

    private final TestFleet fleet;
    private final String cluster;
    private final String password;
    private final String options;
    private final Map<String, Writers.Login> logins = new LinkedHashMap<>();
    private final String primary;
    private final List<String> replicas;
    private final long epoch;
    private final Writers writers;
    private long faultAt;

    private Trial(TestFleet fleet, String cluster, String options) {
        this.fleet = fleet;
        this.cluster = cluster;
        this.options = options;
        password = fleet.api().password(cluster);
        fleet.api().post("/api/v1/clusters/" + cluster + "/acknowledge-failovers");
        fleet.awaitState(cluster, "healthy");
        primary = fleet.api().primary(cluster).path("id").asString();
        replicas = fleet.api().replicas(cluster).stream()
                .map(replica -> replica.path("id").asString())
                .toList();
        epoch = epoch();
        fleet.api().instances(cluster).forEach(this::addLogin);
        writers = new Writers(logins);
        faultAt = System.nanoTime();
        awaitWrites("at the beginning");
    }

    private void addLogin(JsonNode instance) {
        String url = "jdbc:mysql://"
                + instance.path("place").path("endpoints").path("mysql").asString() + "/" + options;
        logins.put(instance.path("id").asString(), () -> DriverManager.getConnection(url, "app", password));
    }

    /** Makes the table that writers need in a healthy cluster. */
    static void prepare(TestFleet fleet, String cluster) throws SQLException {
        // A slow login is ended when the primary confirms its role meanwhile: then another one succeeds.
        Connection login = await().atMost(TestFleet.LONG)
                .ignoreExceptionsInstanceOf(SQLException.class)
                .until(() -> fleet.connect(cluster, fleet.api().primary(cluster)), Objects::nonNull);
        try (Connection connection = login;
                Statement statement = connection.createStatement()) {
            statement.execute("CREATE DATABASE ledger");
            // Nothing but the entry's own number is unique, so that a doubled id shows.
            statement.execute("CREATE TABLE ledger.entries (entry BIGINT AUTO_INCREMENT PRIMARY KEY, id INT NOT NULL)");
        }
    }

    /** Begins with writers that have been told of a row. */
    static Trial of(TestFleet fleet, String cluster) {
        return new Trial(fleet, cluster, OPTIONS);
    }

    /** The same with clients that bind {@code address}. */
    static Trial of(TestFleet fleet, String cluster, String address) {
        return new Trial(fleet, cluster, OPTIONS + "&localSocketAddress=" + address);
    }

    /** The primary's id before the fault. */
    String primary() {
        return primary;
    }

    /** The ids of the others before the fault. */
    List<String> replicas() {
        return replicas;
    }

    /** The process id of an instance's mysqld. */
    long mysqld(String instance) {
        return fleet.api().pid(cluster, instance);
    }

    /** The name of an instance's host. */
    String host(String instance) {
        return fleet.api().instances(cluster).stream()
                .filter(each -> each.path("id").asString().equals(instance))
                .map(each -> each.path("place").path("host").asString())
                .findFirst()
                .orElseThrow();
    }

    /** A connection of the cluster's user. */
    Connection connect(String instance) throws SQLException {
        return Objects.requireNonNull(logins.get(instance), instance).open();
    }

    /** Makes something go wrong now. */
    void fault(Runnable fault) {
        faultAt = System.nanoTime();
        fault.run();
    }

    /** Waits for a row that was sent and acknowledged after this moment. */
    void awaitWrites(String when) {
        long now = System.nanoTime();
        try {
            await().atMost(TestFleet.LONG).pollInterval(LOOK).until(() -> writers.wroteAfter(now));
        } catch (ConditionTimeoutException late) {
            throw new AssertionError("Nothing can be written " + when + ".\n" + story(), late);
        }
    }

    /** Waits until another member than the primary before the fault acknowledges writes. */
    void awaitAnotherPrimary() {
        long since = faultAt;
        try {
            await().atMost(TestFleet.LONG)
                    .pollInterval(LOOK)
                    .until(() -> writers.acknowledged().stream()
                            .anyMatch(
                                    row -> row.begun() > since && !row.member().equals(primary)));
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
    Duration gap() {
        return writers.longestGap(faultAt);
    }

    long epoch() {
        return fleet.api().get("/api/v1/clusters/" + cluster).path("epoch").asLong();
    }

    /** How many epochs have begun since the beginning. */
    long epochs() {
        return epoch() - epoch;
    }

    /** The kinds of the cluster's events, and what they say. */
    List<String> events() {
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
        return String.join("\n", events());
    }

    /**
     * Waits until everything is well, and shows that every acknowledged row is there exactly once on every member, and
     * that acknowledging went from member to member only with a new epoch.
     */
    void assertNothingLost(TestReporter report) {
        Map<String, Integer> lost = settle(report);
        assertThat(lost)
                .as(this::story)
                .allSatisfy((instance, rows) -> assertThat(rows).isZero());
        assertThat((long) writers.turns()).as(this::story).isLessThanOrEqualTo(epochs());
    }

    /** Waits until everything is well, and shows that all members have the same rows, whatever was lost. */
    void assertAllAlike(TestReporter report) {
        assertThat(settle(report).values().stream().distinct()).as(this::story).hasSize(1);
    }

    /** How many of the acknowledged rows each member lacks, or has twice. */
    private Map<String, Integer> settle(TestReporter report) {
        Duration gap = gap();
        fleet.awaitState(cluster, "healthy");
        awaitWrites("at the end");
        writers.close();
        List<Acknowledged> rows = writers.acknowledged();
        report.publishEntry(
                "longest time without an acknowledged write", gap.toMillis() + " ms; " + rows.size() + " acknowledged");
        BitSet acknowledged = rows.stream().map(Acknowledged::id).collect(BitSet::new, BitSet::set, BitSet::or);
        List<JsonNode> instances = fleet.api().instances(cluster);
        instances.forEach(this::addLogin);
        return instances.stream()
                .map(instance -> instance.path("id").asString())
                .collect(Collectors.toMap(Function.identity(), id -> awaitLost(id, acknowledged)));
    }

    /** How many acknowledged rows a member lacks once it has caught up with the primary; doubled rows count as well. */
    private int awaitLost(String instance, BitSet acknowledged) {
        await().atMost(TestFleet.LONG)
                .pollInterval(Duration.ofMillis(100))
                .ignoreExceptionsInstanceOf(SQLException.class)
                .until(() -> count(instance) == count(currentPrimary()));
        try (Connection connection = connect(instance);
                Statement statement = connection.createStatement();
                ResultSet rows = statement.executeQuery("SELECT id, COUNT(*) FROM ledger.entries GROUP BY id")) {
            BitSet missing = (BitSet) acknowledged.clone();
            int doubled = 0;
            while (rows.next()) {
                missing.clear(rows.getInt(1));
                doubled += rows.getInt(2) > 1 ? 1 : 0;
            }
            return missing.cardinality() + doubled;
        } catch (SQLException unreadable) {
            throw new AssertionError(instance + " cannot be read", unreadable);
        }
    }

    private String currentPrimary() {
        return fleet.api().primary(cluster).path("id").asString();
    }

    private long count(String instance) throws SQLException {
        try (Connection connection = connect(instance);
                Statement statement = connection.createStatement();
                ResultSet rows = statement.executeQuery("SELECT COUNT(*) FROM ledger.entries")) {
            rows.next();
            return rows.getLong(1);
        }
    }

    @Override
    public void close() {
        writers.close();
    }
}
