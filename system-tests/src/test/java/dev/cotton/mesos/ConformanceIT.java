package dev.cotton.mesos;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.cotton.testing.mesos.AgentOptions;
import dev.cotton.testing.mesos.MasterOptions;
import dev.cotton.testing.mesos.MesosSimulator;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;

/** The simulator answers as real Mesos did, in the set-up of the laboratory. What may differ: {@link Allowed}. */
@Execution(ExecutionMode.CONCURRENT)
final class ConformanceIT {
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
        replay("01_basic_lifecycle", MasterOptions.mesosDefaults(), WITH_ATTRIBUTES);
    }

    @Test
    void httpErrors() throws Exception {
        replay("02_http_errors", MasterOptions.mesosDefaults(), WITH_ATTRIBUTES);
    }

    @Test
    void subscribingAgain() throws Exception {
        replay("03_resubscribe", MasterOptions.mesosDefaults(), WITH_ATTRIBUTES);
    }

    @Test
    void reservationsAndVolumes() throws Exception {
        replay("04_reserve_volume", MasterOptions.mesosDefaults(), FIRST);
    }

    @Test
    void basicAuthentication() throws Exception {
        MasterOptions options = MasterOptions.mesosDefaults()
                .withCredentials(Map.of("sched", "s3cret", "other", "other"));
        replay("09_basic_auth", options, FIRST);
    }

    @Test
    void refusedTasks() throws Exception {
        replay("10_invalid_tasks", MasterOptions.mesosDefaults(), FIRST);
    }

    @Test
    void offersOfSeveralAgents() throws Exception {
        MasterOptions options = MasterOptions.mesosDefaults().withOfferTimeout(Duration.ofSeconds(3));
        replay("17_offers_misc", options, FIRST, SECOND);
    }

    @Test
    void offersOfOneAgentTogether() throws Exception {
        replay("17b_aggregate_offers", MasterOptions.mesosDefaults(), FIRST);
    }

    private void replay(String name, MasterOptions options, AgentOptions... agents) throws Exception {
        try (MesosSimulator mesos = start(options, agents)) {
            assertThat(replayOf(name, mesos).run()).isEmpty();
        }
    }

    private MesosSimulator start(MasterOptions options, AgentOptions... agents) {
        MesosSimulator.Builder builder = MesosSimulator.in(folder).masterOptions(options);
        for (AgentOptions each : agents) {
            builder.agent(each);
        }
        return builder.start();
    }

    /** A replay that starts when the next allocation is as far away as it was when the transcript began. */
    private Replay replayOf(String name, MesosSimulator mesos) throws Exception {
        Transcript transcript = Transcript.read(name);
        int port = Integer.parseInt(mesos.leader().split(":")[1]);
        Replay replay = new Replay(transcript, port);
        for (int i = 0; i < mesos.agents().size(); i++) {
            replay.with("/lab/mesos/var/agent" + (i + 1), mesos.agents().get(i).workFolder().toString());
        }
        if (transcript.allocationPhase().isPresent()) {
            double phase = transcript.allocationPhase().getAsDouble();
            await().pollInterval(Duration.ofMillis(5)).until(() -> Math.abs(mesos.untilAllocation().toMillis() / 1e3 - phase) < 0.02);
        }
        return replay;
    }
}
