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
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Base64;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * The simulator's agents come, go and treat executors as real ones did, in the recordings' own time, which passes faster
 * here. What may differ, and what is not replayed: {@link Allowed}.
 */
final class AgentConformanceIT {
    @TempDir
    Path folder;

    private Laboratory laboratory() {
        return new Laboratory(folder);
    }

    @Test
    void agentsLostAndBack() throws Exception {
        try (MesosSimulator mesos = laboratory()
                .start(
                        Laboratory.MASTER.withAgentPings(Duration.ofSeconds(1), 3),
                        Laboratory.FIRST,
                        Laboratory.SECOND)) {
            SimulatedAgent second = mesos.agents().get(1);
            Replay replay = Laboratory.replayOf("07_agent_lost", mesos)
                    .at(0.634, second::cutOff)
                    .at(12.363, second::reconnect)
                    .at(23.204, second::kill)
                    .at(31.4, second::startAsNewAgent);
            assertThat(replay.run()).isEmpty();
        }
    }

    @Test
    void agentsGoneAndUnregistered() throws Exception {
        try (MesosSimulator mesos = laboratory()
                .start(
                        Laboratory.MASTER.withAgentPings(Duration.ofSeconds(1), 3),
                        Laboratory.FIRST,
                        Laboratory.SECOND)) {
            Replay replay = Laboratory.replayOf("07b_agent_lost_gone", mesos)
                    .at(0.4, mesos.agents().get(1)::kill)
                    .at(15.521, mesos.agents().get(1)::start)
                    .at(23.24, mesos.agents().get(0)::unregister);
            assertThat(replay.run()).isEmpty();
        }
    }

    @Test
    void masterRestartedBeforeItsAgentIsBack() throws Exception {
        try (MesosSimulator mesos = laboratory()
                .simulator()
                .masterRecovery(Duration.ZERO)
                .agent(Laboratory.FIRST)
                .agent(Laboratory.SECOND)
                .start()) {
            SimulatedAgent second = mesos.agents().get(1);
            Replay replay = Laboratory.replayOf("08b_master_restart_agent_not_back", mesos)
                    .ending("mr-2", 8.5)
                    .at(0.355, second::cutOff)
                    .at(0.36, () -> mesos.killMaster(0))
                    .at(2, () -> mesos.startMaster(0))
                    .at(12.674, second::reconnect);
            assertThat(replay.run()).isEmpty();
        }
    }

    @Test
    void anotherMasterElected() throws Exception {
        try (MesosSimulator mesos = laboratory()
                .simulator()
                .masters(2)
                .election(Duration.ofSeconds(7))
                .agent(Laboratory.FIRST)
                .start()) {
            Map<Integer, Integer> ports = Map.of(
                    5050, Probe.port(mesos.masters().get(0)),
                    5040, Probe.port(mesos.masters().get(1)));
            Replay replay = new Replay(mesos)
                    .of(Transcript.read("08_zk_failover"), 0, ports)
                    .with("//127.0.0.1:5050", "//127.0.0.1:" + ports.get(5050))
                    .at(3.74, () -> mesos.killMaster(0))
                    .at(90.8, () -> mesos.killMaster(1));
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
                Duration.ofMillis(1600),
                Duration.ofSeconds(10));
        MasterOptions options = Laboratory.MASTER.withAgentPings(Duration.ofSeconds(3), 3);
        Path first = folder.resolve("first");
        Path third = folder.resolve("third");
        try (MesosSimulator mesos = laboratory().start(options, Laboratory.FIRST.withTiming(timing))) {
            SimulatedAgent agent = mesos.agents().getFirst();
            Replay replay = Laboratory.replayOf("06_agent_restart", mesos)
                    .asking("c2xlZXAgMTU=", until(first))
                    .asking("c2xlZXAgNA==", until(third))
                    .at(15.503, () -> Files.createFile(first))
                    .at(21.9, () -> {
                        Files.createFile(third);
                        awaitText(agent, "sent again later");
                    })
                    .at(95.77, () -> giveUp(agent));
            for (double each : new double[] {1.765, 19.1, 33.6, 50.66, 65.61, 130.72}) {
                replay.at(each, agent::kill);
            }
            for (double each : new double[] {9.39, 24.1, 38.649, 55, 112.82, 136.71}) {
                replay.at(each, agent::start);
            }
            assertThat(replay.run()).isEmpty();
        }
    }

    /** The data of a task that runs until there is a file. */
    private static String until(Path file) {
        String command = "until [ -e '" + file + "' ]; do sleep 0.05; done";
        return Base64.getEncoder().encodeToString(command.getBytes(StandardCharsets.UTF_8));
    }

    private static void awaitText(SimulatedAgent agent, String text) {
        await().until(() -> {
            for (Path each : agent.sandboxes()) {
                if (Files.readString(each.resolve("stdout")).contains(text)) {
                    return true;
                }
            }
            return false;
        });
    }

    /** The executors have waited for their agent as long as they were told, and exit. */
    private static void giveUp(SimulatedAgent agent) {
        agent.containers().forEach(each -> ProcessHandle.of(each).ifPresent(ProcessHandle::destroyForcibly));
        await().until(() -> agent.containers().isEmpty());
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
        try (MesosSimulator mesos = laboratory().start(Laboratory.MASTER, Laboratory.FIRST.withTiming(timing))) {
            SimulatedAgent agent = mesos.agents().getFirst();
            Replay replay = Laboratory.replayOf("18_executor_errors", mesos)
                    .of(Transcript.read("18_executor_errors__executor_side"), 0.235, Map.of(5051, agent.port()))
                    .with(
                            "/opt/lab/python/versions/3.11.7/bin/py3x /lab/mesos/probe/badexec.py",
                            "until [ -e " + done + " ]; do sleep 0.1; done")
                    .at(0.23, () -> awaitContainer(mesos))
                    .at(4.96, () -> Files.createFile(done))
                    .at(17.09, () -> await().until(() -> ignoresTermination(agent)))
                    .at(
                            19.43,
                            () -> ProcessHandle.of(agent.containers().getLast())
                                    .ifPresent(ProcessHandle::destroyForcibly));
            assertThat(replay.run()).isEmpty();
        }
    }

    /** Whether the process that was started last ignores SIGTERM by now. */
    private static boolean ignoresTermination(SimulatedAgent agent) throws IOException {
        long pid = agent.containers().getLast();
        String ignored = Files.readAllLines(Path.of("/proc/" + pid + "/status")).stream()
                .filter(each -> each.startsWith("SigIgn:"))
                .findFirst()
                .orElseThrow();
        return (Long.parseUnsignedLong(ignored.split("\\s+", -1)[1], 16) & (1L << 14)) != 0;
    }

    private static void awaitContainer(MesosSimulator mesos) {
        await().until(() -> {
            mesos.elapse(Duration.ofMillis(10));
            return !mesos.agents().getFirst().containers().isEmpty();
        });
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
        try (MesosSimulator mesos = laboratory().start(Laboratory.MASTER, Laboratory.FIRST)) {
            Replay replay = Laboratory.replayOf("05_custom_executor", mesos)
                    .with(
                            "http://127.0.0.1:8765",
                            "http://127.0.0.1:" + web.getAddress().getPort())
                    .with("/lab/mesos/var/www", files.toString());
            assertThat(replay.run()).isEmpty();
        } finally {
            web.stop(0);
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
}
