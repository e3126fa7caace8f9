package dev.cotton.core.control;

import static dev.cotton.core.control.Theatre.MORE;
import static dev.cotton.core.control.Theatre.SOME;
import static dev.cotton.core.control.Theatre.holding;
import static dev.cotton.core.control.Theatre.id;
import static dev.cotton.core.control.Theatre.reporting;
import static org.assertj.core.api.Assertions.assertThat;

import dev.cotton.core.model.Durability;
import dev.cotton.core.model.GtidSet;
import dev.cotton.core.model.Member.Stage;
import dev.cotton.core.wire.Lifecycle;
import dev.cotton.core.wire.Role;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class GivingUpTest {
    private static final String WRITER = "3e11fa47-71ca-11e1-9e33-c80aa9429562";

    /** A primary that has reached {@code MORE}, and a member that has {@code SOME} of it. */
    private static Theatre behind(String uuid) {
        Theatre stage = new Theatre(2);
        stage.tweak(id(0), sight -> reporting(sight, status -> holding(status, MORE)));
        stage.tweak(id(1), sight -> reporting(sight, status -> Theatre.by(holding(status, SOME), uuid)));
        return stage.settle();
    }

    @Test
    void whoHasLostWhatItWroteItselfGivesUpItsData() {
        Theatre stage = behind(WRITER);
        assertThat(stage.member(1).stage()).isEqualTo(Stage.ERRANT);
        assertThat(stage.member(1).errant()).isEqualTo(GtidSet.EMPTY);
        assertThat(Roles.of(new Situation(stage.record, stage.observe()), stage.member(1)))
                .contains(new Role.Emptied(Theatre.incarnation(id(1), 1), GtidSet.EMPTY));
        assertThat(stage.assess().why()).contains("demo-1 gives up its data, which are not whole");
    }

    @Test
    void whoGivesUpItsDataIsGivenNoOtherSetup() {
        Theatre stage = behind(WRITER);
        stage.tweak(
                id(1),
                sight -> reporting(
                        sight, status -> Theatre.by(Theatre.durable(holding(status, SOME), Durability.ASYNC), WRITER)));
        assertThat(stage.planner.effects(stage.record, stage.observe())).noneMatch(Effect.Prepare.class::isInstance);
    }

    @Test
    void whatOthersWroteIsWaitedFor() {
        Theatre stage = behind("8e11fa47-71ca-11e1-9e33-c80aa9429562");
        assertThat(stage.member(1).stage()).isEqualTo(Stage.FOLLOWING);
    }

    @Test
    void whoIsEmptyBeginsAnew() {
        Theatre stage = behind(WRITER);
        stage.tweak(
                id(1),
                sight -> reporting(sight, status -> Theatre.withData(status, Optional.empty(), Lifecycle.EMPTY)));
        assertThat(stage.step()).contains("demo-1 gets a new copy of the data.");
        assertThat(stage.member(1).stage()).isEqualTo(Stage.DETACHED);
    }
}
