package dev.cotton.scheduler.engine.mesos;

import static org.assertj.core.api.Assertions.assertThat;

import dev.cotton.core.mesos.Call;
import dev.cotton.core.mesos.OperationId;
import dev.cotton.core.mesos.OperationStatus;
import dev.cotton.core.mesos.TaskState;
import dev.cotton.core.model.Ports;
import dev.cotton.scheduler.engine.mesos.MesosInstance.Goal;
import dev.cotton.scheduler.engine.mesos.MesosInstance.Seat;
import dev.cotton.scheduler.engine.mesos.offer.Agent;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

final class UnreservingTest {
    private static final MesosInstance RUNNING = MesosInstance.wanted(Fixtures.id(0), Fixtures.terms(1), "sealed")
            .launched(new Seat(
                    new Agent("agent-1", "host-1", Map.of(), Optional.empty()),
                    new Ports("host-1", 1, 2, 3, 4),
                    "nonce-1",
                    false))
            .heard(TaskState.TASK_RUNNING, "");
    private static final MesosInstance ENDED = RUNNING.withGoal(Goal.DESTROY).heard(TaskState.TASK_KILLED, "");

    private static OperationStatus status(OperationId id, OperationStatus.State state) {
        return new OperationStatus(
                Optional.of(id), state, Optional.empty(), List.of(), Optional.empty(), Optional.empty());
    }

    @Test
    void isDoneWhenTheMasterSaysSoOfThatSeat() {
        OperationId own = Unreserving.operation("nonce-1");

        assertThat(Unreserving.done(ENDED, status(own, OperationStatus.State.OPERATION_FINISHED)))
                .isTrue();
        assertThat(Unreserving.done(ENDED, status(own, OperationStatus.State.OPERATION_UNKNOWN)))
                .isFalse();
        assertThat(Unreserving.done(
                        ENDED, status(Unreserving.operation("nonce-11"), OperationStatus.State.OPERATION_FINISHED)))
                .isFalse();
        assertThat(Unreserving.done(
                        RUNNING.withGoal(Goal.DESTROY), status(own, OperationStatus.State.OPERATION_FINISHED)))
                .as("its task may still run")
                .isFalse();
    }

    @Test
    void asksOnlyForInstancesThatAreBeingGivenBack() {
        assertThat(Unreserving.question(List.of(RUNNING, RUNNING.withGoal(Goal.DESTROY))))
                .isEmpty();
        assertThat(Unreserving.question(List.of(RUNNING, ENDED))).hasValueSatisfying(call -> {
            Call.ReconcileOperations asked = (Call.ReconcileOperations) call;
            assertThat(asked.operations())
                    .extracting(operation -> operation.operationId())
                    .containsExactly(Unreserving.operation("nonce-1"));
        });
    }
}
