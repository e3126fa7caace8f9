package dev.cotton.faults;

import static org.assertj.core.api.Assertions.assertThat;

import dev.cotton.cli.lab.Network;
import dev.cotton.fleet.Processes;
import dev.cotton.fleet.TestFleet;
import dev.cotton.scheduler.engine.local.placement.Host;
import java.sql.SQLException;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.TestInstance.Lifecycle;
import org.junit.jupiter.api.TestReporter;

/** A cluster of three on three hosts, of which some reach each other no more. */
@TestInstance(Lifecycle.PER_CLASS)
final class NetworkIT {
    private static final String CLUSTER = "demo";

    /** Longer than it takes to hold a primary for dead. */
    private static final Duration LONG_ENOUGH_TO_SUSPECT = Duration.ofSeconds(6);

    private Network network;
    private TestFleet fleet;

    @BeforeAll
    void create() {
        network = Network.of(3);
        fleet = new TestFleet(hosts(), List.of()).start();
        fleet.create(CLUSTER, 3);
        Trial.prepare(fleet, CLUSTER);
    }

    private List<Host> hosts() {
        return network.hosts().stream()
                .map(host -> new Host(host.name(), host.address(), host.launchPrefix(), Optional.empty()))
                .toList();
    }

    @AfterEach
    void heal() {
        network.heal();
    }

    @AfterAll
    void remove() throws Exception {
        try (Network _ = network) {
            fleet.close();
        }
    }

    private Trial trial() {
        return Trial.of(fleet, CLUSTER, network.clientAddress());
    }

    @Test
    void instancesAreSpreadOverTheHosts() {
        assertThat(fleet.api().instances(CLUSTER))
                .extracting(instance -> instance.path("place").path("host").asString())
                .containsExactlyInAnyOrder("h1", "h2", "h3");
    }

    @Test
    void thePrimarysHostVanishes(TestReporter report) {
        try (Trial trial = trial()) {
            String host = trial.host(trial.primary());
            trial.fault(() -> network.unplug(host));
            trial.awaitAnotherPrimary();
            network.heal();
            trial.assertNothingLost(report);
            assertThat(trial.epochs()).isEqualTo(1);
        }
    }

    /**
     * Its clients still reach it, and are told of no commit any more. What waits for replicas there is saved when it comes
     * back.
     */
    @Test
    void thePrimaryReachesNeitherSchedulerNorReplicas(TestReporter report) throws SQLException {
        try (Trial trial = trial()) {
            String host = trial.host(trial.primary());
            List<String> others = trial.replicas().stream().map(trial::host).toList();
            trial.fault(() -> {
                network.cutFrom(host, others);
                network.cutFromScheduler(host);
            });
            trial.awaitAnotherPrimary();
            try (WaitingInsert never = WaitingInsert.at(trial, trial.primary())) {
                trial.watch(Duration.ofSeconds(2));
                network.heal();
                trial.assertNothingLost(report);
                assertThat(trial.epochs()).isEqualTo(1);
                assertThat(never.acknowledged()).isFalse();
            }
            new QuarantineCheck(fleet.api(), CLUSTER).assertSaved(trial.primary(), trial.events());
        }
    }

    @Test
    void thePrimaryReachesTheSchedulerAndNoReplica(TestReporter report) {
        try (Trial trial = trial()) {
            String host = trial.host(trial.primary());
            List<String> others = trial.replicas().stream().map(trial::host).toList();
            trial.fault(() -> network.cutFrom(host, others));
            trial.awaitAnotherPrimary();
            network.heal();
            trial.assertNothingLost(report);
            assertThat(trial.epochs()).isEqualTo(1);
        }
    }

    /** Its replicas say that it is alive. */
    @Test
    void nothingHappensToAPrimaryThatOnlyTheSchedulerDoesNotReach(TestReporter report) {
        try (Trial trial = trial()) {
            long server = trial.mysqld(trial.primary());
            String host = trial.host(trial.primary());
            trial.fault(() -> network.cutFromScheduler(host));
            trial.watch(LONG_ENOUGH_TO_SUSPECT);
            assertThat(trial.gap()).isLessThan(Duration.ofSeconds(1));
            network.heal();
            trial.assertNothingLost(report);
            assertThat(trial.epochs()).isZero();
            assertThat(Processes.alive(server)).isTrue();
        }
    }

    @Test
    void aReplicaIsIsolatedAndWritesGoOn(TestReporter report) {
        try (Trial trial = trial()) {
            String host = trial.host(trial.replicas().getFirst());
            trial.fault(() -> network.unplug(host));
            trial.watch(LONG_ENOUGH_TO_SUSPECT);
            assertThat(trial.gap()).isLessThan(Duration.ofSeconds(1));
            network.heal();
            trial.assertNothingLost(report);
            assertThat(trial.epochs()).isZero();
        }
    }

    @Test
    void bothReplicasAreIsolatedAndWritesWaitAndGoOn(TestReporter report) {
        try (Trial trial = trial()) {
            List<String> hosts = trial.replicas().stream().map(trial::host).toList();
            trial.fault(() -> hosts.forEach(network::unplug));
            trial.awaitWrites("without replicas");
            assertThat(trial.gap()).isLessThan(Duration.ofSeconds(6));
            network.heal();
            trial.assertNothingLost(report);
            assertThat(trial.epochs()).isZero();
        }
    }
}
