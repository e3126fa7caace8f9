package dev.cotton.core.control;

import static dev.cotton.core.control.Theatre.MORE;
import static dev.cotton.core.control.Theatre.holding;
import static dev.cotton.core.control.Theatre.id;
import static dev.cotton.core.control.Theatre.reporting;
import static org.assertj.core.api.Assertions.assertThat;

import dev.cotton.core.model.Member.Stage;
import org.junit.jupiter.api.Test;

class JoiningTest {
    /** A primary, and a member that has not been heard of. */
    private static Theatre beginning() {
        Theatre stage = new Theatre(2);
        stage.tweak(id(1), Theatre::silent);
        stage.settle();
        assertThat(stage.member(1).stage()).isEqualTo(Stage.LAUNCHING);
        return stage;
    }

    @Test
    void aFreshMemberThatHoldsNothingOfItsOwnIsAdmittedWithItsDataInOneStep() {
        Theatre stage = beginning();
        stage.obey(id(1));
        assertThat(stage.step()).hasValueSatisfying(why -> assertThat(why).contains("demo-1 may follow the primary"));
        assertThat(stage.member(1).stage()).isEqualTo(Stage.FOLLOWING);
        assertThat(stage.member(1).incarnation()).contains(Theatre.incarnation(id(1), 1));
    }

    @Test
    void aFreshMemberWaitsUntilItHasConfirmedItsFence() {
        Theatre stage = beginning();
        stage.tweak(id(1), sight -> reporting(sight, Theatre::unconfirmed));
        stage.settle();
        assertThat(stage.member(1).stage()).isEqualTo(Stage.LAUNCHING);
    }

    @Test
    void aFreshMemberWaitsUntilThePrimaryHasConfirmedThatItIsLockedOut() {
        Theatre stage = beginning();
        stage.tweak(id(0), sight -> reporting(sight, Theatre::unconfirmed));
        stage.obey(id(1));
        stage.settle();
        assertThat(stage.member(1).stage()).isEqualTo(Stage.LAUNCHING);
    }

    @Test
    void aFreshMemberThatHoldsMoreThanThePrimaryIsErrant() {
        Theatre stage = beginning();
        stage.tweak(id(1), sight -> reporting(sight, status -> holding(status, MORE)));
        stage.settle();
        assertThat(stage.member(1).stage()).isEqualTo(Stage.ERRANT);
        assertThat(stage.member(1).errant()).isEqualTo(MORE.minus(Theatre.SOME));
    }
}
