package dev.cotton.core.control;

import static dev.cotton.core.control.Theatre.id;
import static org.assertj.core.api.Assertions.assertThat;

import dev.cotton.core.control.Assessment.State;
import dev.cotton.core.control.Observation.Sight;
import dev.cotton.core.model.AutomationPause;
import dev.cotton.core.model.Event;
import dev.cotton.core.model.InstanceId;
import dev.cotton.core.model.Member;
import dev.cotton.core.model.Member.Stage;
import dev.cotton.core.port.Engine.Disposal;
import dev.cotton.core.port.Engine.Place;
import dev.cotton.core.port.Engine.Presence;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Members whose places are to be left. */
class VacatingTest {
    private static final String WHY = "maintenance of h is planned";

    private static Theatre healthy(int instances) {
        Theatre stage = new Theatre(instances).settle();
        assertThat(stage.assess().state()).isEqualTo(State.HEALTHY);
        return stage;
    }

    private static void notice(Theatre stage, int... ordinals) {
        for (int ordinal : ordinals) {
            stage.tweak(id(ordinal), sight -> Theatre.noticed(sight, WHY));
        }
    }

    /** Nothing of it has a place. */
    private static Sight waiting(Sight sight) {
        return new Sight(
                new Place(Presence.WAITING, "", Optional.empty(), "", "None of 2 agents has room."),
                Optional.empty(),
                Duration.ZERO);
    }

    private static List<InstanceId> inSync(Theatre stage) {
        return stage.record.inSync().stream().map(Member::id).toList();
    }

    private static List<Event.Kind> told(Theatre stage, long after) {
        return stage.record.events().stream()
                .filter(event -> event.sequence() > after)
                .map(Event::kind)
                .filter(kind -> kind != Event.Kind.STATE_CHANGED && kind != Event.Kind.ACK_COUNT_CHANGED)
                .filter(kind -> kind != Event.Kind.MEMBER_ANNOUNCED && kind != Event.Kind.MEMBER_WITHDRAWN)
                .toList();
    }

    /** As often as there is something to be done, with time for clients to leave. */
    private static void settle(Theatre stage) {
        for (int steps = 0; next(stage); steps++) {
            assertThat(steps).isLessThan(100);
        }
    }

    private static boolean next(Theatre stage) {
        if (stage.step().isPresent()) {
            return true;
        }
        stage.passes(Vacating.DRAIN.plusSeconds(1));
        return stage.step().isPresent();
    }

    private static long events(Theatre stage) {
        return stage.record.events().getLast().sequence();
    }

    @Test
    void aReplicaGoesWhenAnotherOneIsInSyncElsewhere() {
        Theatre stage = healthy(3);
        long before = events(stage);
        notice(stage, 1);
        settle(stage);

        assertThat(inSync(stage)).containsExactly(id(0), id(2), id(3));
        assertThat(stage.member(1).stage()).isEqualTo(Stage.RETIRING);
        assertThat(stage.record.primary()).contains(id(0));
        assertThat(told(stage, before))
                .containsExactly(
                        Event.Kind.MEMBER_WANTED,
                        Event.Kind.MEMBER_ADMITTED,
                        Event.Kind.MEMBER_IN_SYNC,
                        Event.Kind.MEMBER_LEAVING,
                        Event.Kind.MEMBER_LEFT,
                        Event.Kind.MEMBER_DISMISSED);
        assertThat(stage.planner.effects(stage.record, stage.observe()))
                .anySatisfy(effect -> assertThat(effect).isInstanceOfSatisfying(Effect.Release.class, release -> {
                    assertThat(release.instance()).isEqualTo(id(1));
                    assertThat(release.disposal()).isEqualTo(Disposal.DESTROY);
                }));
    }

    @Test
    void clientsHaveTimeToLeaveIt() {
        Theatre stage = healthy(3);
        notice(stage, 1);
        stage.settle();
        assertThat(stage.member(1).stage()).isEqualTo(Stage.DETACHED);
        assertThat(stage.member(1).announced()).isEqualTo(Member.Announced.NONE);
        stage.passes(Vacating.DRAIN.minusSeconds(1));
        assertThat(stage.step()).isEmpty();
    }

    @Test
    void aPrimaryHandsOverFirst() {
        Theatre stage = healthy(3);
        long before = events(stage);
        notice(stage, 0);
        settle(stage);

        assertThat(stage.record.primary()).isPresent().get().isNotEqualTo(id(0));
        assertThat(stage.record.epoch()).isEqualTo(2);
        assertThat(inSync(stage)).containsExactly(id(1), id(2), id(3));
        assertThat(stage.member(0).stage()).isEqualTo(Stage.RETIRING);
        assertThat(told(stage, before))
                .containsSubsequence(
                        Event.Kind.MEMBER_IN_SYNC,
                        Event.Kind.HANDOVER_BEGUN,
                        Event.Kind.PRIMARY_NAMED,
                        Event.Kind.MEMBER_LEAVING,
                        Event.Kind.MEMBER_LEFT,
                        Event.Kind.MEMBER_DISMISSED);
    }

    @ParameterizedTest
    @CsvSource({"1,0", "2,0", "2,1", "3,0", "3,1", "5,0", "5,4"})
    void neverFewerAreInSyncThanWereAskedFor(int instances, int leaver) {
        Theatre stage = healthy(instances);
        notice(stage, leaver);
        for (int steps = 0; next(stage); steps++) {
            assertThat(steps).isLessThan(100);
            assertThat(stage.record.inSync()).hasSizeGreaterThanOrEqualTo(instances);
            assertThat(stage.record.members()).hasSizeLessThanOrEqualTo(instances + 1);
        }
        assertThat(stage.record.inSync()).hasSize(instances);
        assertThat(inSync(stage)).doesNotContain(id(leaver));
    }

    @Test
    void theyMoveOneByOne() {
        Theatre stage = healthy(3);
        notice(stage, 0, 1, 2);
        for (int steps = 0; next(stage); steps++) {
            assertThat(steps).isLessThan(100);
            assertThat(stage.record.members().stream().filter(member -> member.stage() != Stage.RETIRING))
                    .hasSizeBetween(3, 4);
        }
        assertThat(inSync(stage)).containsExactly(id(3), id(4), id(5));
    }

    @Test
    void whereNothingFitsEverythingStaysAndTheStateSaysWhy() {
        Theatre stage = healthy(3);
        notice(stage, 0);
        stage.tweak(id(3), VacatingTest::waiting);
        settle(stage);

        assertThat(inSync(stage)).containsExactly(id(0), id(1), id(2));
        assertThat(stage.record.primary()).contains(id(0));
        assertThat(stage.assess().state()).isEqualTo(State.DEGRADED);
        assertThat(stage.assess().why()).contains("demo-0 is to be replaced: " + WHY, "None of 2 agents has room.");
    }

    @Test
    void whoMayStayAfterAllStaysAndTheNewOneGoes() {
        Theatre stage = healthy(3);
        notice(stage, 1);
        stage.tweak(id(3), VacatingTest::waiting);
        settle(stage);
        stage.obey(id(1));
        settle(stage);

        assertThat(inSync(stage)).containsExactly(id(0), id(1), id(2));
        assertThat(stage.member(3).stage()).isEqualTo(Stage.RETIRING);
    }

    @Test
    void aNewOneThatIsInSyncAlreadyLeavesTheSetWhenItIsNotNeeded() {
        Theatre stage = healthy(3);
        notice(stage, 1);
        while (inSync(stage).size() < 4) {
            assertThat(stage.step()).isPresent();
        }
        stage.obey(id(1));
        settle(stage);

        assertThat(inSync(stage)).containsExactly(id(0), id(1), id(2));
        assertThat(stage.record.ackCount()).isEqualTo(1);
        assertThat(stage.member(3).stage()).isEqualTo(Stage.RETIRING);
    }

    @Test
    void nobodyGoesWhileAnotherOneIsNotWell() {
        Theatre stage = healthy(3);
        stage.tweak(id(2), Theatre::silent);
        notice(stage, 1);
        settle(stage);

        assertThat(inSync(stage)).contains(id(1), id(2), id(3));
        assertThat(stage.member(1).stage()).isEqualTo(Stage.IN_SYNC);
    }

    @Test
    void whoWasStoppedInItsPlaceIsReplacedAtOnce() {
        Theatre stage = healthy(3);
        stage.tweak(
                id(1),
                sight -> Theatre.noticed(
                        Theatre.detached(Theatre.silent(sight), Duration.ofSeconds(10)), "its agent is drained"));
        settle(stage);

        assertThat(inSync(stage)).containsExactly(id(0), id(2), id(3));
        assertThat(stage.member(1).stage()).isEqualTo(Stage.RETIRING);
    }

    @Test
    void aDetachedOneIsNotDismissedBeforeItIsKnownWhatItHolds() {
        Theatre stage = healthy(3);
        stage.tweak(
                id(1),
                sight -> Theatre.noticed(
                        Theatre.detached(Theatre.reporting(sight, Theatre::unconfirmed), Duration.ofSeconds(10)), WHY));
        stage.tweak(id(0), sight -> Theatre.reporting(sight, Theatre::unconfirmed));
        settle(stage);
        assertThat(stage.record.members()).noneMatch(member -> member.stage() == Stage.RETIRING);
    }

    @Test
    void thePrimaryStaysWhileAutomationIsPaused() {
        Theatre stage = healthy(3);
        stage.record = Requests.pause(
                stage.record,
                Optional.of(new AutomationPause("ann", "a look at the disks", Optional.empty())),
                stage.record.createdAt());
        notice(stage, 0);
        settle(stage);

        assertThat(stage.record.primary()).contains(id(0));
        assertThat(stage.assess().why()).contains("Automation is paused by ann");
    }

    @Test
    void aSwitchoverThatWasNotDoneIsTriedAgainLater() {
        Theatre stage = healthy(3);
        notice(stage, 0);
        while (stage.record.handover().isEmpty()) {
            assertThat(stage.step()).isPresent();
        }
        stage.tweak(id(0), sight -> Theatre.noticed(Theatre.reporting(sight, Theatre::unconfirmed), WHY));
        stage.stands(Duration.ofMinutes(1));
        assertThat(stage.step()).hasValueSatisfying(why -> assertThat(why).contains("was not done"));
        notice(stage, 0);
        stage.stands(Duration.ofMillis(300));
        settle(stage);
        assertThat(stage.record.primary()).contains(id(0));

        stage.passes(Duration.ofMinutes(1));
        settle(stage);
        assertThat(stage.record.primary()).isPresent().get().isNotEqualTo(id(0));
    }
}
