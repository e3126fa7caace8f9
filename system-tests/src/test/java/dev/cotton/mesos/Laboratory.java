package dev.cotton.mesos;

import static org.assertj.core.api.Assertions.assertThat;

import dev.cotton.testing.mesos.AgentOptions;
import dev.cotton.testing.mesos.MasterOptions;
import dev.cotton.testing.mesos.MesosSimulator;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;

/** The set-up in which real Mesos was recorded, played by the simulator in {@code folder}. */
record Laboratory(Path folder) {
    /** Mesos' defaults, but for allocations: the replay asks for them where the transcript has them. */
    static final MasterOptions MASTER = MasterOptions.mesosDefaults().withAllocationInterval(Duration.ofHours(1));

    static final AgentOptions FIRST = AgentOptions.withPorts(31000, 31099);
    static final AgentOptions SECOND = AgentOptions.withPorts(31100, 31199);

    /** With the usual master and no agent yet, in a time that stands still unless it is moved. */
    MesosSimulator.Builder simulator() {
        return MesosSimulator.in(folder.resolve("mesos")).steppedTime().masterOptions(MASTER);
    }

    MesosSimulator start(MasterOptions options, AgentOptions... agents) {
        MesosSimulator.Builder builder = simulator().masterOptions(options);
        for (AgentOptions each : agents) {
            builder.agent(each);
        }
        return builder.start();
    }

    /** Replays a whole transcript; nothing may differ. */
    void replay(String name, MasterOptions options, AgentOptions... agents) throws Exception {
        try (MesosSimulator mesos = start(options, agents)) {
            assertThat(replayOf(name, mesos).run()).isEmpty();
        }
    }

    /** A replay against the leading master. */
    static Replay replayOf(String name, MesosSimulator mesos) throws Exception {
        int port = Probe.port(mesos.leader());
        Replay replay = new Replay(mesos)
                .of(Transcript.read(name), 0, Map.of(5050, port))
                .with("//127.0.0.1:5050", "//127.0.0.1:" + port);
        for (int i = 0; i < mesos.agents().size(); i++) {
            replay.with(
                    "/lab/mesos/var/agent" + (i + 1),
                    mesos.agents().get(i).workFolder().toString());
        }
        return replay;
    }
}
