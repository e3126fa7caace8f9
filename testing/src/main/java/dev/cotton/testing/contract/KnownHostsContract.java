package dev.cotton.testing.contract;

import static org.assertj.core.api.Assertions.assertThat;

import dev.cotton.core.model.ClusterName;
import dev.cotton.core.model.DataSize;
import dev.cotton.core.model.InstanceId;
import dev.cotton.core.model.PlacementSpec;
import dev.cotton.core.model.Resources;
import dev.cotton.core.port.Engine.Disposal;
import dev.cotton.core.port.Engine.InstanceSpec;
import dev.cotton.core.port.Engine.Place;
import dev.cotton.core.port.Engine.Presence;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/**
 * The behaviour of an engine that is told all of its hosts, and that puts several instances of a cluster on one when there
 * are more of them than hosts.
 */
public abstract class KnownHostsContract extends EngineContract {

    private static InstanceSpec ofOneCluster(int ordinal) {
        return new InstanceSpec(
                new InstanceId(new ClusterName("crowd"), ordinal),
                "uid-of-crowd",
                SIZE,
                PlacementSpec.ORDINARY,
                "c2VjcmV0");
    }

    @Test
    void moreInstancesThanHostsAreSpreadEvenly() {
        assertThat(Stream.of(0, 1).map(each -> run(ofOneCluster(each))).map(Place::host))
                .containsExactlyInAnyOrder("h1", "h2");
        assertThat(Stream.of(2, 3).map(each -> run(ofOneCluster(each))).map(Place::host))
                .containsExactlyInAnyOrder("h1", "h2");
    }

    @Test
    void whatWaitsSaysWhatIsShortOnEachHost() {
        IntStream.range(0, 2 * INSTANCES_ON_A_HOST).forEach(this::run);
        engine().apply(spec(8));
        assertThat(awaitPresence(8, Presence.WAITING).why()).contains("h1", "h2", "mem");
    }

    @Test
    void shortageNamesTheResourceThatIsShort() {
        assertThat(engine().shortage(SIZE, PlacementSpec.ORDINARY, 2 * INSTANCES_ON_A_HOST))
                .isEmpty();
        assertThat(engine().shortage(SIZE, PlacementSpec.ORDINARY, 2 * INSTANCES_ON_A_HOST + 1)
                        .orElse(""))
                .contains("mem");
        assertThat(engine().shortage(
                                new Resources(0.5, SIZE.mem(), DataSize.ofMegabytes(200L << 10)),
                                PlacementSpec.ORDINARY,
                                1)
                        .orElse(""))
                .contains("disk");
        assertThat(engine().shortage(new Resources(5, SIZE.mem(), SIZE.disk()), PlacementSpec.ORDINARY, 1)
                        .orElse(""))
                .contains("cpus");
    }

    @Test
    void capacityIsThatOfAllHosts() {
        assertThat(engine().capacity().mem()).isEqualTo(DataSize.ofMegabytes(4096));
        run(0);
        run(1);
        assertThat(engine().capacity().mem()).isEqualTo(DataSize.ofMegabytes(4096));
    }

    @Test
    void theBinHoldsDiskOnly() {
        run(0);
        run(1);
        engine().release(instance(0), Disposal.KEEP);
        awaitPresence(0, Presence.BINNED);
        assertThat(engine().capacity().memUsed()).isEqualTo(DataSize.ofMegabytes(512));
        assertThat(engine().capacity().diskUsed()).isEqualTo(DataSize.ofMegabytes(2048));
    }
}
