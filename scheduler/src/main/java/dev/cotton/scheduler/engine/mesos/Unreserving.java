package dev.cotton.scheduler.engine.mesos;

import dev.cotton.core.mesos.AgentId;
import dev.cotton.core.mesos.Call;
import dev.cotton.core.mesos.OperationId;
import dev.cotton.core.mesos.OperationStatus;
import dev.cotton.scheduler.engine.mesos.MesosInstance.Goal;
import dev.cotton.scheduler.engine.mesos.MesosInstance.Seat;
import java.util.List;
import java.util.Optional;

/**
 * How it is known that an instance's resources were given back. The operation is named after the seat, so that whoever
 * comes after a scheduler that did not hear its end can ask for it. Pure.
 */
final class Unreserving {
    private static final String UNRESERVED = "unreserve-";

    private Unreserving() {}

    /** The operation that gives back what is reserved for a seat. */
    static OperationId operation(String nonce) {
        return new OperationId(UNRESERVED + nonce);
    }

    /** The same for what no instance has: its end tells nobody anything. */
    static OperationId ofNobody(String nonce, String another) {
        return new OperationId(UNRESERVED + nonce + "-" + another);
    }

    /** The operation that comes before it: what has an id is answered when it fails. */
    static OperationId destroying(OperationId unreserving) {
        return new OperationId("destroy-before-" + unreserving);
    }

    /** Whether its resources are what is being given back: then its record ends when that is done. */
    static boolean under(MesosInstance instance) {
        return instance.goal() == Goal.DESTROY && !instance.live() && instance.used();
    }

    /** Whether {@code status} says that nothing is left of it. */
    static boolean done(MesosInstance instance, OperationStatus status) {
        Optional<OperationId> own = instance.seat().map(Seat::nonce).map(Unreserving::operation);
        return status.state() == OperationStatus.State.OPERATION_FINISHED
                && own.isPresent()
                && own.equals(status.operationId())
                && instance.goal() == Goal.DESTROY
                && !instance.live();
    }

    /** Whether {@code status} says that something which no instance had was given back. */
    static boolean doneForNobody(OperationStatus status) {
        return status.state() == OperationStatus.State.OPERATION_FINISHED
                && status.operationId()
                        .filter(id -> id.value().startsWith(UNRESERVED))
                        .isPresent();
    }

    /** Asks what became of these; empty when there is nothing to ask. */
    static Optional<Call> question(List<MesosInstance> instances) {
        List<Call.ReconcileOperations.Asked> operations = instances.stream()
                .filter(Unreserving::under)
                .flatMap(instance -> instance.seat().stream())
                .map(seat -> new Call.ReconcileOperations.Asked(
                        operation(seat.nonce()),
                        Optional.of(new AgentId(seat.agent().id()))))
                .toList();
        return operations.isEmpty() ? Optional.empty() : Optional.of(new Call.ReconcileOperations(operations));
    }
}
