package dev.cotton.mesos;

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
import dev.cotton.testing.mesos.SimulatedAgent;
import java.nio.file.Path;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.util.BitSet;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.MethodOrderer;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.TestInstance.Lifecycle;
import org.junit.jupiter.api.TestMethodOrder;
import org.junit.jupiter.api.io.TempDir;

/** Operators take agents out under clients that write: the steps build on each other. */
@TestInstance(Lifecycle.PER_CLASS)
@TestMethodOrder(MethodOrderer.OrderAnnotation.class)
final class MaintenanceIT {
    private static final String CLUSTER = "shop";
    private static final int WRITERS = 3;
    private static final AtomicLong NEXT_ID = new AtomicLong();

    private MesosFleet fleet;
    private SchedulerClient client;
    private Database database;

    @BeforeAll
    void create(@TempDir Path folder) throws Exception {
        fleet = new MesosFleet(folder, ExecutorPackage.make(folder), 4);
        client = fleet.client();
        fleet.api().create(CLUSTER, 2);
        fleet.awaitState(CLUSTER, "healthy");
        database = Database.of(
                "app", fleet.api().password(CLUSTER), client.certificateAuthority(), folder.resolve("trust.p12"));
        Ledger.create(database, endpoint(primary()));
    }

    @AfterAll
    void close() {
        fleet.close();
    }

    private Cluster cluster() {
        return client.cluster(CLUSTER).value();
    }

    private String primary() {
        return cluster().primary().orElseThrow();
    }

    private String endpoint(String instance) {
        return cluster().instance(instance).flatMap(Instance::mysqlEndpoint).orElseThrow();
    }

    private List<String> instances() {
        return cluster().instances().stream().map(Instance::id).toList();
    }

    private List<String> events() {
        return client.events(CLUSTER, 0).value().events().stream()
                .map(Object::toString)
                .toList();
    }

    /** What happens to a cluster that is written to all the time; nothing that was acknowledged may be missing then. */
    private interface Course {
        void run() throws InterruptedException;
    }

    private void underWriters(Course course) throws InterruptedException {
        long first = NEXT_ID.get();
        Document<Cluster> seen = client.cluster(CLUSTER);
        try (Writers writers = Writers.of(database, () -> client, seen, WRITERS, NEXT_ID)) {
            awaitWrites(writers);
            course.run();
            fleet.awaitState(CLUSTER, "healthy");
            awaitWrites(writers);
            nothingIsLost(writers.end(), first);
        }
    }

    private static void awaitWrites(Writers writers) {
        long now = System.nanoTime();
        await().atMost(MesosFleet.LONG)
                .until(() -> writers.latest()
                        .map(Insert::begun)
                        .filter(begun -> begun > now)
                        .isPresent());
    }

    private void nothingIsLost(History history, long first) {
        BitSet acknowledged = new BitSet();
        history.addAcknowledgedTo(acknowledged);
        Map<String, Rows> rows = new TreeMap<>();
        for (String instance : instances()) {
            await().atMost(MesosFleet.LONG)
                    .ignoreExceptionsInstanceOf(SQLException.class)
                    .until(() -> {
                        rows.put(instance, Ledger.rows(database, endpoint(instance), first));
                        return rows.get(instance).equals(Ledger.rows(database, endpoint(primary()), first));
                    });
        }
        assertThat(acknowledged.cardinality()).isPositive();
        assertThat(Verdict.of(acknowledged, rows).complaints()).as(this::story).isEmpty();
        assertThat(history.overlaps()).as(this::story).isEmpty();
    }

    private String story() {
        return String.join("\n", events());
    }

    @Test
    @Order(1)
    void everythingMovesBeforeAMaintenanceAndThenItIsAgreedTo() throws InterruptedException {
        String former = primary();
        SimulatedAgent agent = fleet.agentOf(former);
        underWriters(() -> {
            agent.scheduleMaintenance(Instant.now().plus(Duration.ofHours(1)), Duration.ofHours(1));
            await().atMost(MesosFleet.LONG)
                    .until(() -> fleet.mesos().inverseOfferAnswers().containsValue("ACCEPT"));
            await().atMost(MesosFleet.LONG).until(() -> agent.containers().isEmpty());
        });

        assertThat(instances()).hasSize(2).doesNotContain(former);
        assertThat(fleet.mesos().inverseOfferAnswers())
                .hasEntrySatisfying(
                        fleet.mesos().view().frameworks().getFirst() + "@" + agent.id(),
                        answer -> assertThat(answer).isEqualTo("ACCEPT"));
        assertThat(events())
                .anyMatch(event -> event.contains("handover-begun") && event.contains("it is to be replaced"))
                .noneMatch(event -> event.contains("primary-lost"));
        await().atMost(MesosFleet.LONG)
                .until(() -> fleet.mesos().view().volumes().stream()
                        .noneMatch(volume -> volume.agent().equals(agent.id())));
    }

    @Test
    @Order(2)
    void whatWasOnAnAgentThatIsGoneIsReplacedAtOnce() throws InterruptedException {
        String former = primary();
        SimulatedAgent agent = fleet.agentOf(former);
        underWriters(() -> {
            agent.markGone();
            await().atMost(Duration.ofSeconds(50))
                    .until(() -> instances().size() == 2 && !instances().contains(former));
        });

        assertThat(events())
                .anyMatch(event -> event.contains("primary-lost"))
                .anyMatch(event -> event.contains("member-lost") && event.contains(former));
    }
}
