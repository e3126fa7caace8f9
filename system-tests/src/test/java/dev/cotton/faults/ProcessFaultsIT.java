package dev.cotton.faults;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.cotton.core.wire.InstanceFolder;
import dev.cotton.fleet.Processes;
import dev.cotton.fleet.SchedulerProcess;
import dev.cotton.fleet.TestFleet;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.TestInstance.Lifecycle;
import org.junit.jupiter.api.TestReporter;

/** Processes of a cluster of three end in ways that are worse than one clean crash. */
@TestInstance(Lifecycle.PER_CLASS)
final class ProcessFaultsIT {
    private static final String CLUSTER = "demo";
    private static final Duration TAKEOVER_AND_FAILOVER = Duration.ofSeconds(15);

    private TestFleet fleet;

    @BeforeAll
    void create() {
        fleet = TestFleet.started();
        fleet.create(CLUSTER, 3);
        Trial.prepare(fleet, CLUSTER);
    }

    @AfterAll
    void remove() throws Exception {
        fleet.close();
    }

    @Test
    void aReplicaIsKilledJustBeforeItsPrimary(TestReporter report) {
        try (Trial trial = Trial.of(fleet, CLUSTER)) {
            long primary = trial.mysqld(trial.primary());
            long replica = trial.mysqld(trial.replicas().getFirst());
            trial.fault(() -> {
                Processes.signal(replica, "KILL");
                Processes.signal(primary, "KILL");
            });
            trial.awaitWrites("after both were killed");
            trial.assertNothingLost(report);
            // Whichever of the two is back first: with the replica another primary is elected, or the primary goes on.
            assertThat(trial.epochs()).isLessThanOrEqualTo(1);
        }
    }

    /** Whenever its mysqld is there again it is killed again, and the others go on without it. */
    @Test
    void aPrimaryCrashesAgainAndAgain(TestReporter report) {
        try (Trial trial = Trial.of(fleet, CLUSTER)) {
            Set<Long> killed = new HashSet<>();
            trial.fault(() -> crash(trial, killed));
            trial.awaitAnotherPrimary();
            while (killed.size() < 3) {
                await().atMost(TestFleet.LONG).until(() -> crash(trial, killed));
            }
            assertThat(trial.gap()).isLessThan(Duration.ofSeconds(5));
            trial.assertNothingLost(report);
            assertThat(trial.epochs()).isEqualTo(1);
        }
    }

    private static boolean crash(Trial trial, Set<Long> killed) {
        long server = trial.mysqld(trial.primary());
        if (server <= 0 || !Processes.alive(server) || !killed.add(server)) {
            return false;
        }
        Processes.signal(server, "KILL");
        return true;
    }

    /** Somebody else's SIGTERM: MySQL tells clients whose commits still wait that they succeeded. */
    @Test
    void thePrimarysMysqldIsAskedToStopBySomebodyElse(TestReporter report) {
        try (Trial trial = Trial.of(fleet, CLUSTER)) {
            long primary = trial.mysqld(trial.primary());
            trial.fault(() -> Processes.signal(primary, "TERM"));
            trial.awaitWrites("after mysqld was stopped");
            trial.assertNothingLost(report);
        }
    }

    /** The account is there or not, everywhere alike. */
    @Test
    void aNewAccountWaitsForItsAcknowledgementWhenThePrimaryDies(TestReporter report) throws SQLException {
        try (Trial trial = Trial.of(fleet, CLUSTER);
                Connection administrator = trial.connect(trial.primary());
                Connection watcher = trial.connect(trial.primary())) {
            List<Long> replicas = trial.replicas().stream().map(trial::mysqld).toList();
            long primary = trial.mysqld(trial.primary());
            replicas.forEach(replica -> Processes.signal(replica, "STOP"));
            Thread waiting = Thread.ofVirtual().name("administrator").start(() -> create(administrator));
            try {
                await().atMost(TestFleet.LONG)
                        .pollInterval(Duration.ofMillis(10))
                        .until(() -> waits(watcher));
                trial.fault(() -> Processes.signal(primary, "KILL"));
            } finally {
                replicas.forEach(replica -> Processes.signal(replica, "CONT"));
            }
            await().atMost(TestFleet.LONG).until(() -> !waiting.isAlive());
            trial.awaitWrites("after the primary died");
            trial.assertNothingLost(report);
            assertThat(trial.epochs()).isEqualTo(1);
        }
    }

    private static void create(Connection administrator) {
        try (Statement statement = administrator.createStatement()) {
            statement.execute("CREATE USER 'late'@'%' IDENTIFIED BY RANDOM PASSWORD");
        } catch (SQLException diedWithThePrimary) {
            // That is what the test is about.
        }
    }

    private static boolean waits(Connection watcher) throws SQLException {
        try (Statement statement = watcher.createStatement();
                var rows = statement.executeQuery("SELECT COUNT(*) FROM performance_schema.threads WHERE TYPE ="
                        + " 'FOREGROUND' AND PROCESSLIST_INFO LIKE 'CREATE USER%' AND PROCESSLIST_STATE IN"
                        + " ('Waiting for semi-sync ACK from replica', 'waiting for handler commit')")) {
            return rows.next() && rows.getInt(1) > 0;
        }
    }

    @Test
    void theLeaderIsKilledTogetherWithThePrimary(TestReporter report) {
        SchedulerProcess leader = fleet.scheduler();
        fleet.startScheduler();
        fleet.awaitLeader();
        try (Trial trial = Trial.of(fleet, CLUSTER)) {
            long primary = trial.mysqld(trial.primary());
            trial.fault(() -> {
                leader.kill();
                Processes.signal(primary, "KILL");
            });
            trial.awaitWrites("after leader and primary were killed");
            assertThat(trial.gap()).isLessThan(TAKEOVER_AND_FAILOVER);
            trial.assertNothingLost(report);
        }
    }

    @Test
    void everythingIsKilledAtOnce(TestReporter report) {
        try (Trial trial = Trial.of(fleet, CLUSTER)) {
            trial.fault(() -> {
                fleet.scheduler().kill();
                endAll(trial);
            });
            fleet.startScheduler();
            trial.awaitWrites("after everything was killed");
            trial.assertNothingLost(report);
        }
    }

    /** The fourth failure within ten minutes is left to people. */
    @Test
    void whatFailsOverAgainAndAgainWaitsForAPerson(TestReporter report) {
        try (Trial trial = Trial.of(fleet, CLUSTER)) {
            for (int failover = 1; failover <= 3; failover++) {
                fleet.awaitState(CLUSTER, "healthy");
                trial.fault(() -> Processes.signal(primarysMysqld(), "KILL"));
                int epochs = failover;
                await().atMost(TestFleet.LONG).until(() -> trial.epochs() == epochs);
                trial.awaitWrites("after failover " + failover);
            }
            fleet.awaitState(CLUSTER, "healthy");
            trial.fault(() -> Processes.signal(primarysMysqld(), "STOP"));
            fleet.awaitState(CLUSTER, "blocked");
            assertThat(fleet.api()
                            .get("/api/v1/clusters/" + CLUSTER)
                            .path("why")
                            .asString())
                    .contains("Flapping");
            trial.watch(Duration.ofSeconds(3));
            assertThat(trial.epochs()).isEqualTo(3);
            fleet.api().post("/api/v1/clusters/" + CLUSTER + "/acknowledge-failovers");
            trial.awaitWrites("after the failovers were acknowledged");
            trial.assertNothingLost(report);
            assertThat(trial.epochs()).isEqualTo(4);
        }
    }

    private long primarysMysqld() {
        return fleet.api().pid(CLUSTER, fleet.api().primary(CLUSTER).path("id").asString());
    }

    /** It was made to lose the last rows rather than to wait, and says so. */
    @Test
    void anAsynchronousClusterSaysWhatMayBeMissing(TestReporter report) {
        fleet.api().create("loose", 3, "async");
        fleet.awaitState("loose", "healthy");
        Trial.prepare(fleet, "loose");
        try (Trial trial = Trial.of(fleet, "loose")) {
            long primary = trial.mysqld(trial.primary());
            trial.fault(() -> Processes.signal(primary, "KILL"));
            trial.awaitAnotherPrimary();
            assertThat(trial.events())
                    .anySatisfy(event -> assertThat(event).contains("primary-chosen", "may be missing", "quarantine"));
            trial.assertAllAlike(report);
        }
    }

    private void endAll(Trial trial) {
        for (String kind : List.of(
                InstanceFolder.EXECUTOR_PROCESS, InstanceFolder.KEEPER_PROCESS, InstanceFolder.MYSQLD_PROCESS)) {
            Stream.concat(Stream.of(trial.primary()), trial.replicas().stream())
                    .map(instance -> fleet.process(instance, kind).pid())
                    .filter(Processes::alive)
                    .forEach(pid -> Processes.signal(pid, "KILL"));
        }
    }
}
