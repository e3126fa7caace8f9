package dev.cotton.mesos;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.cotton.cli.client.Instance;
import dev.cotton.cli.client.SchedulerAddress;
import dev.cotton.cli.client.SchedulerClient;
import dev.cotton.cli.writers.Database;
import dev.cotton.cli.writers.History;
import dev.cotton.cli.writers.Insert;
import dev.cotton.cli.writers.Ledger;
import dev.cotton.cli.writers.Verdict;
import dev.cotton.cli.writers.Verdict.Rows;
import dev.cotton.cli.writers.Writers;
import dev.cotton.fleet.Api;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Path;
import java.sql.SQLException;
import java.time.Duration;
import java.util.BitSet;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Supplier;

/** Clients that write to a cluster on a fleet all the time, whatever happens to the fleet. */
final class FleetWriters implements AutoCloseable {
    private static final Duration LOOK = Duration.ofMillis(50);
    private static final int WRITERS = 2;

    private final Supplier<String> url;
    private final String cluster;
    private final Database database;
    private final Writers writers;

    private FleetWriters(Supplier<String> url, String cluster, Database database) {
        this.url = url;
        this.cluster = cluster;
        this.database = database;
        this.writers = Writers.of(database, this::client, client().cluster(cluster), WRITERS, new AtomicLong());
    }

    /**
     * Makes their table in a healthy cluster, and begins.
     *
     * @param url of a scheduler, asked each time
     * @param folder of the test's
     */
    static FleetWriters begin(Api api, Supplier<String> url, String cluster, Path folder) throws IOException {
        SchedulerClient client = client(url.get());
        Database database =
                Database.of("app", api.password(cluster), client.certificateAuthority(), folder.resolve("writers.p12"));
        await().atMost(MesosFleet.LONG)
                .ignoreExceptionsInstanceOf(SQLException.class)
                .until(() -> {
                    Ledger.create(
                            database,
                            client.cluster(cluster).value().primaryInstance().stream()
                                    .flatMap(instance -> instance.mysqlEndpoint().stream())
                                    .findFirst()
                                    .orElseThrow());
                    return true;
                });
        FleetWriters begun = new FleetWriters(url, cluster, database);
        begun.awaitWrites();
        return begun;
    }

    private SchedulerClient client() {
        return client(url.get());
    }

    private static SchedulerClient client(String url) {
        return new SchedulerClient(new SchedulerAddress(URI.create(url), Optional.empty(), Optional.empty()));
    }

    /** Waits for a row that was sent and acknowledged after this moment. */
    void awaitWrites() {
        long now = System.nanoTime();
        await().atMost(MesosFleet.LONG)
                .pollInterval(LOOK)
                .until(() -> writers.latest()
                        .map(Insert::begun)
                        .filter(begun -> begun > now)
                        .isPresent());
    }

    /** Ends them in a healthy cluster: every acknowledged row is on every member, once, and no two members took any at once. */
    void assertNothingLost() {
        awaitWrites();
        History history = end();
        BitSet acknowledged = new BitSet();
        history.addAcknowledgedTo(acknowledged);
        assertThat(Verdict.of(acknowledged, rows()).complaints()).isEmpty();
        assertThat(history.overlaps()).isEmpty();
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
        String primary = client().cluster(cluster).value().primary().orElseThrow();
        for (Instance instance : client().cluster(cluster).value().instances()) {
            await().atMost(MesosFleet.LONG)
                    .pollInterval(Duration.ofMillis(100))
                    .ignoreExceptionsInstanceOf(SQLException.class)
                    .until(() -> {
                        rows.put(instance.id(), rows(instance.id()));
                        return rows.get(instance.id()).equals(rows(primary));
                    });
        }
        return rows;
    }

    private Rows rows(String instance) throws SQLException {
        return Ledger.rows(
                database,
                client().cluster(cluster)
                        .value()
                        .instance(instance)
                        .flatMap(Instance::mysqlEndpoint)
                        .orElseThrow(),
                0);
    }

    @Override
    public void close() {
        writers.close();
    }
}
