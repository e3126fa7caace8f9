package dev.cotton.mesos;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.sun.net.httpserver.HttpServer;
import com.sun.net.httpserver.SimpleFileServer;
import dev.cotton.testing.mesos.AgentOptions;
import dev.cotton.testing.mesos.MasterOptions;
import dev.cotton.testing.mesos.MesosSimulator;
import dev.cotton.testing.mesos.SimulatedAgent;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * The simulator answers as real Mesos did, in the set-up of the laboratory. Takes as long as the recordings, ten minutes. What may differ: {@link Allowed}.
 *
 * <p>Not replayed: 00 (a command line tool), 08 (it needs a ZooKeeper; {@link FaultsIT} has a failover), 10b (health
 * checks), 12 (limits), 13 (task groups), 14 and 14b (domains, disks), 15 (protobuf), 16 (operator endpoints), the
 * executor's sides but for 18, and what stands in a transcript without being a request.
 */
@Tag("long")
final class ConformanceIT {
    /** Mesos' defaults, but for allocations: the replay asks for them where the transcript has them. */
    private static final MasterOptions DEFAULTS =
            MasterOptions.mesosDefaults().withAllocationInterval(Duration.ofHours(1));

    private static final AgentOptions FIRST = AgentOptions.withPorts(31000, 31099);
    private static final AgentOptions SECOND = AgentOptions.withPorts(31100, 31199);
    private static final AgentOptions WITH_ATTRIBUTES = FIRST.withAttribute("rack", "r1")
            .withAttribute("zone", "z1")
            .withAttribute("num", "3")
            .withAttribute("ports_attr", "[1-5]");

    @TempDir
    Path folder;

    @Test
    void lifecycleOfTasks() throws Exception {
        replay("01_basic_lifecycle", DEFAULTS, WITH_ATTRIBUTES);
    }

    @Test
    void httpErrors() throws Exception {
        replay("02_http_errors", DEFAULTS, WITH_ATTRIBUTES);
    }

    @Test
    void subscribingAgain() throws Exception {
        replay("03_resubscribe", DEFAULTS, WITH_ATTRIBUTES);
    }

    @Test
    void reservationsAndVolumes() throws Exception {
        replay("04_reserve_volume", DEFAULTS, FIRST);
    }

    @Test
    void basicAuthentication() throws Exception {
        MasterOptions options = DEFAULTS.withCredentials(Map.of("sched", "s3cret", "other", "other"));
        replay("09_basic_auth", options, FIRST);
    }

    @Test
    void refusedTasks() throws Exception {
        replay("10_invalid_tasks", DEFAULTS, FIRST);
    }

    @Test
    void offersOfSeveralAgents() throws Exception {
        MasterOptions options = DEFAULTS.withOfferTimeout(Duration.ofSeconds(3));
        replay("17_offers_misc", options, FIRST, SECOND);
    }

    @Test
    void offersOfOneAgentTogether() throws Exception {
        replay("17b_aggregate_offers", DEFAULTS, FIRST);
    }

    @Test
    void plannedMaintenance() throws Exception {
        replay("11_maintenance", DEFAULTS, FIRST);
    }

    @Test
    void agentsLostAndBack() throws Exception {
        try (MesosSimulator mesos = start(DEFAULTS.withAgentPings(Duration.ofSeconds(1), 3), FIRST, SECOND)) {
            SimulatedAgent second = mesos.agents().get(1);
            Replay replay = replayOf("07_agent_lost", mesos)
                    .at(0.634, second::cutOff)
                    .at(12.363, second::reconnect)
                    .at(23.204, second::kill)
                    .at(31.4, second::startAsNewAgent);
            assertThat(replay.run()).isEmpty();
        }
    }

    @Test
    void agentsGoneAndUnregistered() throws Exception {
        try (MesosSimulator mesos = start(DEFAULTS.withAgentPings(Duration.ofSeconds(1), 3), FIRST, SECOND)) {
            Replay replay = replayOf("07b_agent_lost_gone", mesos)
                    .at(0.4, mesos.agents().get(1)::kill)
                    .at(15.521, mesos.agents().get(1)::start)
                    .at(23.24, mesos.agents().get(0)::unregister);
            assertThat(replay.run()).isEmpty();
        }
    }

    @Test
    void masterRestartedBeforeItsAgentIsBack() throws Exception {
        try (MesosSimulator mesos = MesosSimulator.in(folder.resolve("mesos"))
                .masterOptions(DEFAULTS)
                .masterRecovery(Duration.ZERO)
                .agent(FIRST)
                .agent(SECOND)
                .start()) {
            SimulatedAgent second = mesos.agents().get(1);
            Replay replay = replayOf("08b_master_restart_agent_not_back", mesos)
                    .at(0.355, second::cutOff)
                    .at(0.36, () -> mesos.killMaster(0))
                    .at(2, () -> mesos.startMaster(0))
                    .at(12.674, second::reconnect);
            assertThat(replay.run()).isEmpty();
        }
    }

    @Test
    void agentsRestarted() throws Exception {
        AgentOptions.Timing timing = new AgentOptions.Timing(
                Duration.ofMinutes(1),
                Duration.ofSeconds(10),
                Duration.ofSeconds(5),
                Duration.ofSeconds(30),
                Duration.ofMillis(2500),
                Duration.ofSeconds(10));
        MasterOptions options = DEFAULTS.withAgentPings(Duration.ofSeconds(3), 3);
        try (MesosSimulator mesos = start(options, FIRST.withTiming(timing))) {
            SimulatedAgent agent = mesos.agents().getFirst();
            Replay replay = replayOf("06_agent_restart", mesos);
            for (double each : new double[] {1.765, 19.1, 33.6, 50.66, 65.61, 130.72}) {
                replay.at(each, agent::kill);
            }
            for (double each : new double[] {9.39, 24.1, 38.649, 55, 112.82, 136.71}) {
                replay.at(each, agent::start);
            }
            assertThat(replay.run()).isEmpty();
        }
    }

    @Test
    void executorsThatMisbehave() throws Exception {
        AgentOptions.Timing defaults = AgentOptions.Timing.mesosDefaults();
        AgentOptions.Timing timing = new AgentOptions.Timing(
                Duration.ofSeconds(5),
                defaults.executorReregistration(),
                defaults.executorShutdownGrace(),
                defaults.recovery(),
                defaults.recovering(),
                defaults.updateRetry());
        Path done = folder.resolve("done");
        Comparison comparison = new Comparison();
        comparison.learn(
                "/opt/lab/python/versions/3.11.7/bin/py3x /lab/mesos/probe/badexec.py",
                "until [ -e " + done + " ]; do sleep 0.1; done");
        try (MesosSimulator mesos = start(DEFAULTS, FIRST.withTiming(timing))) {
            SimulatedAgent agent = mesos.agents().getFirst();
            int port = Probe.port(mesos.leader());
            Replay executor = new Replay(
                    Transcript.read("18_executor_errors__executor_side"), agent.port(), comparison, mesos::allocate);
            CompletableFuture<List<String>> executorSide = new CompletableFuture<>();
            Replay scheduler = new Replay(Transcript.read("18_executor_errors"), port, comparison, mesos::allocate)
                    .at(
                            0.8,
                            () -> Thread.ofVirtual().name("executor-side").start(() -> {
                                try {
                                    await().until(() -> !agent.containers().isEmpty());
                                    executorSide.complete(executor.run());
                                    Files.createFile(done);
                                } catch (IOException e) {
                                    executorSide.completeExceptionally(e);
                                } catch (InterruptedException e) {
                                    Thread.currentThread().interrupt();
                                }
                            }))
                    .at(
                            19.43,
                            () -> ProcessHandle.of(agent.containers().getLast())
                                    .ifPresent(ProcessHandle::destroyForcibly));
            assertThat(scheduler.run()).isEmpty();
            assertThat(executorSide.get(1, TimeUnit.SECONDS)).isEmpty();
        }
    }

    @Test
    void customExecutors() throws Exception {
        Path files = Files.createDirectory(folder.resolve("www"));
        Files.writeString(files.resolve("plain.txt"), "text");
        Files.writeString(files.resolve("pyexec.py"), "#!/bin/sh");
        shell(files, "echo a > a.txt && tar czf arch.tgz a.txt && echo z > z.txt && zip -q z.zip z.txt");
        HttpServer web = SimpleFileServer.createFileServer(
                new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), files, SimpleFileServer.OutputLevel.NONE);
        web.start();
        try (MesosSimulator mesos = start(DEFAULTS, FIRST)) {
            Replay replay = replayOf("05_custom_executor", mesos)
                    .with(
                            "http://127.0.0.1:8765",
                            "http://127.0.0.1:" + web.getAddress().getPort())
                    .with("/lab/mesos/var/www", files.toString());
            assertThat(replay.run()).isEmpty();
        } finally {
            web.stop(0);
        }
    }

    @Test
    void pipelinedAndChunkedCalls() throws Exception {
        try (MesosSimulator mesos = start(DEFAULTS, FIRST);
                Probe probe = new Probe(mesos.leader(), "")) {
            assertThat(probe.callsInOneWrite()).extracting(Message::start).containsOnly("HTTP/1.1 202 Accepted");
        }
    }

    private static void shell(Path folder, String command) throws Exception {
        Process process = new ProcessBuilder("/bin/sh", "-c", command)
                .directory(folder.toFile())
                .inheritIO()
                .start();
        assertThat(process.waitFor(10, TimeUnit.SECONDS)).isTrue();
        assertThat(process.exitValue()).isZero();
    }

    private void replay(String name, MasterOptions options, AgentOptions... agents) throws Exception {
        try (MesosSimulator mesos = start(options, agents)) {
            assertThat(replayOf(name, mesos).run()).isEmpty();
        }
    }

    private MesosSimulator start(MasterOptions options, AgentOptions... agents) {
        MesosSimulator.Builder builder =
                MesosSimulator.in(folder.resolve("mesos")).masterOptions(options);
        for (AgentOptions each : agents) {
            builder.agent(each);
        }
        return builder.start();
    }

    private static Replay replayOf(String name, MesosSimulator mesos) throws Exception {
        int port = Probe.port(mesos.leader());
        Replay replay = new Replay(Transcript.read(name), port, new Comparison(), mesos::allocate);
        for (int i = 0; i < mesos.agents().size(); i++) {
            replay.with(
                    "/lab/mesos/var/agent" + (i + 1),
                    mesos.agents().get(i).workFolder().toString());
        }
        return replay;
    }
}
