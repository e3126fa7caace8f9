package dev.cotton.scheduler.engine.mesos;

import dev.cotton.core.mesos.Bytes;
import dev.cotton.core.mesos.Call;
import dev.cotton.core.mesos.Operation;
import dev.cotton.core.mesos.OperationId;
import dev.cotton.core.mesos.OperationStatus;
import dev.cotton.core.mesos.TaskState;
import dev.cotton.core.mesos.TaskStatus;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** What the master says of tasks and operations becomes of instances. Acknowledged when it is persisted. */
final class MasterNews {
    private static final Logger LOG = LoggerFactory.getLogger(MasterNews.class);

    private static final String DRAINING = "REASON_AGENT_DRAINING";

    private final Roster roster;
    private final Reconciliation reconciliation;
    private final Orphans orphans;
    private final Maintenance maintenance;
    private final Tally tally;

    MasterNews(Roster roster, Reconciliation reconciliation, Orphans orphans, Maintenance maintenance, Tally tally) {
        this.maintenance = maintenance;
        this.tally = tally;
        this.roster = roster;
        this.reconciliation = reconciliation;
        this.orphans = orphans;
    }

    /** @return what is to be said now */
    List<Call> heard(TaskStatus status) {
        String task = status.taskId().value();
        reconciliation.answered(task);
        Optional<Tracked> owner = roster.ofTask(task);
        owner.ifPresent(tracked -> roster.save(tracked, TaskNews.of(tracked.record(), status)));
        if (owner.isPresent() && status.reason().filter(DRAINING::equals).isPresent()) {
            status.agentId().ifPresent(agent -> maintenance.drained(agent.value()));
        }
        if (owner.isEmpty() && !status.state().terminal()) {
            orphans.heard(task);
        } else {
            orphans.settled(task);
        }
        return status.uuid()
                .flatMap(uuid -> status.agentId()
                        .map(agent -> List.<Call>of(new Call.Acknowledge(agent, status.taskId(), uuid))))
                .orElse(List.of());
    }

    /** @return what is to be said now */
    List<Call> heard(OperationStatus status) {
        roster.all().stream()
                .filter(tracked -> Unreserving.done(tracked.record(), status))
                .findFirst()
                .ifPresentOrElse(roster::remove, () -> {
                    if (Unreserving.doneForNobody(status)) {
                        tally.add(Tally.Count.LEAKS_GIVEN_BACK);
                    }
                });
        switch (status.state()) {
            case OPERATION_FAILED, OPERATION_ERROR, OPERATION_DROPPED ->
                LOG.warn(
                        "The operation {} was not done: {} {}",
                        status.operationId().map(OperationId::value).orElse(""),
                        status.state(),
                        status.message().orElse(""));
            // Not known: it was never begun, or what became of it will be asked again.
            case OPERATION_PENDING,
                    OPERATION_FINISHED,
                    OPERATION_UNREACHABLE,
                    OPERATION_GONE_BY_OPERATOR,
                    OPERATION_RECOVERING,
                    OPERATION_UNKNOWN,
                    UNRECOGNIZED -> {}
        }
        Optional<Bytes> uuid = status.uuid().map(OperationStatus.Uuid::value);
        return uuid.flatMap(known -> status.operationId()
                        .map(operation ->
                                List.<Call>of(new Call.AcknowledgeOperationStatus(status.agentId(), known, operation))))
                .orElse(List.of());
    }

    /** The master did not take what was said about these tasks: none of them was started. */
    void refused(Call.Accept accept, String why) {
        Set<String> tasks = accept.operations().stream()
                .map(operation -> operation.change())
                .filter(Operation.Launch.class::isInstance)
                .map(Operation.Launch.class::cast)
                .flatMap(launch -> launch.taskInfos().stream())
                .map(task -> task.taskId().value())
                .collect(Collectors.toSet());
        roster.live().forEach((task, tracked) -> {
            if (tasks.contains(task)) {
                roster.save(tracked, tracked.record().heard(TaskState.TASK_ERROR, why));
            }
        });
    }

    /** The master has ended everything that ran, with its framework. */
    void allTasksEnded(String why) {
        roster.live()
                .values()
                .forEach(tracked -> roster.save(tracked, tracked.record().heard(TaskState.TASK_LOST, why)));
    }
}
