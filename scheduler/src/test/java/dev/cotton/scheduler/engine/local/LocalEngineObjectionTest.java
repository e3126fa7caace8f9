package dev.cotton.scheduler.engine.local;

import static org.assertj.core.api.Assertions.assertThat;

import dev.cotton.core.model.PlacementSpec;
import dev.cotton.core.model.PlacementSpec.DiskType;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** What only a fleet has is refused on one machine, by the field that asks for it. */
final class LocalEngineObjectionTest {
    private final LocalBench bench = new LocalBench(LocalBench.hosts(1));

    @AfterEach
    void closeBench() {
        bench.close();
    }

    private Optional<String> objection(boolean shareHosts, Optional<String> role, DiskType diskType) {
        return bench.engine().objection(new PlacementSpec(shareHosts, role, diskType));
    }

    @Test
    void refusesWholeDisks() {
        assertThat(objection(false, Optional.empty(), DiskType.MOUNT))
                .contains("diskType: databases run on this machine, in its data folder; only a fleet has others.");
    }

    @Test
    void refusesRoles() {
        assertThat(objection(false, Optional.of("web/db"), DiskType.ROOT))
                .contains("role: databases run on this machine; only a fleet has roles.");
    }

    @Test
    void hasNoObjectionToWhatIsOrdinaryNorToSharedHosts() {
        assertThat(bench.engine().objection(PlacementSpec.ORDINARY)).isEmpty();
        assertThat(objection(true, Optional.empty(), DiskType.ROOT)).isEmpty();
    }
}
