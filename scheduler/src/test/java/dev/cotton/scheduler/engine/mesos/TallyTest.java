package dev.cotton.scheduler.engine.mesos;

import static org.assertj.core.api.Assertions.assertThat;

import dev.cotton.core.mesos.Event;
import dev.cotton.core.mesos.Offer;
import dev.cotton.core.mesos.OfferId;
import dev.cotton.core.mesos.Resource;
import dev.cotton.core.mesos.TaskState;
import dev.cotton.core.port.FrameworkFigures;
import dev.cotton.scheduler.engine.mesos.MesosInstance.Seat;
import dev.cotton.scheduler.engine.mesos.Tally.Count;
import dev.cotton.scheduler.engine.mesos.Tally.Level;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class TallyTest {
    private final Tally tally = new Tally();

    private static MesosInstance running() {
        return MesosInstance.wanted(Fixtures.id(0), Fixtures.terms(1), "sealed")
                .launched(new Seat(
                        new dev.cotton.scheduler.engine.mesos.offer.Agent(
                                "agent-1", "host-1", Map.of(), Optional.empty()),
                        new dev.cotton.core.model.Ports("host-1", 1, 2, 3, 4),
                        "nonce",
                        false));
    }

    private static Offer offer(Optional<String> role) {
        Offer plain = Fixtures.offer("o", 1, List.of());
        return new Offer(
                plain.id(),
                plain.frameworkId(),
                plain.agentId(),
                plain.hostname(),
                plain.url(),
                plain.domain(),
                plain.resources(),
                plain.attributes(),
                plain.executorIds(),
                plain.unavailability(),
                role.map(Resource.AllocationInfo::new));
    }

    @ParameterizedTest
    @CsvSource({
        "TASK_FINISHED, TASKS_FINISHED",
        "TASK_FAILED, TASKS_FAILED",
        "TASK_ERROR, TASKS_FAILED",
        "TASK_KILLED, TASKS_KILLED",
        "TASK_LOST, TASKS_LOST",
        "TASK_DROPPED, TASKS_LOST",
        "TASK_GONE, TASKS_LOST",
        "TASK_GONE_BY_OPERATOR, TASKS_LOST"
    })
    void anEndCountsOnce(TaskState state, Count count) {
        MesosInstance before = running();
        MesosInstance ended = before.heard(state, "");

        tally.became(before, ended);
        tally.became(ended, ended.heard(state, "said again"));

        for (Count each : Count.values()) {
            assertThat(tally.count(each)).as(each.name()).isEqualTo(each == count ? 1 : 0);
        }
    }

    @ParameterizedTest
    @CsvSource({"TASK_STARTING", "TASK_RUNNING", "TASK_KILLING", "TASK_UNREACHABLE", "TASK_UNKNOWN"})
    void whatMayRunHasNotEnded(TaskState state) {
        tally.became(running(), running().heard(state, ""));

        for (Count each : Count.values()) {
            assertThat(tally.count(each)).as(each.name()).isZero();
        }
    }

    @Test
    void offersCountByTheirRole() {
        tally.heard(
                new Event.Offers(
                        List.of(offer(Optional.of("cotton")), offer(Optional.of("web")), offer(Optional.of("other")))),
                List.of("cotton", "web"));
        tally.heard(new Event.Rescind(new OfferId("o")), List.of("cotton", "web"));

        assertThat(tally.figures().offers()).isEqualTo(new FrameworkFigures.Offers(3, 1, 0));
        assertThat(tally.count(Count.OFFERS_RESCINDED)).isEqualTo(1);
    }

    @Test
    void nothingStandsWithoutTheLeadAndCountsStay() {
        tally.set(Level.REGISTERED, 1);
        tally.set(Level.INSTANCES_WAITING, 4);
        tally.add(Count.SUBSCRIPTIONS);
        assertThat(tally.figures().registered()).isTrue();

        tally.rest();

        assertThat(tally.figures().registered()).isFalse();
        assertThat(tally.level(Level.INSTANCES_WAITING)).isZero();
        assertThat(tally.count(Count.SUBSCRIPTIONS)).isEqualTo(1);
    }
}
