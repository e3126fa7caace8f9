package dev.cotton.mesos;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.InstanceOfAssertFactories.STRING;
import static org.awaitility.Awaitility.await;

import dev.cotton.testing.mesos.AgentOptions;
import dev.cotton.testing.mesos.MesosSimulator;
import dev.cotton.testing.mesos.SimulatedAgent;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;

/** What happens to tasks, executors, reservations and volumes when agents and masters fail. */
final class FaultsIT {
    private static final String EXECUTOR = LabExecutor.command();

    @TempDir
    Path folder;

    @Test
    void executorsOutliveTheirAgentAndVolumesTheirTasks() throws Exception {
        try (MesosSimulator mesos = start(1);
                Probe probe = new Probe(mesos.leader(), "")) {
            SimulatedAgent agent = mesos.agents().getFirst();
            probe.launch(probe.offer(), "t1", EXECUTOR, "echo kept > data/file; sleep 1000");
            probe.update("t1", "TASK_STARTING");
            probe.update("t1", "TASK_RUNNING");
            List<Long> before = agent.containers();
            JsonNode held = probe.offer();
            agent.kill();
            probe.event(each -> each.path("rescind").path("offer_id").equals(held.path("id")));
            agent.start();
            JsonNode offer = probe.offer();
            assertThat(agent.containers()).isEqualTo(before).hasSize(1);
            assertThat(offer.path("executor_ids").path(0).path("value").asString(""))
                    .isEqualTo("executor-t1");
            probe.kill("t1");
            probe.update("t1", "TASK_KILLED");
            probe.call(
                    "SHUTDOWN",
                    "{'executor_id': {'value': 'executor-t1'}, 'agent_id': {'value': '" + agent.id() + "'}}");
            assertThat(probe.event(each -> each.has("failure"))
                            .path("failure")
                            .path("status")
                            .asInt())
                    .isZero();
            assertThat(mesos.view().volumes()).extracting("id").containsExactly("vol-1");
            probe.call("REVIVE", "{}");
            JsonNode again = offerWithVolume(probe);
            probe.launch(again, "t2", EXECUTOR, "test $(cat data/file) = kept");
            probe.update("t2", "TASK_STARTING");
            probe.update("t2", "TASK_RUNNING");
            assertThat(probe.update("t2", "TASK_FINISHED").path("message").asString(""))
                    .isEqualTo("exit 0");
        }
    }

    @Test
    void nothingIsLeftOfWhatWasDestroyedAndUnreserved() throws Exception {
        try (MesosSimulator mesos = start(1);
                Probe probe = new Probe(mesos.leader(), "")) {
            probe.launch(probe.offer(), "t1", EXECUTOR, "sleep 1000");
            probe.update("t1", "TASK_STARTING");
            probe.update("t1", "TASK_RUNNING");
            Path volume = mesos.agents().getFirst().workFolder().resolve("volumes/roles/cotton/vol-1");
            assertThat(volume).isDirectory();
            probe.kill("t1");
            probe.update("t1", "TASK_KILLED");
            probe.release(offerWithVolume(probe));
            await().until(() -> mesos.view().reservations().isEmpty());
            assertThat(mesos.view().volumes()).isEmpty();
            assertThat(volume).doesNotExist();
        }
    }

    @Test
    void theWholeContainerDiesWithItsExecutor() throws Exception {
        try (MesosSimulator mesos = start(1);
                Probe probe = new Probe(mesos.leader(), "")) {
            Path pid = folder.resolve("pid");
            String daemon = "env -i setsid sh -c 'echo $$ > " + pid + "; sleep 1000' < /dev/null > /dev/null 2>&1 &";
            probe.launch(probe.offer(), "t1", daemon + " sleep 0.5; exit 3", "");
            JsonNode failure = probe.event(each -> each.has("failure"));
            assertThat(failure.path("failure").path("status").asInt()).isEqualTo(3 * 256);
            probe.update("t1", "TASK_FAILED");
            long left = Long.parseLong(Files.readString(pid).strip());
            assertThat(isRunning(left)).isFalse();
        }
    }

    @Test
    void anAgentThatIsCutOffComesBackWithItsTasks() throws Exception {
        try (MesosSimulator mesos = start(1);
                Probe probe = new Probe(mesos.leader(), "")) {
            SimulatedAgent agent = mesos.agents().getFirst();
            probe.launch(probe.offer(), "t1", EXECUTOR, "sleep 1000");
            probe.update("t1", "TASK_STARTING");
            probe.update("t1", "TASK_RUNNING");
            agent.cutOff();
            assertThat(probe.update("t1", "TASK_UNREACHABLE").path("reason").asString(""))
                    .isEqualTo("REASON_AGENT_REMOVED");
            agent.reconnect();
            assertThat(probe.update("t1", "TASK_RUNNING").path("reason").asString(""))
                    .isEqualTo("REASON_AGENT_REREGISTERED");
            agent.markGone();
            probe.update("t1", "TASK_GONE_BY_OPERATOR");
            await().until(() -> agent.containers().isEmpty());
        }
    }

    @Test
    void tasksAreKnownToTheNextMasterOnceTheirAgentCame() throws Exception {
        try (MesosSimulator mesos = start(2);
                Probe probe = new Probe(mesos.leader(), "")) {
            probe.launch(probe.offer(), "t1", EXECUTOR, "sleep 1000");
            probe.update("t1", "TASK_STARTING");
            probe.update("t1", "TASK_RUNNING");
            String first = mesos.leader();
            mesos.killMaster(0);
            await().until(() -> !mesos.leader().equals(first));
            await().ignoreExceptions().until(() -> mesos.view().tasks().size() == 1);
            try (Probe again = new Probe(mesos.leader(), probe.frameworkId())) {
                again.call("RECONCILE", "{'tasks': []}");
                assertThat(again.update("t1", "TASK_RUNNING").path("reason").asString(""))
                        .isEqualTo("REASON_RECONCILIATION");
            }
        }
    }

    @Test
    void followersRedirectToTheFirstMasterThatAnnouncedItself() throws Exception {
        List<String> announced = new CopyOnWriteArrayList<>();
        MesosSimulator.Builder builder = MesosSimulator.in(folder.resolve("mesos"))
                .masters(2)
                .announcements(info -> {
                    announced.add(info);
                    return () -> announced.remove(info);
                });
        try (MesosSimulator mesos = builder.start()) {
            String first = mesos.masters().get(0);
            String second = mesos.masters().get(1);
            String get = "GET /api/v1/scheduler HTTP/1.1\r\nHost: " + second + "\r\n\r\n";
            try (RawConnection connection = new RawConnection(Probe.port(second), get)) {
                Message answer = connection.response();
                assertThat(answer.start()).isEqualTo("HTTP/1.1 307 Temporary Redirect");
                assertThat(answer.headers()).containsEntry("location", "//" + first + "/master/api/v1/scheduler");
            }
            mesos.killMaster(0);
            await().until(() -> mesos.leader().equals(second));
            assertThat(announced).singleElement(STRING).contains("\"port\":" + Probe.port(second));
            mesos.startMaster(0);
            await().until(() -> announced.size() == 2);
            assertThat(mesos.leader()).isEqualTo(second);
        }
    }

    @Test
    void aCutStreamCanBeReplacedATornDownFrameworkCannot() throws Exception {
        try (MesosSimulator mesos = start(1);
                Probe probe = new Probe(mesos.leader(), "")) {
            mesos.cutStreams();
            assertThat(probe.endsProperly()).isFalse();
            try (Probe again = new Probe(mesos.leader(), probe.frameworkId())) {
                assertThat(again.frameworkId()).isEqualTo(probe.frameworkId());
                mesos.tearDown(again.frameworkId());
                assertThat(again.endsProperly()).isTrue();
                assertThat(mesos.view().frameworks()).isEmpty();
            }
            assertThatThrownBy(() -> new Probe(mesos.leader(), probe.frameworkId()))
                    .hasMessageContaining("Framework has been removed");
        }
    }

    /** Not so a killed process that nobody has waited for yet. */
    private static boolean isRunning(long pid) throws IOException {
        try {
            return !Files.readString(Path.of("/proc", Long.toString(pid), "status"))
                    .contains("State:\tZ");
        } catch (NoSuchFileException gone) {
            return false;
        }
    }

    private static JsonNode offerWithVolume(Probe probe) throws InterruptedException {
        return probe.event(each ->
                        each.toString().contains("OFFERS") && each.toString().contains("vol-1"))
                .path("offers")
                .path("offers")
                .path(0);
    }

    private MesosSimulator start(int masters) {
        AgentOptions.Timing timing = new AgentOptions.Timing(
                Duration.ofSeconds(10),
                Duration.ofSeconds(5),
                Duration.ofSeconds(1),
                Duration.ofMinutes(1),
                Duration.ofMillis(300),
                Duration.ofSeconds(10));
        return MesosSimulator.in(folder.resolve("mesos"))
                .masters(masters)
                .agent(AgentOptions.withPorts(31000, 31099).withTiming(timing))
                .start();
    }
}
