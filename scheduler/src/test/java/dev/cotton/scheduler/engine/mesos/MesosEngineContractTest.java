package dev.cotton.scheduler.engine.mesos;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.cotton.core.model.ClusterName;
import dev.cotton.core.model.InstanceId;
import dev.cotton.core.model.PlacementSpec;
import dev.cotton.core.port.Engine.Disposal;
import dev.cotton.core.port.Engine.InstanceSpec;
import dev.cotton.core.port.Engine.Place;
import dev.cotton.core.port.Engine.Presence;
import dev.cotton.testing.contract.EngineBench;
import dev.cotton.testing.contract.EngineContract;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** The engine for Mesos does what every engine does, with a master and agents that answer as real ones. */
final class MesosEngineContractTest extends EngineContract {
    @Override
    protected EngineBench newBench(int hosts) {
        return new MesosBench(hosts);
    }

    @Test
    void noTwoInstancesOfAClusterAreEverOnOneAgent() {
        MesosBench bench = new MesosBench(2);
        try {
            IntStream.range(0, 3).forEach(ordinal -> bench.engine().apply(ofOneCluster(ordinal)));
            await().until(() -> bench.engine().observe().values().stream()
                    .map(Place::presence)
                    .sorted()
                    .toList()
                    .equals(List.of(Presence.RUNNING, Presence.RUNNING, Presence.WAITING)));
        } finally {
            bench.close();
        }
    }

    private static InstanceSpec ofOneCluster(int ordinal) {
        return new InstanceSpec(
                new InstanceId(new ClusterName("crowd"), ordinal),
                "uid-of-crowd",
                SIZE,
                PlacementSpec.ORDINARY,
                "c2VjcmV0");
    }

    @Test
    void nothingStaysReservedForWhatWasDestroyed() {
        MesosBench bench = new MesosBench(1);
        try {
            bench.engine().apply(spec(0));
            await().until(() -> Optional.ofNullable(bench.engine().observe().get(instance(0)))
                    .filter(place -> place.presence() == Presence.RUNNING)
                    .isPresent());
            assertThat(bench.leftovers()).isNotEmpty();
            bench.engine().release(instance(0), Disposal.DESTROY);
            await().until(() -> bench.leftovers().isEmpty());
        } finally {
            bench.close();
        }
    }
}
