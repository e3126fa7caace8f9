package dev.cotton.faults;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.cotton.cli.lab.Disk;
import dev.cotton.core.wire.InstanceFolder;
import dev.cotton.fleet.Processes;
import dev.cotton.fleet.TestFleet;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.TestInstance.Lifecycle;
import org.junit.jupiter.api.TestReporter;
import tools.jackson.databind.JsonNode;

/** The primary is alive and cannot write: another one takes over, and it comes back once its disk is well. */
@TestInstance(Lifecycle.PER_CLASS)
final class DiskIT {
    private static final String CLUSTER = "demo";

    private TestFleet fleet;
    private Disk disk;
    private String sick;

    @BeforeAll
    void create() throws IOException {
        fleet = TestFleet.started();
        fleet.create(CLUSTER, 3);
        Trial.prepare(fleet, CLUSTER);
        sick = fleet.api().replicas(CLUSTER).getFirst().path("id").asString();
        fleet.scheduler().kill();
        endProcesses();
        disk = Disk.of(fleet.data().resolve("instances").resolve(sick), fleet.data());
        fleet.startScheduler();
        fleet.awaitLeader();
    }

    private void endProcesses() {
        List.of(InstanceFolder.EXECUTOR_PROCESS, InstanceFolder.KEEPER_PROCESS, InstanceFolder.MYSQLD_PROCESS).stream()
                .map(kind -> fleet.process(sick, kind).pid())
                .filter(Processes::alive)
                .forEach(pid -> Processes.signal(pid, "KILL"));
    }

    @AfterEach
    void thaw() {
        disk.thaw();
    }

    @AfterAll
    void remove() throws Exception {
        try (TestFleet _ = fleet) {
            fleet.scheduler().kill();
            endProcesses();
            disk.close();
        }
    }

    private boolean itsExecutorAnswers() {
        return seen().path("executor").path("reachable").asBoolean();
    }

    private boolean inSync() {
        return seen().path("stage").asString().equals("in-sync");
    }

    private JsonNode seen() {
        return fleet.api().instances(CLUSTER).stream()
                .filter(instance -> instance.path("id").asString().equals(sick))
                .findFirst()
                .orElseThrow();
    }

    private Trial trial() {
        return trial(true);
    }

    /** @param leads whether the one with the disk is the primary */
    private Trial trial(boolean leads) {
        fleet.awaitState(CLUSTER, "healthy");
        if (primary().equals(sick) != leads) {
            String other = leads
                    ? sick
                    : fleet.api().replicas(CLUSTER).getFirst().path("id").asString();
            // It is refused in the moment in which a replica that has just come into the set reconnects.
            await().atMost(TestFleet.LONG).until(() -> handsOverTo(other));
            await().atMost(TestFleet.LONG).until(() -> primary().equals(other));
        }
        ExecutorThreads threads = new ExecutorThreads(fleet.executor(sick));
        Trial trial = Trial.of(fleet, CLUSTER);
        trial.witness(threads::story);
        return trial;
    }

    private boolean handsOverTo(String instance) {
        String path = "/api/v1/clusters/" + CLUSTER + "/switchover";
        return fleet.api().call("POST", path, "{\"to\":\"" + instance + "\"}").status() == 202;
    }

    private String primary() {
        return fleet.api().primary(CLUSTER).path("id").asString();
    }

    @Test
    void itIsFull(TestReporter report) {
        try (Trial trial = trial()) {
            trial.fault(disk::fill);
            trial.awaitAnotherPrimary();
            disk.free();
            trial.assertNothingLost(report);
            assertThat(trial.epochs()).isEqualTo(1);
        }
    }

    @Test
    void itIsFrozen(TestReporter report) {
        try (Trial trial = trial()) {
            trial.fault(disk::freeze);
            trial.awaitAnotherPrimary();
            // Its orders cannot be written down now.
            await().during(Duration.ofSeconds(3)).atMost(TestFleet.LONG).until(this::itsExecutorAnswers);
            disk.thaw();
            trial.assertNothingLost(report);
            assertThat(trial.epochs()).isEqualTo(1);
        }
    }

    /** Nobody speaks for the primary, and its mysqld still greets its replicas. */
    @Test
    void itIsFrozenAndItsExecutorHangsWithIt(TestReporter report) {
        try (Trial trial = trial()) {
            long executor = fleet.executor(sick);
            trial.fault(() -> {
                Processes.signal(executor, "STOP");
                disk.freeze();
            });
            trial.awaitAnotherPrimary();
            disk.thaw();
            Processes.signal(executor, "CONT");
            trial.assertNothingLost(report);
            assertThat(trial.events()).anyMatch(event -> event.contains("were sent nothing by it"));
            assertThat(trial.epochs()).isEqualTo(1);
        }
    }

    /** It leaves the set, others acknowledge meanwhile, and it follows again. */
    @Test
    void aReplicasIsFrozen(TestReporter report) {
        try (Trial trial = trial(false)) {
            trial.fault(disk::freeze);
            await().atMost(TestFleet.LONG).until(() -> !inSync());
            assertThat(itsExecutorAnswers()).isTrue();
            trial.awaitWrites("without the replica whose disk is frozen");
            disk.thaw();
            trial.assertNothingLost(report);
            assertThat(trial.epochs()).isZero();
        }
    }

    /** What was written and is to be safe now does not get there. */
    @Test
    void itNeverReportsThatAnythingIsSafe(TestReporter report) {
        try (Trial trial = trial()) {
            trial.fault(disk::hang);
            trial.awaitAnotherPrimary();
            disk.thaw();
            trial.assertNothingLost(report);
            assertThat(trial.epochs()).isEqualTo(1);
        }
    }

    @Test
    void itCanOnlyBeReadAfterAnError(TestReporter report) {
        try (Trial trial = trial()) {
            trial.fault(disk::breakDown);
            trial.awaitAnotherPrimary();
            fleet.scheduler().kill();
            endProcesses();
            disk.repair();
            fleet.startScheduler();
            trial.assertNothingLost(report);
            assertThat(trial.epochs()).isEqualTo(1);
        }
    }
}
