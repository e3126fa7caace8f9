package dev.cotton.scheduler.engine.mesos;

import static org.assertj.core.api.Assertions.assertThat;

import dev.cotton.core.mesos.AgentId;
import dev.cotton.core.mesos.Call;
import dev.cotton.core.mesos.Event;
import dev.cotton.core.mesos.InverseOffer;
import dev.cotton.core.mesos.Nanoseconds;
import dev.cotton.core.mesos.Offer;
import dev.cotton.core.mesos.OfferId;
import dev.cotton.core.mesos.TaskState;
import dev.cotton.core.port.Engine.Place;
import dev.cotton.core.port.Engine.Presence;
import dev.cotton.scheduler.engine.mesos.MesosInstance.Goal;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Agents that are to be left. */
final class MaintenanceTest {
    private static final Duration SOON = Duration.ofHours(1);

    private final AtomicLong clock = new AtomicLong();
    private final AtomicInteger nonces = new AtomicInteger();
    private final Fixtures.Records records = new Fixtures.Records();
    private Fleet fleet;

    @BeforeEach
    void launch() {
        fleet = newFleet();
        fleet.want(Fixtures.spec(0));
        offer(1, Optional.empty());
        hear(TaskState.TASK_RUNNING, Optional.empty());
    }

    private Fleet newFleet() {
        return new Fleet(Fixtures.settings(true), records, Fixtures.UNSEALED, new Tally(), clock::get);
    }

    private void offer(int agent, Optional<Offer.Unavailability> away) {
        fleet.heard(new Event.Offers(
                List.of(Fixtures.offer("o" + nonces.incrementAndGet(), agent, Fixtures.plenty(), away))));
        fleet.cycle(Fixtures.OWNERSHIP, Fixtures.FRAMEWORK, () -> "nonce-" + nonces.incrementAndGet());
    }

    private void hear(TaskState state, Optional<String> reason) {
        fleet.heard(new Event.Update(Fixtures.status("cotton-demo-0.1", state, reason)));
    }

    private static Offer.Unavailability away(Duration ahead) {
        Instant start = Instant.now().plus(ahead);
        return new Offer.Unavailability(
                new Nanoseconds(start.getEpochSecond() * 1_000_000_000L), Optional.of(Nanoseconds.of(SOON)));
    }

    private void ask(String id, Duration ahead) {
        fleet.heard(new Event.InverseOffers(List.of(new InverseOffer(
                new OfferId(id),
                Fixtures.FRAMEWORK,
                Optional.of(new AgentId("agent-1")),
                Optional.empty(),
                away(ahead),
                List.of()))));
    }

    /** What is answered to inverse offers at the next tick. */
    private List<Call> answers() {
        return fleet.tick().stream()
                .filter(call -> call instanceof Call.AcceptInverseOffers || call instanceof Call.DeclineInverseOffers)
                .toList();
    }

    private Place place(int ordinal) {
        return Objects.requireNonNull(fleet.places().get(Fixtures.id(ordinal)));
    }

    private String notice() {
        answers();
        return place(0).notice();
    }

    private void pass(Duration time) {
        clock.addAndGet(time.toNanos());
    }

    @Test
    void whatRunsThereIsToLeaveAndTheQuestionStaysOpenMeanwhile() {
        ask("i1", SOON);

        assertThat(answers()).isEmpty();
        assertThat(place(0).notice()).startsWith("maintenance of its agent begins at ");
        assertThat(place(0).presence()).isEqualTo(Presence.RUNNING);
    }

    @Test
    void theAnswerIsYesWhenNothingRunsThereAnyMore() {
        ask("i1", SOON);
        fleet.end(Fixtures.id(0), Goal.DESTROY);
        assertThat(answers()).isEmpty();

        hear(TaskState.TASK_KILLED, Optional.empty());
        assertThat(answers())
                .singleElement()
                .isInstanceOfSatisfying(
                        Call.AcceptInverseOffers.class,
                        yes -> assertThat(yes.inverseOfferIds()).containsExactly(new OfferId("i1")));
        assertThat(answers()).isEmpty();
    }

    @Test
    void theAnswerIsNoWhileThereIsNowhereToGo() {
        ask("i1", SOON);
        answers();
        fleet.want(Fixtures.spec(1));
        offer(1, Optional.of(away(SOON)));

        assertThat(place(1).presence()).isEqualTo(Presence.WAITING);
        assertThat(place(1).why()).contains("1 has maintenance ahead");
        assertThat(answers()).isEmpty();
        pass(Duration.ofSeconds(6));
        assertThat(answers())
                .singleElement()
                .isInstanceOfSatisfying(
                        Call.DeclineInverseOffers.class,
                        no -> assertThat(no.inverseOfferIds()).containsExactly(new OfferId("i1")));
        ask("i2", SOON);
        offer(2, Optional.empty());
        assertThat(answers()).isEmpty();
        assertThat(place(1).host()).isEqualTo("host-2");
    }

    @Test
    void aMaintenanceThatIsFarAwayIsLeftForLater() {
        ask("i1", Maintenance.AHEAD.plus(SOON));

        assertThat(answers()).isEmpty();
        assertThat(notice()).isEmpty();
    }

    @Test
    void anOfferThatSaysNothingOfItEndsIt() {
        ask("i1", SOON);
        assertThat(notice()).isNotEmpty();
        offer(1, Optional.of(away(SOON)));
        assertThat(notice()).isNotEmpty();
        offer(1, Optional.empty());
        assertThat(notice()).isEmpty();
    }

    @Test
    void anInverseOfferThatIsTakenBackEndsItUnlessAnotherOneFollows() {
        ask("i1", SOON);
        fleet.heard(new Event.RescindInverseOffer(new OfferId("i1")));
        ask("i2", SOON);
        pass(Duration.ofMinutes(2));
        assertThat(notice()).isNotEmpty();

        fleet.heard(new Event.RescindInverseOffer(new OfferId("i2")));
        pass(Duration.ofSeconds(30));
        assertThat(notice()).isNotEmpty();
        pass(Duration.ofMinutes(1));
        assertThat(notice()).isEmpty();
    }

    @Test
    void anotherLeadershipKnowsItUntilTheMasterHasHadTimeToSayIt() {
        ask("i1", SOON);
        answers();
        fleet = newFleet();
        pass(Duration.ofHours(1));
        assertThat(notice()).isNotEmpty();

        fleet.subscribed();
        pass(Duration.ofSeconds(30));
        assertThat(notice()).isNotEmpty();
        pass(Duration.ofMinutes(1));
        assertThat(notice()).isEmpty();
    }

    @Test
    void whatIsStoppedBecauseItsAgentIsDrainedIsToLeaveUntilTheAgentIsInUseAgain() {
        hear(TaskState.TASK_KILLED, Optional.of("REASON_AGENT_DRAINING"));
        assertThat(notice()).isEqualTo("its agent is drained");
        fleet = newFleet();
        fleet.subscribed();
        pass(Duration.ofMinutes(5));
        assertThat(notice()).isNotEmpty();

        offer(1, Optional.empty());
        assertThat(notice()).isEmpty();
    }

    @Test
    void whatIsStoppedForAnotherReasonIsNotToLeave() {
        hear(TaskState.TASK_KILLED, Optional.of("REASON_EXECUTOR_TERMINATED"));
        assertThat(notice()).isEmpty();
    }
}
