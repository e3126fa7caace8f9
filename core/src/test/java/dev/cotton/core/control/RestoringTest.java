package dev.cotton.core.control;

import static dev.cotton.core.control.Theatre.id;
import static org.assertj.core.api.Assertions.assertThat;

import dev.cotton.core.control.Assessment.State;
import dev.cotton.core.model.Durability;
import dev.cotton.core.model.InstanceId;
import dev.cotton.core.model.Operation;
import dev.cotton.core.model.Origin;
import dev.cotton.core.wire.BackupId;
import dev.cotton.core.wire.BackupPlace;
import dev.cotton.core.wire.DataKey;
import dev.cotton.core.wire.Lifecycle;
import dev.cotton.core.wire.Setup;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

/** Clusters that begin with the data of a backup. */
class RestoringTest {
    private static final Origin BACKUP =
            new Origin("file:///b", "demo-u1", "u1", "20300102t030405z", "k1", "sealed", Optional.empty());

    private final Theatre stage = new Theatre(3, Durability.LOSSLESS, Optional.of(BACKUP));

    private Map<InstanceId, Setup.DataSource> sources() {
        return stage.planner.effects(stage.record, stage.observe()).stream()
                .filter(Effect.Prepare.class::isInstance)
                .map(Effect.Prepare.class::cast)
                .collect(Collectors.toMap(Effect.Prepare::instance, Effect.Prepare::source));
    }

    private void empty(int... ordinals) {
        for (int ordinal : ordinals) {
            stage.tweak(
                    id(ordinal),
                    sight -> Theatre.reporting(
                            sight, status -> Theatre.withData(status, Optional.empty(), Lifecycle.EMPTY)));
        }
    }

    @Test
    void oneMemberGetsTheBackupAndTheOthersWait() {
        empty(0, 1, 2);
        BackupPlace place = new BackupPlace("file:///b", "demo-u1", "u1", new BackupId("20300102t030405z"));
        assertThat(sources()).isEqualTo(Map.of(id(0), new Setup.Backup(place, DataKey.sealed("k1", "sealed"))));
    }

    @Test
    void theOthersAreCopiesOfIt() {
        empty(1, 2);
        stage.settle();
        assertThat(stage.record.primary()).contains(id(0));
        assertThat(sources())
                .hasSize(2)
                .allSatisfy((_, source) -> assertThat(source)
                        .isInstanceOfSatisfying(
                                Setup.Clone.class,
                                clone -> assertThat(clone.donor()).isEqualTo(id(0))));
    }

    @Test
    void anotherOneGetsItWhenTheFirstIsNotHeardOf() {
        empty(0, 1, 2);
        stage.tweak(id(0), Theatre::silent);
        assertThat(sources()).containsOnlyKeys(id(1));
    }

    @Test
    void itIsHealthyOnceAllHaveTheData() {
        stage.settle();
        assertThat(stage.assess().state()).isEqualTo(State.HEALTHY);
        assertThat(stage.record.operations().getLast().steps())
                .extracting(Operation.Step::name)
                .isEqualTo(
                        List.of("instances placed", "data restored", "primary takes writes", "every replica in sync"));
    }
}
