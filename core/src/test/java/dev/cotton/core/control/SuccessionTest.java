package dev.cotton.core.control;

import static dev.cotton.core.control.Theatre.MORE;
import static dev.cotton.core.control.Theatre.holding;
import static dev.cotton.core.control.Theatre.id;
import static dev.cotton.core.control.Theatre.reporting;
import static org.assertj.core.api.Assertions.assertThat;

import dev.cotton.core.control.Assessment.State;
import dev.cotton.core.control.Requests.Asked;
import dev.cotton.core.model.AutomationPause;
import dev.cotton.core.model.ClusterRecord;
import dev.cotton.core.model.Durability;
import dev.cotton.core.model.Event;
import dev.cotton.core.model.Member;
import dev.cotton.core.model.Member.Announced;
import dev.cotton.core.model.Member.Stage;
import dev.cotton.core.model.Operation.Kind;
import dev.cotton.core.model.Operation.Outcome;
import dev.cotton.core.model.Succession.Handover;
import dev.cotton.core.model.Succession.Handover.Step;
import dev.cotton.core.wire.Role;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class SuccessionTest {
    private static final Instant NOW = Instant.parse("2026-01-01T00:00:00Z");
    private static final Asked ASKED = new Asked("op-switchover", NOW, Optional.empty());

    private static Theatre healthy(int instances) {
        return new Theatre(instances).settle();
    }

    @Test
    void aDeadPrimaryIsReplacedByAReplicaThatHasAll() {
        Theatre stage = healthy(3);
        stage.tweak(id(0), Theatre::exited);
        stage.settle();
        assertThat(stage.record.primary()).contains(id(1));
        assertThat(stage.record.epoch()).isEqualTo(2);
        assertThat(stage.record.ackCount()).isEqualTo(1);
        assertThat(stage.member(0).stage()).isEqualTo(Stage.DETACHED);
        assertThat(stage.member(0).announced()).isEqualTo(Announced.NONE);
        assertThat(stage.member(1).announced()).isEqualTo(Announced.PRIMARY);
        stage.obey(id(0));
        stage.settle();
        assertThat(stage.record.members()).extracting(Member::stage).containsOnly(Stage.IN_SYNC);
        assertThat(stage.assess().state()).isEqualTo(State.HEALTHY);
    }

    @Test
    void theOldSetStaysInForceUntilThePrimaryIsNamed() {
        Theatre stage = healthy(3);
        ClusterRecord before = stage.record;
        stage.tweak(id(0), Theatre::exited);
        stage.tweak(id(1), sight -> reporting(sight, Theatre::unconfirmed));
        stage.settle();
        assertThat(stage.record.election()).isPresent();
        assertThat(stage.record.primary()).isEqualTo(before.primary());
        assertThat(stage.record.inSync()).hasSize(3);
        assertThat(stage.record.ackCount()).isEqualTo(before.ackCount());
        assertThat(stage.assess().state()).isEqualTo(State.FAILING_OVER);
        for (int ordinal = 0; ordinal < 3; ordinal++) {
            assertThat(Roles.of(new Situation(stage.record, stage.observe()), stage.member(ordinal)))
                    .contains(new Role.Fenced());
        }
    }

    @Test
    void whoHasReceivedTheMostIsChosen() {
        Theatre stage = healthy(3);
        stage.tweak(id(0), Theatre::exited);
        stage.tweak(id(2), sight -> reporting(sight, status -> holding(status, MORE)));
        stage.step();
        stage.step();
        assertThat(stage.record.election().orElseThrow().choice()).contains(id(2));
    }

    /** One answer would do, so others are waited for: one of them may have more. */
    @Test
    void anAsynchronousClusterChoosesTheMostAdvancedOfThoseThatAnswerSoon() {
        Theatre stage = new Theatre(3, Durability.ASYNC).settle();
        stage.tweak(id(0), Theatre::exited);
        stage.tweak(id(2), sight -> reporting(sight, Theatre::unconfirmed));
        stage.settle();
        assertThat(stage.record.election().orElseThrow().choice()).isEmpty();
        stage.tweak(id(2), sight -> reporting(sight, status -> holding(status, MORE)));
        assertThat(stage.step())
                .hasValueSatisfying(why -> assertThat(why)
                        .contains("demo-2", "may be missing", "after " + MORE)
                        .contains("quarantine"));
        assertThat(stage.record.election().orElseThrow().choice()).contains(id(2));
    }

    @Test
    void anAsynchronousClusterDoesNotWaitLongForAReplicaThatSaysNothing() {
        Theatre stage = new Theatre(3, Durability.ASYNC).settle();
        stage.tweak(id(0), Theatre::exited);
        stage.tweak(id(2), Theatre::silent);
        stage.step();
        stage.stands(Duration.ofSeconds(4));
        stage.settle();
        assertThat(stage.record.primary()).contains(id(1));
    }

    @Test
    void thePrimaryIsNotNamedBeforeEnoughHaveReceivedAllThatTheChoiceHas() {
        Theatre stage = healthy(3);
        stage.tweak(id(0), Theatre::exited);
        stage.tweak(id(2), sight -> reporting(sight, status -> holding(status, MORE)));
        stage.settle();
        assertThat(stage.record.election().orElseThrow().choice()).contains(id(2));
        stage.tweak(id(1), sight -> reporting(sight, status -> holding(status, MORE)));
        stage.settle();
        assertThat(stage.record.primary()).contains(id(2));
    }

    @Test
    void anElectionWhoseChoiceIsGoneStartsOverWithoutAnswers() {
        Theatre stage = healthy(3);
        stage.tweak(id(0), Theatre::exited);
        stage.step();
        stage.step();
        assertThat(stage.record.election().orElseThrow().choice()).contains(id(1));
        stage.tweak(id(1), Theatre::exited);
        stage.step();
        assertThat(stage.record.election().orElseThrow().choice()).isEmpty();
        assertThat(stage.record.election().orElseThrow().answered()).isEmpty();
        assertThat(stage.record.events().getLast().kind()).isEqualTo(Event.Kind.ELECTION_RESTARTED);
    }

    @Test
    void aFencedPrimaryAloneIsEnough() {
        Theatre stage = healthy(3);
        stage.tweak(id(0), Theatre::exited);
        stage.step();
        stage.tweak(id(1), Theatre::exited);
        stage.tweak(id(2), Theatre::exited);
        stage.settle();
        assertThat(stage.record.election().orElseThrow().choice()).isEmpty();
        stage.obey(id(0));
        stage.stands(Duration.ofSeconds(4));
        stage.settle();
        assertThat(stage.record.primary()).contains(id(0));
        assertThat(stage.record.epoch()).isEqualTo(2);
    }

    /** Its answer is needed and counts, because its own data are durable; nothing it receives counts before it is sure. */
    @Test
    void aFormerPrimaryWhoseHostHasBootedDoesNotKeepTheNextOneFromBeingNamed() {
        Theatre stage = healthy(3);
        stage.tweak(id(0), Theatre::exited);
        stage.step();
        stage.tweak(id(2), Theatre::silent);
        stage.obey(id(0));
        stage.tweak(id(0), sight -> reporting(sight, status -> Theatre.booted(status, "another-boot", false)));
        stage.settle();
        stage.stands(Duration.ofSeconds(4));
        stage.settle();
        assertThat(stage.record.primary()).contains(id(1));
        assertThat(stage.member(0).stage()).isNotEqualTo(Stage.IN_SYNC);
    }

    @Test
    void withoutEnoughAnswersNobodyIsPromotedAndTheMissingAreNamed() {
        Theatre stage = healthy(3);
        stage.tweak(id(2), Theatre::silent);
        stage.tweak(id(0), Theatre::lost);
        stage.settle();
        assertThat(stage.record.primary()).contains(id(0));
        assertThat(stage.record.succession()).isEmpty();
        assertThat(stage.assess().state()).isEqualTo(State.BLOCKED);
        assertThat(stage.assess().why()).contains("2 of 2 in-sync replicas have to answer", "demo-2 cannot be asked");
    }

    @Test
    void aPersonMayAcceptTheLoss() {
        Theatre stage = healthy(3);
        stage.tweak(id(2), Theatre::silent);
        stage.tweak(id(0), Theatre::lost);
        stage.settle();
        assertThat(stage.planner.failoverObjection(stage.record, stage.observe()))
                .isEmpty();
        assertThat(stage.planner.failoverPlan(stage.record, stage.observe()))
                .anySatisfy(step -> assertThat(step).contains("demo-1 has received the most"));
        stage.record =
                Requests.acceptLoss(stage.record, "A person says so.", new Asked("op-loss", NOW, Optional.empty()));
        stage.step();
        assertThat(stage.record.election().orElseThrow().choice()).isEmpty();
        stage.stands(Duration.ofSeconds(4));
        stage.settle();
        assertThat(stage.record.primary()).contains(id(1));
        assertThat(stage.record.inSync()).extracting(Member::id).doesNotContain(id(0), id(2));
    }

    @Test
    void acceptingALossIsRefusedWhileThePrimaryTakesWrites() {
        Theatre stage = healthy(2);
        assertThat(stage.planner.failoverObjection(stage.record, stage.observe()))
                .hasValueSatisfying(why -> assertThat(why).contains("use a switchover"));
    }

    @Test
    void nothingFailsOverWhileAutomationIsPaused() {
        Theatre stage = healthy(3);
        AutomationPause pause = new AutomationPause("ann", "a repair", Optional.of(NOW.plusSeconds(60)));
        stage.record = Requests.pause(stage.record, Optional.of(pause), NOW);
        stage.tweak(id(0), Theatre::lost);
        stage.settle();
        assertThat(stage.record.primary()).contains(id(0));
        assertThat(stage.assess().why()).contains("paused by ann: a repair");
        stage.passes(Duration.ofSeconds(61));
        stage.settle();
        assertThat(stage.record.primary()).contains(id(1));
    }

    @Test
    void theFourthFailoverInAShortTimeWaitsForAPerson() {
        Theatre stage = healthy(3);
        stage.record = stage.record.with(
                change -> change.addFailover(NOW).addFailover(NOW).addFailover(NOW.minusSeconds(30)));
        stage.tweak(id(0), Theatre::lost);
        stage.settle();
        assertThat(stage.record.primary()).contains(id(0));
        assertThat(stage.assess().why()).contains("Flapping: 3 failovers in 10 minutes");
        stage.record = Requests.acknowledgeFailovers(stage.record, NOW);
        stage.settle();
        assertThat(stage.record.primary()).contains(id(1));
    }

    @Test
    void aHealthyPrimaryHandsOver() {
        Theatre stage = healthy(3);
        assertThat(stage.planner.switchoverObjection(stage.record, stage.observe(), id(2)))
                .isEmpty();
        stage.record = Requests.switchOver(stage.record, id(2), ASKED);
        stage.settle();
        assertThat(stage.record.primary()).contains(id(2));
        assertThat(stage.record.epoch()).isEqualTo(2);
        assertThat(stage.record.members()).extracting(Member::stage).containsOnly(Stage.IN_SYNC);
        assertThat(stage.record.operations().getLast().outcome()).isEqualTo(Outcome.SUCCEEDED);
        assertThat(stage.record.failovers()).isEmpty();
    }

    @Test
    void nothingIsFrozenBeforeAWriteWasAcknowledgedByThoseThatAreLeft() {
        Theatre stage = healthy(3);
        stage.record = Requests.switchOver(stage.record, id(2), ASKED);
        stage.stands(Duration.ofMillis(100));
        stage.settle();
        assertThat(stage.record.handover().map(Handover::step)).contains(Step.PROVING);
        stage.stands(Duration.ofMillis(300));
        stage.settle();
        assertThat(stage.record.primary()).contains(id(2));
    }

    @Test
    void whoDoesNotAcknowledgeYetKeepsAClusterFromBeingHealthyAndCannotTakeOver() {
        Theatre stage = healthy(3);
        stage.tweak(id(2), sight -> reporting(sight, Theatre::notAcknowledging));
        assertThat(stage.assess().state()).isEqualTo(State.DEGRADED);
        assertThat(stage.assess().why()).isEqualTo("demo-2 does not acknowledge commits yet.");
        assertThat(stage.planner.switchoverObjection(stage.record, stage.observe(), id(2)))
                .contains("demo-2 does not acknowledge commits yet.");
    }

    @Test
    void aHandoverThatStandsStillIsUndone() {
        Theatre stage = healthy(3);
        stage.record = Requests.switchOver(stage.record, id(2), ASKED);
        stage.tweak(id(0), sight -> reporting(sight, status -> holding(status, MORE)));
        stage.settle();
        assertThat(stage.record.handover()).isPresent();
        assertThat(stage.assess().state()).isEqualTo(State.SWITCHING_OVER);
        stage.stands(Duration.ofSeconds(6));
        stage.step();
        assertThat(stage.record.succession()).isEmpty();
        assertThat(stage.record.primary()).contains(id(0));
        assertThat(stage.record.operations().getLast().outcome()).isEqualTo(Outcome.FAILED);
        assertThat(stage.record.operations().getLast().why())
                .contains("was not done", "did not receive the last of it");
    }

    @Test
    void aHandoverToWhatIsGoneIsUndoneAtOnce() {
        Theatre stage = healthy(3);
        stage.record = Requests.switchOver(stage.record, id(2), ASKED);
        stage.tweak(id(2), Theatre::exited);
        stage.step();
        assertThat(stage.record.succession()).isEmpty();
        assertThat(stage.record.primary()).contains(id(0));
        assertThat(stage.record.operations().getLast().why())
                .contains("was not done", "its server does not answer any more");
    }

    @Test
    void aPrimaryThatDiesWhileItHandsOverIsReplaced() {
        Theatre stage = healthy(3);
        stage.record = Requests.switchOver(stage.record, id(2), ASKED);
        stage.tweak(id(0), Theatre::exited);
        stage.settle();
        assertThat(stage.record.epoch()).isEqualTo(2);
        assertThat(stage.record.primary()).isNotEqualTo(Optional.of(id(0)));
        assertThat(stage.record.operations().stream()
                        .filter(operation -> operation.kind() == Kind.SWITCHOVER)
                        .findFirst()
                        .orElseThrow()
                        .why())
                .contains("Overtaken by a failover");
    }

    @Test
    void aSwitchoverThatCannotWorkIsRefused() {
        Theatre stage = healthy(3);
        assertThat(stage.planner.switchoverObjection(stage.record, stage.observe(), id(0)))
                .contains("demo-0 is the primary already.");
        stage.tweak(id(1), Theatre::silent);
        assertThat(stage.planner.switchoverObjection(stage.record, stage.observe(), id(1)))
                .isPresent();
        assertThat(stage.planner.switchoverTarget(stage.record, stage.observe()))
                .contains(id(2));
    }
}
