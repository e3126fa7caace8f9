package dev.cotton.core.control;

import static dev.cotton.core.control.Theatre.id;
import static org.assertj.core.api.Assertions.assertThat;

import dev.cotton.core.control.Assessment.State;
import dev.cotton.core.model.ClusterSpec;
import dev.cotton.core.model.DataSize;
import dev.cotton.core.model.Durability;
import dev.cotton.core.model.InstanceId;
import dev.cotton.core.model.Member;
import dev.cotton.core.model.Member.Stage;
import dev.cotton.core.model.Operation;
import dev.cotton.core.model.Operation.Kind;
import dev.cotton.core.model.Operation.Outcome;
import dev.cotton.core.model.Resources;
import dev.cotton.core.wire.Lifecycle;
import dev.cotton.core.wire.Role;
import dev.cotton.core.wire.Setup;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

/** Clusters of which something else is asked for. */
class ChangingTest {
    private static final Resources LARGER = new Resources(2, DataSize.ofMegabytes(1024), DataSize.ofMegabytes(4096));

    private static Theatre healthy(int instances) {
        Theatre stage = new Theatre(instances).settle();
        assertThat(stage.assess().state()).isEqualTo(State.HEALTHY);
        return stage;
    }

    private static void ask(Theatre stage, ClusterSpec wanted) {
        stage.record = Requests.change(
                stage.record,
                wanted,
                new Requests.Asked("op-" + stage.record.version(), stage.record.createdAt(), Optional.empty()));
    }

    /** Until nothing is to be done any more; what is being destroyed is gone at once. */
    private static void settle(Theatre stage) {
        for (int steps = 0; next(stage); steps++) {
            assertThat(steps).isLessThan(200);
        }
    }

    private static boolean next(Theatre stage) {
        stage.record.members().stream()
                .filter(member -> member.stage() == Stage.RETIRING)
                .forEach(member -> stage.vanish(member.id()));
        if (stage.step().isPresent()) {
            return true;
        }
        stage.passes(Vacating.DRAIN.plusSeconds(1));
        return stage.step().isPresent();
    }

    private static ClusterSpec with(
            ClusterSpec spec, Resources size, Durability durability, Map<String, String> options) {
        return new ClusterSpec(spec.instances(), size, durability, spec.user(), options, spec.placement());
    }

    private static Operation change(Theatre stage) {
        return stage.record.operations().getLast();
    }

    private static List<InstanceId> inSync(Theatre stage) {
        return stage.record.inSync().stream().map(Member::id).toList();
    }

    @ParameterizedTest
    @CsvSource({"1,3", "2,1", "5,2", "1,9", "9,1", "3,4"})
    void itGrowsAndShrinksAndKeepsItsPrimary(int from, int to) {
        Theatre stage = healthy(from);
        ask(stage, stage.record.spec().withInstances(to));
        settle(stage);
        assertThat(stage.record.inSync()).hasSize(to);
        assertThat(stage.record.members()).hasSize(to);
        assertThat(stage.record.primary()).contains(id(0));
        assertThat(stage.record.ackCount()).isEqualTo(to / 2);
        assertThat(change(stage).kind()).isEqualTo(Kind.CHANGE);
        assertThat(change(stage).outcome()).isEqualTo(Outcome.SUCCEEDED);
        assertThat(stage.assess().state()).isEqualTo(State.HEALTHY);
    }

    @Test
    void itLosesNoMoreThanWereAskedForAtAnyTime() {
        Theatre stage = healthy(5);
        ask(stage, stage.record.spec().withInstances(2));
        while (next(stage)) {
            assertThat(stage.record.inSync()).hasSizeGreaterThanOrEqualTo(2);
        }
        assertThat(inSync(stage)).containsExactly(id(0), id(1));
    }

    @Test
    void whoIsNotInSyncGoesFirst() {
        Theatre stage = healthy(3);
        stage.tweak(id(1), sight -> Theatre.detached(Theatre.exited(sight), Duration.ofSeconds(10)));
        stage.settle();
        ask(stage, stage.record.spec().withInstances(2));
        settle(stage);
        assertThat(inSync(stage)).containsExactly(id(0), id(2));
    }

    @Test
    void aResizeReplacesOneByOneAndThePrimaryLast() {
        Theatre stage = healthy(3);
        ask(stage, with(stage.record.spec(), LARGER, Durability.LOSSLESS, Map.of()));
        while (next(stage)) {
            assertThat(stage.record.inSync()).hasSizeGreaterThanOrEqualTo(3);
            assertThat(stage.record.members().stream().filter(member -> member.stage() != Stage.RETIRING))
                    .hasSizeBetween(3, 4);
            boolean replicasLeft = stage.record.inSync().stream()
                    .filter(member -> !member.shape().size().equals(LARGER))
                    .anyMatch(member -> !member.id().equals(id(0)));
            assertThat(stage.record.isPrimary(id(0)) || !replicasLeft).isTrue();
        }
        assertThat(inSync(stage)).containsExactly(id(3), id(4), id(5));
        assertThat(stage.record.members())
                .allMatch(member -> member.shape().size().equals(LARGER));
        assertThat(change(stage).outcome()).isEqualTo(Outcome.SUCCEEDED);
    }

    @Test
    void aResizeThatIsTakenBackStopsWhereItIs() {
        Theatre stage = healthy(3);
        ClusterSpec before = stage.record.spec();
        ask(stage, with(before, LARGER, Durability.LOSSLESS, Map.of()));
        while (stage.record.members().size() < 4) {
            assertThat(next(stage)).isTrue();
        }
        ask(stage, before);
        settle(stage);
        assertThat(inSync(stage)).containsExactly(id(0), id(1), id(2));
        assertThat(stage.record.operations().stream()
                        .filter(operation -> operation.kind() == Kind.CHANGE)
                        .map(Operation::outcome))
                .containsExactly(Outcome.FAILED, Outcome.SUCCEEDED);
    }

    @Test
    void otherOptionsAreGivenToNewInstances() {
        Theatre stage = healthy(2);
        ask(stage, with(stage.record.spec(), Resources.ORDINARY, Durability.LOSSLESS, Map.of("max_connections", "90")));
        settle(stage);
        assertThat(inSync(stage)).containsExactly(id(2), id(3));
        assertThat(stage.record.members().stream()
                        .map(member -> member.shape().options())
                        .distinct())
                .containsExactly(Map.of("max_connections", "90"));
    }

    @Test
    void optionsThatARunningServerTakesAreGivenToTheInstancesThatThereAre() {
        Theatre stage = healthy(2);
        ClusterSpec former = stage.record.spec();
        Map<String, String> options = Map.of("wait_timeout", "90");
        stage.tweak(id(1), sight -> Theatre.reporting(sight, status -> Theatre.inForce(status, Map.of())));
        ask(stage, with(former, Resources.ORDINARY, Durability.LOSSLESS, options));
        settle(stage);
        assertThat(change(stage).outcome()).isEqualTo(Outcome.RUNNING);
        assertThat(stage.planner.effects(stage.record, stage.observe()))
                .anySatisfy(effect -> assertThat(effect).isInstanceOfSatisfying(Effect.Prepare.class, prepare -> {
                    assertThat(prepare.instance()).isEqualTo(id(1));
                    assertThat(prepare.source()).isEqualTo(new Setup.Kept());
                }));
        stage.tweak(id(1), sight -> Theatre.reporting(sight, status -> Theatre.inForce(status, options)));
        settle(stage);
        assertThat(inSync(stage)).containsExactly(id(0), id(1));
        assertThat(change(stage).outcome()).isEqualTo(Outcome.SUCCEEDED);
        assertThat(stage.planner.changePlan(stage.record, former))
                .singleElement()
                .asString()
                .contains("without a restart");
    }

    @Test
    void withAsyncNothingIsWaitedForAtOnce() {
        Theatre stage = healthy(3);
        ask(stage, with(stage.record.spec(), Resources.ORDINARY, Durability.ASYNC, Map.of()));
        assertThat(stage.record.ackCount()).isZero();
        assertThat(stage.record.ackTarget()).isZero();
        settle(stage);
        assertThat(Roles.of(new Situation(stage.record, stage.observe()), stage.member(0)))
                .contains(new Role.Primary(0, Set.of(1, 2), false));
        assertThat(change(stage).outcome()).isEqualTo(Outcome.SUCCEEDED);
    }

    @Test
    void fromAsyncToLosslessTheAckCountRisesByItsSteps() {
        Theatre stage = new Theatre(3, Durability.ASYNC).settle();
        ask(stage, with(stage.record.spec(), Resources.ORDINARY, Durability.LOSSLESS, Map.of()));
        assertThat(stage.record.ackCount()).isZero();
        settle(stage);
        assertThat(stage.record.ackCount()).isEqualTo(1);
        assertThat(change(stage).outcome()).isEqualTo(Outcome.SUCCEEDED);
    }

    @ParameterizedTest
    @EnumSource(
            names = {"EMPTY", "PREPARING"},
            mode = EnumSource.Mode.EXCLUDE)
    void anExecutorThatRunsWithAnotherDurabilityIsTold(Lifecycle lifecycle) {
        Theatre stage = healthy(2);
        stage.tweak(
                id(1),
                sight -> Theatre.reporting(
                        sight,
                        status -> Theatre.withData(
                                Theatre.durable(status, Durability.LOSSLESS), status.incarnation(), lifecycle)));
        ask(stage, with(stage.record.spec(), Resources.ORDINARY, Durability.LOSSLESS_POWER, Map.of()));
        settle(stage);
        assertThat(stage.planner.effects(stage.record, stage.observe()))
                .anySatisfy(effect -> assertThat(effect).isInstanceOfSatisfying(Effect.Prepare.class, prepare -> {
                    assertThat(prepare.instance()).isEqualTo(id(1));
                    assertThat(prepare.source()).isEqualTo(new Setup.Kept());
                }));
        assertThat(change(stage).outcome()).isEqualTo(Outcome.RUNNING);
    }
}
