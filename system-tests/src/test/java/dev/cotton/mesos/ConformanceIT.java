package dev.cotton.mesos;

import static org.assertj.core.api.Assertions.assertThat;

import dev.cotton.testing.mesos.AgentOptions;
import dev.cotton.testing.mesos.MasterOptions;
import dev.cotton.testing.mesos.MesosSimulator;
import dev.cotton.testing.mesos.SimulatedAgent;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * The simulator's master answers schedulers as real Mesos did, in the set-up of the laboratory and in the recordings' own
 * time, which passes faster here. What may differ, and what is not replayed: {@link Allowed}.
 */
final class ConformanceIT {
    private static final AgentOptions WITH_ATTRIBUTES = Laboratory.FIRST
            .withAttribute("rack", "r1")
            .withAttribute("zone", "z1")
            .withAttribute("num", "3")
            .withAttribute("ports_attr", "[1-5]");

    @TempDir
    Path folder;

    private Laboratory laboratory() {
        return new Laboratory(folder);
    }

    @Test
    void lifecycleOfTasks() throws Exception {
        try (MesosSimulator mesos = laboratory().start(Laboratory.MASTER, WITH_ATTRIBUTES)) {
            Replay replay = Laboratory.replayOf("01_basic_lifecycle", mesos).ending("task-noack", 30.6);
            assertThat(replay.run()).isEmpty();
        }
    }

    @Test
    void httpErrors() throws Exception {
        laboratory().replay("02_http_errors", Laboratory.MASTER, WITH_ATTRIBUTES);
    }

    @Test
    void subscribingAgain() throws Exception {
        laboratory().replay("03_resubscribe", Laboratory.MASTER, WITH_ATTRIBUTES);
    }

    @Test
    void reservationsAndVolumes() throws Exception {
        laboratory().replay("04_reserve_volume", Laboratory.MASTER, Laboratory.FIRST);
    }

    @Test
    void basicAuthentication() throws Exception {
        MasterOptions options = Laboratory.MASTER.withCredentials(Map.of("sched", "s3cret", "other", "other"));
        laboratory().replay("09_basic_auth", options, Laboratory.FIRST);
    }

    @Test
    void refusedTasks() throws Exception {
        laboratory().replay("10_invalid_tasks", Laboratory.MASTER, Laboratory.FIRST);
    }

    @Test
    void offersOfSeveralAgents() throws Exception {
        MasterOptions options = Laboratory.MASTER.withOfferTimeout(Duration.ofSeconds(3));
        laboratory().replay("17_offers_misc", options, Laboratory.FIRST, Laboratory.SECOND);
    }

    @Test
    void offersOfOneAgentTogether() throws Exception {
        laboratory().replay("17b_aggregate_offers", Laboratory.MASTER, Laboratory.FIRST);
    }

    @Test
    void plannedMaintenance() throws Exception {
        laboratory().replay("11_maintenance", Laboratory.MASTER, Laboratory.FIRST);
    }

    @Test
    void domainsRolesAndStaticReservations() throws Exception {
        AgentOptions here = Laboratory.FIRST
                .withDomain("region-a", "zone-2")
                .withAttribute("rack", "r1")
                .withAttribute("num", "3.5")
                .withAttribute("range", "[1-5, 8-9]")
                .withAttribute("txt", "hello");
        AgentOptions elsewhere =
                Laboratory.SECOND.withDomain("region-b", "zone-9").withAttribute("rack", "r2");
        AgentOptions reserved = Laboratory.FIRST
                .withResources(2, 4096, 10_000)
                .withMore(new AgentOptions.Reserved("cook", 1, 512, 1000));
        try (MesosSimulator mesos =
                laboratory().start(Laboratory.MASTER.withDomain("region-a", "zone-1"), here, elsewhere)) {
            SimulatedAgent first = mesos.agents().get(0);
            Replay replay = Laboratory.replayOf("14_domains_attributes", mesos)
                    .at(28.7, first::kill)
                    .at(28.8, mesos.agents().get(1)::kill)
                    .at(33.46, () -> first.startAsNewAgent(reserved))
                    .at(38, first::kill);
            assertThat(replay.run()).isEmpty();
        }
    }

    @Test
    void disksOfTheirOwn() throws Exception {
        AgentOptions options = AgentOptions.withPorts(31000, 32000)
                .withResources(4, 4096, 5000)
                .withMore(
                        new AgentOptions.PathDisk("/lab/mesos/var/disks/d1", 2048),
                        new AgentOptions.PathDisk("/lab/mesos/var/disks/d2", 1024));
        laboratory().replay("14b_path_disks", Laboratory.MASTER, options);
    }

    @Test
    void frameworkTornDownByAnOperator() throws Exception {
        laboratory().replay("16_operator_api", Laboratory.MASTER, Laboratory.FIRST);
    }

    @Test
    void pipelinedAndChunkedCalls() throws Exception {
        try (MesosSimulator mesos = laboratory().start(Laboratory.MASTER, Laboratory.FIRST);
                Probe probe = new Probe(mesos.leader(), "")) {
            assertThat(probe.callsInOneWrite()).extracting(Message::start).containsOnly("HTTP/1.1 202 Accepted");
        }
    }

    @Test
    void offersNamedTwiceAndUnknownOperations() throws Exception {
        laboratory().replay("10b_checks_and_failures", Laboratory.MASTER, Laboratory.FIRST);
    }

    @Test
    void mediaTypesThatAreAccepted() throws Exception {
        laboratory().replay("15_protobuf_wire", Laboratory.MASTER, Laboratory.FIRST);
    }
}
