package dev.cotton.fleet;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.cotton.core.wire.InstanceFolder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.SQLException;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.TestInstance.Lifecycle;

/** What is killed in the middle of a creation or of a deletion does not keep it from its end. */
@TestInstance(Lifecycle.PER_CLASS)
class HalfDoneIT {
    private static final List<String> MEMBERS = List.of("demo-0", "demo-1");
    private TestFleet fleet;

    @BeforeAll
    void start() {
        fleet = TestFleet.started();
    }

    @AfterAll
    void stop() throws Exception {
        fleet.close();
    }

    @Test
    void withTheSchedulerKilledAgainAndAgain() throws SQLException {
        fleet.api().create("plan", 2);
        killScheduler();
        await().atMost(TestFleet.LONG).until(() -> fleet.api().state("plan").equals("creating"));
        await().atMost(TestFleet.LONG)
                .ignoreExceptions()
                .until(() -> fleet.api().instances("plan").stream()
                        .allMatch(instance ->
                                instance.path("executor").path("reachable").asBoolean()));
        killScheduler();
        fleet.awaitState("plan", "healthy");
        Orders orders = Orders.in(fleet, "plan");
        orders.insert(1);
        orders.awaitEverywhere(1);

        List<Long> servers = List.copyOf(fleet.api().pids("plan").values());
        fleet.api().delete("plan", true);
        killScheduler();
        fleet.awaitState("plan", "absent");
        await().atMost(TestFleet.LONG)
                .until(() -> Files.notExists(folder("instances", "plan-0"))
                        && Files.notExists(folder("instances", "plan-1")));
        assertThat(servers).hasSize(2).noneMatch(Processes::alive);
    }

    @Test
    void withExecutorsAndServersKilled() throws SQLException {
        fleet.api().create("demo", 2);
        killWhenThere("demo-0", InstanceFolder.EXECUTOR_PROCESS);
        killWhenThere("demo-1", InstanceFolder.MYSQLD_PROCESS);
        assertThat(fleet.api().state("demo")).isEqualTo("creating");
        fleet.awaitState("demo", "healthy");
        Orders orders = Orders.in(fleet, "demo");
        orders.insert(1);
        orders.awaitEverywhere(1);

        fleet.api().delete("demo", false);
        Processes.signal(fleet.executor("demo-0"), "KILL");
        Processes.signal(fleet.process("demo-1", InstanceFolder.MYSQLD_PROCESS).pid(), "KILL");
        assertThat(fleet.api().state("demo")).isEqualTo("deleting");
        fleet.awaitState("demo", "absent");
        await().atMost(TestFleet.LONG)
                .until(() -> MEMBERS.stream().allMatch(member -> Files.exists(folder("bin", member))));

        fleet.api().post("/api/v1/clusters/demo/restore");
        fleet.awaitState("demo", "healthy");
        orders.awaitEverywhere(1);
    }

    private void killScheduler() {
        fleet.scheduler().kill();
        fleet.startScheduler();
    }

    /** Kills a process of an instance as soon as there is one. */
    private void killWhenThere(String instance, String kind) {
        await().atMost(TestFleet.LONG)
                .ignoreExceptions()
                .until(() -> Processes.alive(fleet.process(instance, kind).pid()));
        Processes.signal(fleet.process(instance, kind).pid(), "KILL");
    }

    private Path folder(String kind, String instance) {
        return fleet.data().resolve(kind).resolve(instance);
    }
}
