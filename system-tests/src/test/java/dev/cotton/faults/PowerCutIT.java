package dev.cotton.faults;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.cotton.core.wire.InstanceFolder;
import dev.cotton.fleet.Processes;
import dev.cotton.fleet.TestFleet;
import dev.cotton.scheduler.engine.local.placement.Host;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.TestInstance.Lifecycle;
import org.junit.jupiter.api.TestReporter;
import org.junit.jupiter.api.io.TempDir;

/**
 * Everything ends at once, and the machine boots: what replicas received last may not have reached their disks, so only
 * the former primary is known to have every acknowledged row. The boot is a trick: all programs see another boot id.
 */
@TestInstance(Lifecycle.PER_CLASS)
final class PowerCutIT {
    private static final String CLUSTER = "demo";
    private static final Duration LONG_ENOUGH_TO_ELECT = Duration.ofSeconds(8);
    private static final List<String> PROCESSES =
            List.of(InstanceFolder.EXECUTOR_PROCESS, InstanceFolder.KEEPER_PROCESS, InstanceFolder.MYSQLD_PROCESS);

    @TempDir
    private static Path folder;

    private TestFleet fleet;

    @BeforeAll
    void create() throws IOException {
        Files.setPosixFilePermissions(folder, PosixFilePermissions.fromString("rwxr-xr-x"));
        boot();
        List<String> machine = List.of("unshare", "-m", script());
        fleet = new TestFleet(List.of(new Host("m", "127.0.0.1", machine, Optional.empty())), machine).start();
        fleet.create(CLUSTER, 3);
        Trial.prepare(fleet, CLUSTER);
    }

    private String script() throws IOException {
        Path script = folder.resolve("machine");
        Files.writeString(
                script, "#!/bin/sh\nmount --bind " + bootId() + " /proc/sys/kernel/random/boot_id && exec \"$@\"\n");
        Files.setPosixFilePermissions(script, PosixFilePermissions.fromString("rwxr-xr-x"));
        return script.toString();
    }

    private static Path bootId() {
        return folder.resolve("boot_id");
    }

    /** Into the same file: it is mounted elsewhere. */
    private static void boot() {
        try {
            Files.writeString(bootId(), UUID.randomUUID() + "\n");
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @AfterAll
    void remove() throws Exception {
        fleet.close();
    }

    @Test
    void theFormerPrimaryComesBackLast(TestReporter report) {
        try (Trial trial = Trial.of(fleet, CLUSTER)) {
            trial.fault(() -> cutPower(trial));
            try (Held _ = Held.back(fleet, List.of(trial.primary()))) {
                fleet.startScheduler();
                fleet.awaitLeader();
                await().atMost(TestFleet.LONG)
                        .until(() ->
                                trial.replicas().stream().allMatch(replica -> Processes.alive(trial.mysqld(replica))));
                trial.watch(LONG_ENOUGH_TO_ELECT);
                assertThat(trial.epochs()).isZero();
                assertThat(fleet.api().state(CLUSTER)).isIn("blocked", "primary-down");
            }
            assertRecoversOnTheSamePrimary(trial, report);
        }
    }

    @Test
    void theReplicasComeBackLast(TestReporter report) {
        try (Trial trial = Trial.of(fleet, CLUSTER)) {
            trial.fault(() -> cutPower(trial));
            try (Held _ = Held.back(fleet, trial.replicas())) {
                fleet.startScheduler();
                trial.awaitWrites("with the primary alone");
            }
            assertRecoversOnTheSamePrimary(trial, report);
        }
    }

    private void assertRecoversOnTheSamePrimary(Trial trial, TestReporter report) {
        trial.awaitWrites("once all are back");
        trial.assertNothingLost(report);
        assertThat(fleet.api().primary(CLUSTER).path("id").asString()).isEqualTo(trial.primary());
    }

    private void cutPower(Trial trial) {
        fleet.scheduler().kill();
        List<String> instances = Stream.concat(Stream.of(trial.primary()), trial.replicas().stream())
                .toList();
        for (String kind : PROCESSES) {
            instances.stream()
                    .map(instance -> fleet.process(instance, kind).pid())
                    .filter(Processes::alive)
                    .forEach(pid -> Processes.signal(pid, "KILL"));
        }
        boot();
    }

    /** Instances whose executors cannot start, because somebody else holds their locks. */
    private record Held(List<Process> holders) implements AutoCloseable {
        static Held back(TestFleet fleet, List<String> instances) {
            List<Process> holders = new ArrayList<>();
            for (String instance : instances) {
                Path lock = fleet.data()
                        .resolve("instances")
                        .resolve(instance)
                        .resolve(InstanceFolder.PROCESSES)
                        .resolve("executor.lock");
                try {
                    Process holder = new ProcessBuilder(
                                    "sh",
                                    "-c",
                                    "exec 9>>\"$1\"; flock 9; echo held; exec sleep 600",
                                    "sh",
                                    lock.toString())
                            .start();
                    holders.add(holder);
                    assertThat(holder.inputReader().readLine()).isEqualTo("held");
                } catch (IOException e) {
                    throw new UncheckedIOException(e);
                }
            }
            return new Held(holders);
        }

        @Override
        public void close() {
            holders.forEach(Process::destroyForcibly);
        }
    }
}
