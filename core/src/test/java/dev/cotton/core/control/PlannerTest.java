package dev.cotton.core.control;

import static dev.cotton.core.control.Theatre.MORE;
import static dev.cotton.core.control.Theatre.detached;
import static dev.cotton.core.control.Theatre.holding;
import static dev.cotton.core.control.Theatre.id;
import static dev.cotton.core.control.Theatre.reporting;
import static org.assertj.core.api.Assertions.assertThat;

import dev.cotton.core.control.Assessment.State;
import dev.cotton.core.control.Observation.Sight;
import dev.cotton.core.model.ClusterRecord.Phase;
import dev.cotton.core.model.InstanceId;
import dev.cotton.core.model.Member;
import dev.cotton.core.model.Member.Announced;
import dev.cotton.core.model.Operation;
import dev.cotton.core.model.Operation.Kind;
import dev.cotton.core.model.Operation.Outcome;
import dev.cotton.core.port.Engine.Disposal;
import dev.cotton.core.port.Executors.Heard;
import dev.cotton.core.wire.Lifecycle;
import dev.cotton.core.wire.Role;
import dev.cotton.core.wire.Setup;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;

class PlannerTest {
    private static final Duration LONG = Duration.ofSeconds(10);

    private static Theatre healthy(int instances) {
        return new Theatre(instances).settle();
    }

    @Test
    void threeObedientInstancesBecomeAHealthyCluster() {
        Theatre stage = healthy(3);
        assertThat(stage.assess().state()).isEqualTo(State.HEALTHY);
        assertThat(stage.record.ackCount()).isEqualTo(1);
        assertThat(stage.record.epoch()).isEqualTo(1);
        assertThat(stage.record.members()).extracting(Member::stage).containsOnly(Member.Stage.IN_SYNC);
        assertThat(stage.record.members())
                .extracting(Member::announced)
                .containsExactly(Announced.PRIMARY, Announced.REPLICA, Announced.REPLICA);
        assertThat(stage.record.operations().getLast().outcome()).isEqualTo(Outcome.SUCCEEDED);
        assertThat(stage.planner.effects(stage.record, stage.observe())).isEmpty();
    }

    @Test
    void aReplicaWhoseApplierABackupHasPausedIsWell() {
        Theatre stage = healthy(3);
        stage.tweak(id(1), sight -> reporting(sight, Theatre::notApplying));
        assertThat(stage.assess().state()).isEqualTo(State.DEGRADED);
        stage.tweak(id(1), sight -> reporting(sight, status -> Theatre.copying(Theatre.notApplying(status))));
        assertThat(stage.assess().state()).isEqualTo(State.HEALTHY);
        assertThat(stage.step()).isEmpty();
        assertThat(stage.planner.switchoverTarget(stage.record, stage.observe()))
                .contains(id(2));
    }

    @Test
    void oneInstanceIsHealthyWithoutAcks() {
        Theatre stage = healthy(1);
        assertThat(stage.assess().state()).isEqualTo(State.HEALTHY);
        assertThat(stage.record.ackCount()).isZero();
    }

    @Test
    void theFirstPrimaryIsNotChosenBeforeItConfirmsItsFence() {
        Theatre stage = new Theatre(1);
        stage.tweak(id(0), sight -> reporting(sight, Theatre::unconfirmed));
        stage.settle();
        assertThat(stage.record.primary()).isEmpty();
        stage.obey(id(0));
        stage.settle();
        assertThat(stage.record.primary()).contains(id(0));
    }

    @Test
    void theAckCountIsNotInForceBeforeItsBarrier() {
        Theatre stage = healthy(3);
        stage.record = stage.record.with(change -> change.ackCount(0).ackTarget(1));
        stage.tweak(id(0), sight -> reporting(sight, status -> holding(status, MORE)));
        stage.settle();
        assertThat(stage.record.ackCount()).isZero();
        stage.tweak(id(2), sight -> reporting(sight, status -> holding(status, MORE)));
        stage.settle();
        assertThat(stage.record.ackCount()).isEqualTo(1);
    }

    @Test
    void aDetachedReplicaLeavesOnlyAfterThePrimaryHasConfirmedItsLock() {
        Theatre stage = healthy(3);
        stage.tweak(id(2), sight -> detached(Theatre.silent(sight), LONG));
        stage.tweak(id(0), sight -> reporting(sight, Theatre::unconfirmed));
        assertThat(stage.step()).hasValueSatisfying(why -> assertThat(why).contains("demo-2 has to leave"));
        stage.settle();
        assertThat(stage.member(2).stage()).isEqualTo(Member.Stage.LEAVING);
        Effect assign = effect(stage, 0);
        assertThat(assign)
                .isInstanceOfSatisfying(
                        Effect.Assign.class,
                        effect -> assertThat(effect.role()).isEqualTo(new Role.Primary(1, Set.of(1), false)));
        stage.obey(id(0));
        stage.settle();
        assertThat(stage.member(2).stage()).isEqualTo(Member.Stage.DETACHED);
        assertThat(stage.record.ackCount()).isEqualTo(1);
        assertThat(stage.assess().state()).isEqualTo(State.DEGRADED);
    }

    @Test
    void aLeaveWaitsForItsBarrierOnThoseThatStay() {
        Theatre stage = healthy(3);
        stage.tweak(id(2), sight -> detached(Theatre.silent(sight), LONG));
        stage.tweak(id(0), sight -> reporting(sight, status -> holding(status, MORE)));
        stage.settle();
        assertThat(stage.member(2).stage()).isEqualTo(Member.Stage.LEAVING);
        stage.tweak(id(1), sight -> reporting(sight, status -> holding(status, MORE)));
        stage.settle();
        assertThat(stage.member(2).stage()).isEqualTo(Member.Stage.DETACHED);
    }

    @Test
    void theLastReplicaLeavesAtOnceAndThePrimaryGoesOnAlone() {
        Theatre stage = healthy(2);
        stage.tweak(id(1), sight -> detached(Theatre.silent(sight), LONG));
        stage.settle();
        assertThat(stage.record.ackCount()).isZero();
        assertThat(stage.record.inSync()).extracting(Member::id).containsExactly(id(0));
        assertThat(stage.member(1).announced()).isEqualTo(Announced.NONE);
    }

    @Test
    void nobodyLeavesWhileThePrimaryDoesNotAnswer() {
        Theatre stage = healthy(3);
        stage.tweak(id(0), Theatre::silent);
        stage.tweak(id(1), sight -> detached(sight, LONG));
        stage.settle();
        assertThat(stage.record.inSync()).hasSize(3);
        assertThat(stage.assess().state()).isEqualTo(State.PRIMARY_DOWN);
    }

    @Test
    void aServerThatWasNotHeardYetIsNotCalledDown() {
        Theatre stage = healthy(3);
        String said = stage.record.said();
        for (int unheard = 0; unheard < 3; unheard++) {
            InstanceId id = id(unheard);
            stage.tweak(id, sight -> unheard(sight, Duration.ofMillis(4999)));
            stage.settle();
            assertThat(stage.assess().state()).isEqualTo(State.LOOKING);
            assertThat(stage.assess().why()).contains("listen to " + id);
            assertThat(stage.record.said()).as("no event").isEqualTo(said);
            stage.tweak(id, sight -> unheard(sight, Duration.ofSeconds(5)));
            assertThat(stage.assess().state()).isEqualTo(unheard == 0 ? State.PRIMARY_DOWN : State.DEGRADED);
            stage.obey(id);
        }
        stage.settle();
        assertThat(stage.assess().state()).isEqualTo(State.HEALTHY);
    }

    @Test
    void aPrimaryThatIsKnownToBeDownIsCalledSoAlsoWhenAReplicaWasNotHeardYet() {
        Theatre stage = healthy(3);
        stage.tweak(id(0), Theatre::silent);
        stage.tweak(id(1), sight -> unheard(sight, Duration.ZERO));
        assertThat(stage.assess().state()).isEqualTo(State.PRIMARY_DOWN);
    }

    @Test
    void beforeAnybodyHasLookedNothingIsSaidOfARunningCluster() {
        Theatre stage = healthy(3);
        Observation unseen = Observation.beginning(Instant.EPOCH, stage.record.members());
        assertThat(stage.planner.assess(stage.record, unseen).state()).isEqualTo(State.LOOKING);
        assertThat(stage.planner.next(stage.record, unseen)).isEmpty();
    }

    @Test
    void aReturningReplicaIsInSyncAgain() {
        Theatre stage = healthy(3);
        stage.tweak(id(2), sight -> detached(Theatre.silent(sight), LONG));
        stage.settle();
        stage.obey(id(2));
        stage.settle();
        assertThat(stage.assess().state()).isEqualTo(State.HEALTHY);
    }

    @Test
    void aReplicaWithMoreThanThePrimarySavesItAndGivesUpItsData() {
        Theatre stage = healthy(3);
        stage.tweak(id(2), sight -> detached(Theatre.silent(sight), LONG));
        stage.settle();
        stage.tweak(id(2), sight -> reporting(sight, status -> holding(status, MORE)));
        stage.settle();
        assertThat(stage.member(2).stage()).isEqualTo(Member.Stage.ERRANT);
        assertThat(stage.member(2).errant()).isEqualTo(MORE.minus(Theatre.SOME));
        assertThat(stage.assess().why()).contains("demo-2 saves 10 transactions that nobody else has");
        stage.tweak(
                id(2),
                sight -> reporting(sight, status -> Theatre.withData(status, Optional.empty(), Lifecycle.EMPTY)));
        stage.settle();
        assertThat(stage.member(2).stage()).isEqualTo(Member.Stage.DETACHED);
        assertThat(effects(stage, 2)).anyMatch(effect -> effect instanceof Effect.Prepare);
    }

    @Test
    void aLostReplicaIsReplacedByAnotherInstanceThatIsCloned() {
        Theatre stage = healthy(3);
        stage.tweak(id(2), Theatre::lost);
        stage.tweak(
                id(3),
                sight -> reporting(sight, status -> Theatre.withData(status, Optional.empty(), Lifecycle.EMPTY)));
        stage.settle();
        assertThat(stage.member(2).stage()).isEqualTo(Member.Stage.RETIRING);
        assertThat(stage.member(3).stage()).isEqualTo(Member.Stage.LAUNCHING);
        assertThat(stage.member(3).slot()).isEqualTo(3);
        assertThat(effects(stage, 2))
                .anySatisfy(effect -> assertThat(effect)
                        .isInstanceOfSatisfying(
                                Effect.Release.class,
                                release -> assertThat(release.disposal()).isEqualTo(Disposal.DESTROY)));
        assertThat(effects(stage, 3))
                .anySatisfy(effect -> assertThat(effect)
                        .isInstanceOfSatisfying(
                                Effect.Prepare.class,
                                prepare -> assertThat(prepare.source())
                                        .isInstanceOfSatisfying(
                                                Setup.Clone.class,
                                                clone -> assertThat(clone.donor())
                                                        .isEqualTo(id(1)))));
    }

    @Test
    void anEmptiedPrimaryThatWasAloneIsNeverFilledAgainNorOpened() {
        Theatre stage = healthy(1);
        stage.tweak(
                id(0),
                sight -> reporting(sight, status -> Theatre.withData(status, Optional.empty(), Lifecycle.EMPTY)));
        stage.settle();
        assertThat(stage.assess().state()).isEqualTo(State.BLOCKED);
        assertThat(effects(stage, 0)).noneMatch(effect -> effect instanceof Effect.Prepare);
        assertThat(effects(stage, 0))
                .noneMatch(effect -> effect instanceof Effect.Assign assign && assign.role() instanceof Role.Primary);
    }

    @Test
    void aReplicaWithOtherDataThanTheSetNamesDoesNotCount() {
        Theatre stage = healthy(2);
        stage.tweak(
                id(1),
                sight -> reporting(
                        sight,
                        status -> Theatre.withData(
                                status, Optional.of(Theatre.incarnation(id(1), 2)), Lifecycle.RUNNING)));
        assertThat(stage.step()).hasValueSatisfying(why -> assertThat(why).contains("not those that the set names"));
        stage.settle();
        assertThat(stage.member(1).incarnation()).contains(Theatre.incarnation(id(1), 2));
        assertThat(stage.record.ackCount()).isEqualTo(1);
    }

    @Test
    void aReplicaWhoseHostBootedCountsOnlyWhenItHasCaughtUp() {
        Theatre stage = healthy(3);
        stage.tweak(id(1), sight -> reporting(sight, status -> Theatre.booted(status, "boot-2", false)));
        stage.tweak(id(0), sight -> reporting(sight, status -> holding(status, MORE)));
        stage.settle();
        assertThat(stage.member(1).doubtedBoot()).contains("boot-2");
        assertThat(effects(stage, 1)).noneMatch(effect -> effect instanceof Effect.Clear);
        stage.tweak(id(1), sight -> reporting(sight, status -> holding(Theatre.booted(status, "boot-2", false), MORE)));
        assertThat(effects(stage, 1))
                .anyMatch(effect ->
                        effect instanceof Effect.Clear clear && clear.bootId().equals("boot-2"));
        stage.tweak(id(1), sight -> reporting(sight, status -> holding(Theatre.booted(status, "boot-2", true), MORE)));
        stage.settle();
        assertThat(stage.member(1).doubtedBoot()).isEmpty();
    }

    @Test
    void deletionWithdrawsThenStopsThePrimaryFirst() {
        Theatre stage = healthy(3);
        stage.record = Requests.accept(
                stage.record, Kind.DELETE, new Requests.Asked("op-2", stage.record.createdAt(), Optional.empty()));
        stage.tweak(id(0), sight -> reporting(sight, Theatre::unconfirmed));
        stage.settle();
        assertThat(stage.record.phase()).isEqualTo(Phase.DELETING);
        assertThat(stage.record.members()).extracting(Member::announced).containsOnly(Announced.NONE);
        assertThat(stage.assess().state()).isEqualTo(State.DELETING);
        Operation operation = stage.record.operations().getLast();
        assertThat(operation.steps().getFirst().finishedAt()).isPresent();
    }

    private static Effect effect(Theatre stage, int ordinal) {
        return effects(stage, ordinal).getFirst();
    }

    private static List<Effect> effects(Theatre stage, int ordinal) {
        return stage.planner.effects(stage.record, stage.observe()).stream()
                .filter(effect -> effect.instance().equals(id(ordinal)))
                .toList();
    }

    private static Sight unheard(Sight sight, Duration listened) {
        return new Sight(
                sight.place(),
                Optional.of(new Heard(Optional.empty(), listened, false, "it was not asked yet")),
                sight.detached());
    }
}
