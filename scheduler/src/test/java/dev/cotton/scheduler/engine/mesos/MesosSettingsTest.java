package dev.cotton.scheduler.engine.mesos;

import static org.assertj.core.api.Assertions.assertThat;

import dev.cotton.core.model.PlacementSpec;
import dev.cotton.core.model.PlacementSpec.DiskType;
import java.util.Optional;
import org.junit.jupiter.api.Test;

final class MesosSettingsTest {
    private static final PlacementSpec EVERYBODY = new PlacementSpec(false, Optional.of("*"), DiskType.ROOT);
    private static final PlacementSpec WHOLE_DISK = new PlacementSpec(true, Optional.of("web/db"), DiskType.MOUNT);

    @Test
    void refusesEverybodysRoleUnlessNothingIsReserved() {
        assertThat(Fixtures.settings(true).objection(EVERYBODY))
                .contains("role: Mesos cannot reserve resources for the role '*', and without reservations no data"
                        + " outlive a task. Give another role, or --no-persistent-volumes.");
        assertThat(Fixtures.settings(false).objection(EVERYBODY)).isEmpty();
    }

    @Test
    void refusesWholeDisksWithoutVolumes() {
        assertThat(Fixtures.settings(false).objection(WHOLE_DISK).orElse("")).startsWith("diskType: ");
        assertThat(Fixtures.settings(true).objection(WHOLE_DISK)).isEmpty();
    }

    @Test
    void hasNoObjectionToWhatIsOrdinary() {
        assertThat(Fixtures.settings(true).objection(PlacementSpec.ORDINARY)).isEmpty();
        assertThat(Fixtures.settings(false).objection(PlacementSpec.ORDINARY)).isEmpty();
    }
}
