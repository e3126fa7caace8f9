package dev.cotton.scheduler.engine.mesos;

import dev.cotton.core.mesos.AgentId;
import dev.cotton.core.mesos.Bytes;
import dev.cotton.core.mesos.Call;
import dev.cotton.core.mesos.Event;
import dev.cotton.core.mesos.FrameworkId;
import dev.cotton.core.mesos.Operation;
import dev.cotton.core.mesos.OperationStatus;
import dev.cotton.core.mesos.TaskId;
import dev.cotton.core.mesos.TaskInfo;
import dev.cotton.core.mesos.TaskState;
import dev.cotton.core.mesos.TaskStatus;
import dev.cotton.core.model.InstanceId;
import dev.cotton.core.port.Engine.InstanceSpec;
import dev.cotton.core.port.Engine.Place;
import dev.cotton.scheduler.engine.EngineRecords;
import dev.cotton.scheduler.engine.mesos.MesosInstance.Goal;
import dev.cotton.scheduler.engine.mesos.MesosInstance.Seat;
import dev.cotton.scheduler.engine.mesos.MesosInstance.Task;
import dev.cotton.scheduler.engine.mesos.MesosSettings.Patience;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.LongSupplier;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * All instances of the fleet, and what is to be said to the master about them. Every change is persisted before anything is
 * said that follows from it, and a status is acknowledged when it is persisted. Not thread-safe: one loop owns it.
 */
final class Fleet {
    private static final Logger LOG = LoggerFactory.getLogger(Fleet.class);

    private final MesosSettings settings;
    private final EngineRecords<MesosInstance> records;
    private final TokenSeal seal;
    private final LongSupplier nanos;
    private final Map<InstanceId, Tracked> instances = new TreeMap<>();
    private final Map<String, Long> orphans = new HashMap<>();
    private final OfferBook offers = new OfferBook();
    private final Reconciliation reconciliation;

    /** @param nanos a monotonic clock */
    Fleet(MesosSettings settings, EngineRecords<MesosInstance> records, TokenSeal seal, LongSupplier nanos) {
        this.settings = settings;
        this.records = records;
        this.seal = seal;
        this.nanos = nanos;
        this.reconciliation = new Reconciliation(nanos);
        records.load().forEach(record -> instances.put(record.id(), new Tracked(record, nanos)));
    }

    OfferBook offers() {
        return offers;
    }

    List<MesosInstance> all() {
        return instances.values().stream().map(Tracked::record).toList();
    }

    Map<InstanceId, Place> places() {
        return instances.entrySet().stream()
                .collect(Collectors.toUnmodifiableMap(
                        Map.Entry::getKey, entry -> entry.getValue().place(settings.patience())));
    }

    /** As {@link #places}, while nothing is heard for {@code why}: nobody knows what runs. */
    Map<InstanceId, Place> placesWhile(String why) {
        return instances.entrySet().stream()
                .collect(Collectors.toUnmodifiableMap(
                        Map.Entry::getKey, entry -> entry.getValue().unheard(settings.patience(), why)));
    }

    /** Everything that ran was ended with its framework. */
    void allTasksEnded(String why) {
        live().values().forEach(tracked -> save(tracked, tracked.record().heard(TaskState.TASK_LOST, why)));
    }

    void want(InstanceSpec spec) {
        Tracked tracked = instances.get(spec.id());
        if (tracked == null) {
            MesosInstance wanted = MesosInstance.wanted(
                    spec.id(), spec.cluster(), spec.resources(), seal.seal(spec.id(), spec.token()));
            records.save(wanted);
            tracked = new Tracked(wanted, nanos);
            instances.put(spec.id(), tracked);
        }
        if (tracked.record().goal() == Goal.BIN) {
            save(tracked, tracked.record().withGoal(Goal.RUN));
        }
    }

    void end(InstanceId id, Goal ending) {
        Tracked tracked = instances.get(id);
        if (tracked != null
                && tracked.record().goal() != Goal.DESTROY
                && tracked.record().goal() != ending) {
            save(tracked, tracked.record().withGoal(ending));
        }
    }

    private void save(Tracked tracked, MesosInstance next) {
        if (!next.equals(tracked.record())) {
            records.save(next);
            LOG.info(
                    "{} is to {}; its task: {}{}",
                    next.id(),
                    next.goal(),
                    next.task()
                            .map(task -> task.id() + " " + task.state() + " " + task.message())
                            .orElse("none"),
                    next.isLost() ? "; it is lost: " + next.lost() : "");
            tracked.became(next);
        }
    }

    /** Everything that was offered or known by the former connection has to be heard anew. */
    List<Call> subscribed() {
        offers.clear();
        orphans.clear();
        reconciliation.begin(live().keySet());
        // Without tasks it is answered with all that the master knows: orphans among them.
        return List.of(new Call.Reconcile(List.of()));
    }

    private Map<String, Tracked> live() {
        return instances.values().stream()
                .filter(tracked -> tracked.record().live())
                .collect(Collectors.toMap(
                        tracked -> tracked.record().task().map(Task::id).orElseThrow(), tracked -> tracked));
    }

    /** @return what is to be said now */
    List<Call> heard(Event event) {
        return switch (event) {
            case Event.Offers(var offered) -> {
                offers.add(offered, ownershipOfNone());
                yield List.of();
            }
            case Event.Rescind(var id) -> {
                offers.rescind(id);
                yield List.of();
            }
            case Event.Update(TaskStatus status) -> heard(status);
            case Event.UpdateOperationStatus(OperationStatus status) -> heard(status);
            default -> List.of();
        };
    }

    private static Ownership ownershipOfNone() {
        return new Ownership("", Optional.empty(), "");
    }

    private List<Call> heard(TaskStatus status) {
        String task = status.taskId().value();
        reconciliation.answered(task);
        Optional<Tracked> owner = instances.values().stream()
                .filter(tracked -> tracked.record()
                        .task()
                        .filter(latest -> latest.id().equals(task))
                        .isPresent())
                .findFirst();
        owner.ifPresent(tracked -> save(tracked, TaskNews.of(tracked.record(), status)));
        if (owner.isEmpty() && !status.state().terminal()) {
            orphans.putIfAbsent(task, nanos.getAsLong());
        } else {
            orphans.remove(task);
        }
        return status.uuid()
                .flatMap(uuid -> status.agentId()
                        .map(agent -> List.<Call>of(new Call.Acknowledge(agent, status.taskId(), uuid))))
                .orElse(List.of());
    }

    private List<Call> heard(OperationStatus status) {
        String id = status.operationId().map(Object::toString).orElse("");
        boolean done = status.state() == OperationStatus.State.OPERATION_FINISHED;
        if (done && id.startsWith("unreserve-")) {
            instances.values().stream()
                    .filter(tracked -> tracked.record().goal() == Goal.DESTROY
                            && !tracked.record().live())
                    .filter(tracked -> tracked.record()
                            .seat()
                            .map(Seat::nonce)
                            .filter(id::contains)
                            .isPresent())
                    .findFirst()
                    .ifPresent(this::remove);
        } else if (!done) {
            LOG.warn(
                    "The operation {} was not done: {} {}",
                    id,
                    status.state(),
                    status.message().orElse(""));
        }
        Optional<Bytes> uuid = status.uuid().map(OperationStatus.Uuid::value);
        return uuid.flatMap(known -> status.operationId()
                        .map(operation ->
                                List.<Call>of(new Call.AcknowledgeOperationStatus(status.agentId(), known, operation))))
                .orElse(List.of());
    }

    private void remove(Tracked tracked) {
        records.remove(tracked.record().id().toString());
        instances.remove(tracked.record().id());
        LOG.info("{} is gone.", tracked.record().id());
    }

    /** What time alone brings about. @return what is to be said now */
    List<Call> tick() {
        List.copyOf(instances.values()).forEach(this::age);
        List<Call> calls = new ArrayList<>();
        instances.values().stream()
                .filter(tracked -> tracked.killDue(settings.patience().repeat()))
                .forEach(tracked -> calls.add(kill(tracked.record())));
        Map<String, Tracked> live = live();
        Set<String> due = reconciliation.due(live.keySet());
        if (!due.isEmpty()) {
            calls.add(new Call.Reconcile(due.stream()
                    .map(task -> new Call.Reconcile.Task(
                            new TaskId(task),
                            Optional.ofNullable(live.get(task)).flatMap(Fleet::agent)))
                    .toList()));
        }
        orphans.forEach((task, since) -> {
            if (nanos.getAsLong() - since > settings.patience().orphan().toNanos()) {
                LOG.warn("No record knows the task {}: it is killed.", task);
                orphans.put(task, nanos.getAsLong());
                calls.add(new Call.Kill(new TaskId(task), Optional.empty(), policy()));
            }
        });
        return calls;
    }

    private static Optional<AgentId> agent(Tracked tracked) {
        return tracked.record().seat().map(seat -> new AgentId(seat.agent().id()));
    }

    private Call kill(MesosInstance instance) {
        return new Call.Kill(
                new TaskId(instance.task().orElseThrow().id()),
                instance.seat().map(seat -> new AgentId(seat.agent().id())),
                policy());
    }

    private Optional<TaskInfo.KillPolicy> policy() {
        return Optional.of(TaskInfo.KillPolicy.of(settings.patience().kill()));
    }

    private void age(Tracked tracked) {
        MesosInstance record = tracked.record();
        Patience patience = settings.patience();
        boolean waited = tracked.unchangedFor().compareTo(patience.ownVolume()) > 0;
        if (record.live()) {
            boolean forgotten = tracked.away() && tracked.unchangedFor().compareTo(patience.agentAway()) > 0;
            if (forgotten && record.goal() == Goal.DESTROY) {
                remove(tracked);
            }
            return;
        }
        switch (record.goal()) {
            case RUN -> {
                if (record.used() && !record.isLost() && (waited || !settings.persistentVolumes())) {
                    save(tracked, record.lost(whyLost(record)));
                }
            }
            case BIN -> {
                if (!record.used()) {
                    remove(tracked);
                } else if (!settings.persistentVolumes() && !record.isLost()) {
                    save(tracked, record.lost(whyLost(record)));
                }
            }
            case DESTROY -> {
                if (!record.used() || !settings.persistentVolumes() || record.isLost() || waited) {
                    remove(tracked);
                }
            }
        }
    }

    private String whyLost(MesosInstance record) {
        return settings.persistentVolumes()
                ? "its agent "
                        + record.seat().map(seat -> seat.agent().hostname()).orElse("")
                        + " has not offered its volume for "
                        + settings.patience().ownVolume().toMinutes() + " minutes"
                : "its sandbox went with its task: no volume was asked for";
    }

    /** What is done with what is offered; persisted when this returns. */
    List<Call> cycle(Ownership ownership, FrameworkId framework, Supplier<String> nonces) {
        OfferCycle.Outcome outcome = OfferCycle.of(new OfferCycle.Given(
                offers.all(),
                all(),
                instances.values().stream()
                        .filter(Tracked::due)
                        .map(Tracked::record)
                        .collect(Collectors.toMap(
                                MesosInstance::id, record -> seal.open(record.id(), record.sealedToken()))),
                new Launching(settings, ownership, framework),
                _ -> nonces.get(),
                nonces.get()));
        offers.clear();
        outcome.changed().forEach(next -> save(tracked(next), next));
        outcome.shortages()
                .forEach(
                        (id, why) -> Optional.ofNullable(instances.get(id)).ifPresent(tracked -> tracked.shortOf(why)));
        return outcome.calls();
    }

    private Tracked tracked(MesosInstance record) {
        return Optional.ofNullable(instances.get(record.id())).orElseThrow();
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
        live().forEach((task, tracked) -> {
            if (tasks.contains(task)) {
                save(tracked, tracked.record().heard(TaskState.TASK_ERROR, why));
            }
        });
    }

    /** Whether offers are of any use now. */
    boolean wantsOffers() {
        return instances.values().stream().anyMatch(tracked -> OfferCycle.waitsForOffers(tracked.record()));
    }
}
