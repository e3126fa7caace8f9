package dev.cotton.scheduler.engine.mesos;

import static org.assertj.core.api.Assertions.assertThat;

import dev.cotton.core.mesos.Call;
import dev.cotton.core.mesos.Event;
import dev.cotton.core.mesos.TaskId;
import dev.cotton.core.mesos.TaskState;
import dev.cotton.core.port.Engine.Place;
import dev.cotton.core.port.Engine.Presence;
import dev.cotton.scheduler.engine.mesos.MesosInstance.Goal;
import java.time.Duration;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

final class FleetTest {
    private final AtomicLong clock = new AtomicLong();
    private final AtomicInteger nonces = new AtomicInteger();
    private final Tally tally = new Tally();
    private final Fixtures.Records records = new Fixtures.Records();
    private Fleet fleet;

    @BeforeEach
    void launch() {
        fleet = newFleet(true);
        fleet.want(Fixtures.spec(0));
        offer();
    }

    private Fleet newFleet(boolean volumes) {
        return new Fleet(Fixtures.settings(volumes), records, Fixtures.UNSEALED, tally, clock::get);
    }

    private List<Call> offer() {
        fleet.heard(new Event.Offers(List.of(Fixtures.offer("o" + nonces.get(), 1, Fixtures.plenty()))));
        return fleet.cycle(Fixtures.OWNERSHIP, Fixtures.FRAMEWORK, () -> "nonce-" + nonces.incrementAndGet());
    }

    private void hear(String task, TaskState state) {
        fleet.heard(new Event.Update(Fixtures.status(task, state)));
    }

    private void pass(Duration time) {
        clock.addAndGet(time.toNanos());
    }

    private Presence presence() {
        return Objects.requireNonNull(fleet.places().get(Fixtures.id(0))).presence();
    }

    private MesosInstance stored() {
        return Objects.requireNonNull(records.stored.get("demo-0"));
    }

    @Test
    void persistsTheSeatBeforeTheMasterHearsOfIt() {
        assertThat(stored().seat()).isPresent();
        assertThat(stored().task().orElseThrow().state()).isEqualTo(TaskState.TASK_STAGING);
        assertThat(presence()).isEqualTo(Presence.STARTING);
    }

    @Test
    void runsWhenItsTaskRuns() {
        hear("cotton-demo-0.1", TaskState.TASK_STARTING);
        assertThat(stored().used()).isFalse();
        hear("cotton-demo-0.1", TaskState.TASK_RUNNING);

        assertThat(presence()).isEqualTo(Presence.RUNNING);
        assertThat(stored().used()).isTrue();
    }

    @Test
    void looksForAnotherSeatWhenItNeverBegan() {
        String former = stored().seat().orElseThrow().nonce();
        hear("cotton-demo-0.1", TaskState.TASK_DROPPED);
        pass(Duration.ofSeconds(2));
        offer();

        assertThat(stored().task().orElseThrow().id()).isEqualTo("cotton-demo-0.2");
        assertThat(stored().seat().orElseThrow().nonce()).isNotEqualTo(former);
    }

    @Test
    void doesNotHurryWhatFailsAgainAndAgain() {
        hear("cotton-demo-0.1", TaskState.TASK_DROPPED);
        offer();

        assertThat(stored().task().orElseThrow().id()).isEqualTo("cotton-demo-0.1");
    }

    @Test
    void anUnreachableInstanceIsNotALostOne() {
        hear("cotton-demo-0.1", TaskState.TASK_RUNNING);
        hear("cotton-demo-0.1", TaskState.TASK_UNREACHABLE);
        pass(Duration.ofMinutes(14));
        assertThat(presence()).isEqualTo(Presence.UNREACHABLE);

        pass(Duration.ofMinutes(2));
        assertThat(presence()).isEqualTo(Presence.LOST);

        hear("cotton-demo-0.1", TaskState.TASK_RUNNING);
        assertThat(presence()).isEqualTo(Presence.RUNNING);
    }

    @Test
    void isLostAtOnceWhenAnOperatorGivesItsAgentUp() {
        hear("cotton-demo-0.1", TaskState.TASK_RUNNING);
        hear("cotton-demo-0.1", TaskState.TASK_GONE_BY_OPERATOR);

        assertThat(presence()).isEqualTo(Presence.LOST);
    }

    @Test
    void isLostWhenItsVolumeDoesNotComeBack() {
        hear("cotton-demo-0.1", TaskState.TASK_RUNNING);
        hear("cotton-demo-0.1", TaskState.TASK_FAILED);
        fleet.tick();
        assertThat(presence()).isEqualTo(Presence.STARTING);

        pass(Duration.ofMinutes(11));
        fleet.tick();
        assertThat(presence()).isEqualTo(Presence.LOST);
        assertThat(stored().lost()).contains("has not offered its volume");
    }

    @Test
    void killsAgainUntilTheEndIsHeard() {
        hear("cotton-demo-0.1", TaskState.TASK_RUNNING);
        fleet.end(Fixtures.id(0), Goal.BIN);

        assertThat(kills()).containsExactly(new TaskId("cotton-demo-0.1"));
        assertThat(kills()).isEmpty();
        pass(Duration.ofSeconds(11));
        assertThat(kills()).containsExactly(new TaskId("cotton-demo-0.1"));

        hear("cotton-demo-0.1", TaskState.TASK_KILLED);
        pass(Duration.ofSeconds(11));
        assertThat(kills()).isEmpty();
        assertThat(presence()).isEqualTo(Presence.BINNED);
    }

    private List<TaskId> kills() {
        return fleet.tick().stream()
                .filter(Call.Kill.class::isInstance)
                .map(call -> ((Call.Kill) call).taskId())
                .toList();
    }

    @Test
    void killsATaskThatNoRecordKnowsAfterAWhile() {
        hear("cotton-other-7.1", TaskState.TASK_RUNNING);
        assertThat(kills()).isEmpty();
        pass(Duration.ofSeconds(61));
        assertThat(kills()).containsExactly(new TaskId("cotton-other-7.1"));
    }

    @Test
    void asksUntilEveryTaskIsAnswered() {
        hear("cotton-demo-0.1", TaskState.TASK_RUNNING);
        fleet.subscribed();
        assertThat(questions()).hasSize(1);
        assertThat(questions()).isEmpty();
        pass(Duration.ofSeconds(3));
        assertThat(questions()).hasSize(1);

        hear("cotton-demo-0.1", TaskState.TASK_RUNNING);
        pass(Duration.ofMinutes(2));
        assertThat(questions()).isEmpty();
        pass(Duration.ofMinutes(4));
        assertThat(questions()).hasSize(1);
    }

    private List<Call> questions() {
        return fleet.tick().stream().filter(Call.Reconcile.class::isInstance).toList();
    }

    @Test
    void saysThatNobodyOffersAnythingAfterAMomentWithoutOffers() {
        fleet.want(Fixtures.spec(1));
        fleet.noticeSilence();
        assertThat(place(1).presence()).isEqualTo(Presence.STARTING);
        pass(Duration.ofSeconds(6));
        fleet.noticeSilence();

        assertThat(place(1).presence()).isEqualTo(Presence.WAITING);
        assertThat(place(1).why()).isEqualTo("No agent offers anything to the role cotton now.");
    }

    private Place place(int ordinal) {
        return Objects.requireNonNull(fleet.places().get(Fixtures.id(ordinal)));
    }

    @Test
    void saysWhyItsLastTaskDidNotStart() {
        fleet.heard(
                new Event.Update(Fixtures.status("cotton-demo-0.1", TaskState.TASK_ERROR, "Task uses more resources")));

        pass(Duration.ofSeconds(4));
        fleet.noticeSilence();

        assertThat(place(0).why())
                .isEqualTo("its last task did not start (Task uses more resources); another place is looked for");
    }

    @Test
    void knowsEverythingAgainInAnotherLeadership() {
        hear("cotton-demo-0.1", TaskState.TASK_RUNNING);
        fleet = newFleet(true);

        assertThat(presence()).isEqualTo(Presence.RUNNING);
        hear("cotton-demo-0.1", TaskState.TASK_FAILED);
        pass(Duration.ofSeconds(2));
        assertThat(fleet.wantingRoles()).containsExactly("cotton");
    }

    @Test
    void withoutAVolumeDataEndWithTheirTask() {
        hear("cotton-demo-0.1", TaskState.TASK_RUNNING);
        fleet = newFleet(false);
        hear("cotton-demo-0.1", TaskState.TASK_FAILED);
        fleet.tick();

        assertThat(presence()).isEqualTo(Presence.LOST);
    }

    @Test
    void countsWhatIsLaunchedWaitsIsUnreachableAndEnds() {
        assertThat(tally.figures().tasks().launched()).isEqualTo(1);
        assertThat(fleet.waiting()).isZero();

        hear("cotton-demo-0.1", TaskState.TASK_RUNNING);
        hear("cotton-demo-0.1", TaskState.TASK_UNREACHABLE);
        assertThat(fleet.unreachable()).isEqualTo(1);

        hear("cotton-demo-0.1", TaskState.TASK_RUNNING);
        hear("cotton-demo-0.1", TaskState.TASK_FAILED);
        hear("cotton-demo-0.1", TaskState.TASK_FAILED);
        assertThat(tally.figures().tasks().failed()).isEqualTo(1);
        assertThat(fleet.unreachable()).isZero();
        assertThat(fleet.waiting()).isEqualTo(1);
    }
}
