package dev.cotton.scheduler.engine.mesos;

import static dev.cotton.scheduler.engine.mesos.Cycles.accept;
import static dev.cotton.scheduler.engine.mesos.Cycles.all;
import static dev.cotton.scheduler.engine.mesos.Cycles.cycle;
import static dev.cotton.scheduler.engine.mesos.Cycles.free;
import static dev.cotton.scheduler.engine.mesos.Cycles.operation;
import static dev.cotton.scheduler.engine.mesos.Cycles.task;
import static org.assertj.core.api.Assertions.assertThat;

import dev.cotton.core.mesos.Call;
import dev.cotton.core.mesos.Offer;
import dev.cotton.core.mesos.Operation;
import dev.cotton.core.mesos.Resource;
import dev.cotton.core.mesos.TaskInfo;
import dev.cotton.core.mesos.TaskState;
import dev.cotton.core.model.InstanceId;
import dev.cotton.scheduler.engine.mesos.MesosInstance.Goal;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;

final class OfferCycleTest {
    private static final MesosInstance WANTED = MesosInstance.wanted(Fixtures.id(0), Fixtures.terms(1), "sealed");

    /** An instance whose task began and ended, and what its agent offers of it. */
    private static MesosInstance ended() {
        return cycle(free(1), WANTED)
                .changed()
                .getFirst()
                .heard(TaskState.TASK_RUNNING, "")
                .heard(TaskState.TASK_FAILED, "it was killed");
    }

    private static List<Resource> own() {
        return all(task(cycle(free(1), WANTED)));
    }

    @Test
    void reservesCreatesAndLaunchesInOneAnswer() {
        OfferCycle.Outcome outcome = cycle(free(1), WANTED);

        assertThat(accept(outcome).operations())
                .extracting(Operation::type)
                .containsExactly(Operation.Type.RESERVE, Operation.Type.CREATE, Operation.Type.LAUNCH);
        assertThat(outcome.changed()).singleElement().satisfies(seated -> {
            assertThat(seated.seat().orElseThrow().nonce()).isEqualTo("nonce-1");
            assertThat(seated.task().orElseThrow().id()).isEqualTo("cotton-demo-0.1");
            assertThat(seated.live()).isTrue();
        });
    }

    @Test
    void launchesOnExactlyWhatItReserves() {
        OfferCycle.Outcome outcome = cycle(free(1), WANTED);
        List<Resource> reserved = operation(outcome, Operation.Reserve.class).resources();

        for (String name : List.of("cpus", "mem", "disk")) {
            assertThat(Pile.sum(all(task(outcome)), name)).isEqualTo(Pile.sum(reserved, name));
        }
        assertThat(Pile.sum(reserved, "mem")).isEqualTo(512);
        assertThat(Pile.sum(reserved, "cpus")).isEqualTo(1);
        assertThat(all(task(outcome)))
                .allSatisfy(resource ->
                        assertThat(Fixtures.OWNERSHIP.nonce(resource)).contains("nonce-1"));
        assertThat(operation(outcome, Operation.Create.class).volumes())
                .isEqualTo(List.of(Launching.volume(all(task(outcome))).orElseThrow()));
    }

    @Test
    void showsNoSecretInWhatMasterAndAgentShow() {
        TaskInfo task = task(cycle(free(1), WANTED));

        assertThat(task.toString()).doesNotContain("token");
        assertThat(task.executor().orElseThrow().toString()).doesNotContain("token");
    }

    @Test
    void packsSeveralInstancesIntoOneAnswerForEachAgent() {
        MesosInstance other = MesosInstance.wanted(InstanceId.parse("other-0"), Fixtures.terms(2), "sealed");

        OfferCycle.Outcome outcome = cycle(free(1), WANTED, other);

        assertThat(outcome.calls()).hasSize(1);
        assertThat(accept(outcome).operations())
                .filteredOn(operation -> operation.type() == Operation.Type.LAUNCH)
                .hasSize(2);
        assertThat(outcome.changed())
                .flatExtracting(
                        seated -> Launching.numbers(seated.seat().orElseThrow().ports()))
                .doesNotHaveDuplicates();
    }

    @Test
    void goesBackToItsVolume() {
        OfferCycle.Outcome outcome = cycle(List.of(Fixtures.offer("o2", 1, own())), ended());

        assertThat(accept(outcome).operations()).extracting(Operation::type).containsExactly(Operation.Type.LAUNCH);
        assertThat(task(outcome).taskId().value()).isEqualTo("cotton-demo-0.2");
        assertThat(outcome.changed().getFirst().seat()).isEqualTo(ended().seat());
        assertThat(Launching.volume(all(task(outcome)))).isPresent();
    }

    @Test
    void takesNoOtherSeatWhileItsVolumeIsAway() {
        OfferCycle.Outcome outcome = cycle(free(2), ended());

        assertThat(outcome.changed()).isEmpty();
        assertThat(outcome.calls()).singleElement().isInstanceOf(Call.Decline.class);
    }

    @Test
    void isLostWhenItsVolumeIsDestroyed() {
        List<Resource> without = own().stream().map(Resource::withoutVolume).toList();

        OfferCycle.Outcome outcome = cycle(List.of(Fixtures.offer("o2", 1, without)), ended());

        assertThat(outcome.changed())
                .singleElement()
                .satisfies(lost -> assertThat(lost.lost()).contains("its volume is gone"));
    }

    @Test
    void givesBackWhatNoRecordKnows() {
        OfferCycle.Outcome outcome = cycle(List.of(Fixtures.offer("o2", 1, own())));

        assertThat(accept(outcome).operations())
                .extracting(Operation::type)
                .containsExactly(Operation.Type.DESTROY, Operation.Type.UNRESERVE);
        assertThat(operation(outcome, Operation.Unreserve.class).resources())
                .allSatisfy(resource -> assertThat(resource.disk()).isEmpty());
    }

    @Test
    void goesBackToItsVolumeWhenTheMachineComesBackAsAnotherAgent() {
        OfferCycle.Outcome outcome = cycle(List.of(Fixtures.offer("o2", 7, own())), ended());

        assertThat(accept(outcome).operations()).extracting(Operation::type).containsExactly(Operation.Type.LAUNCH);
        assertThat(task(outcome).agentId().value()).isEqualTo("agent-7");
        assertThat(outcome.changed().getFirst().seat().orElseThrow().agent().id())
                .isEqualTo("agent-7");
    }

    @Test
    void isNotLostAnyMoreWhenItsVolumeIsOfferedAfterAll() {
        OfferCycle.Outcome outcome = cycle(List.of(Fixtures.offer("o2", 1, own())), ended().lost("not offered"));

        assertThat(outcome.changed()).singleElement().matches(instance -> !instance.isLost());
        assertThat(OfferCycle.waitsForOffers(ended().lost("not offered"))).isTrue();
    }

    @Test
    void leavesAloneWhatOtherRecordsReserved() {
        Launching others = new Launching(
                Fixtures.settings(true), new Ownership(Fixtures.OWNERSHIP.principal(), "state-2"), Fixtures.FRAMEWORK);

        OfferCycle.Outcome outcome = OfferCycle.of(new OfferCycle.Given(
                List.of(Fixtures.offer("o2", 1, own())), List.of(), Map.of(), others, () -> "n", Set.of()));

        assertThat(outcome.calls()).singleElement().isInstanceOf(Call.Decline.class);
    }

    @Test
    void keepsTheVolumeOfABinnedInstanceAndDestroysThatOfAPurgedOne() {
        List<Offer> offers = List.of(Fixtures.offer("o2", 1, own()));

        assertThat(cycle(offers, ended().withGoal(Goal.BIN)).calls())
                .singleElement()
                .isInstanceOf(Call.Decline.class);
        assertThat(accept(cycle(offers, ended().withGoal(Goal.DESTROY))).operations())
                .extracting(Operation::type)
                .containsExactly(Operation.Type.DESTROY, Operation.Type.UNRESERVE);
    }

    @Test
    void takesNoNewSeatForWhatIsBeingEnded() {
        assertThat(cycle(free(1), WANTED.withGoal(Goal.DESTROY)).changed()).isEmpty();
    }

    @Test
    void saysWhyNothingFits() {
        List<Resource> little = Fixtures.plenty().stream()
                .map(resource -> resource.name().equals("mem") ? resource.withScalar(300) : resource)
                .toList();

        assertThat(cycle(List.of(Fixtures.offer("o1", 1, little)), WANTED).shortages())
                .hasEntrySatisfying(Fixtures.id(0), why -> assertThat(why).contains("less than 512mb memory"));
    }
}
