package dev.cotton.scheduler.engine.mesos;

import dev.cotton.core.mesos.AgentId;
import dev.cotton.core.mesos.Call;
import dev.cotton.core.mesos.TaskId;
import dev.cotton.core.mesos.TaskInfo;
import dev.cotton.scheduler.engine.mesos.MesosSettings.Patience;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** What time alone brings about: instances are given up or gone, kills and questions are said again. */
final class Ageing {
    private static final Logger LOG = LoggerFactory.getLogger(Ageing.class);

    private final MesosSettings settings;
    private final Roster roster;
    private final Reconciliation reconciliation;
    private final Orphans orphans;

    Ageing(MesosSettings settings, Roster roster, Reconciliation reconciliation, Orphans orphans) {
        this.settings = settings;
        this.roster = roster;
        this.reconciliation = reconciliation;
        this.orphans = orphans;
    }

    /** @return what is to be said now */
    List<Call> tick() {
        roster.all().forEach(this::age);
        List<Call> calls = new ArrayList<>();
        roster.all().stream()
                .filter(tracked -> tracked.killDue(settings.patience().repeat()))
                .forEach(tracked -> calls.add(kill(tracked.record())));
        questions().ifPresent(calls::add);
        orphans.due(settings.patience().orphan()).forEach(task -> {
            LOG.warn("No record knows the task {}: it is killed.", task);
            calls.add(new Call.Kill(new TaskId(task), Optional.empty(), policy()));
        });
        return calls;
    }

    private Optional<Call> questions() {
        Map<String, Tracked> live = roster.live();
        Set<String> due = reconciliation.due(live.keySet());
        return due.isEmpty()
                ? Optional.empty()
                : Optional.of(new Call.Reconcile(due.stream()
                        .map(task -> new Call.Reconcile.Task(
                                new TaskId(task),
                                Optional.ofNullable(live.get(task)).flatMap(tracked -> agent(tracked.record()))))
                        .toList()));
    }

    private static Optional<AgentId> agent(MesosInstance instance) {
        return instance.seat().map(seat -> new AgentId(seat.agent().id()));
    }

    private Call kill(MesosInstance instance) {
        return new Call.Kill(new TaskId(instance.task().orElseThrow().id()), agent(instance), policy());
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
            if (forgotten && record.goal() == MesosInstance.Goal.DESTROY) {
                roster.remove(tracked);
            }
            return;
        }
        switch (record.goal()) {
            case RUN -> {
                if (record.used() && !record.isLost() && (waited || !settings.persistentVolumes())) {
                    roster.save(tracked, record.lost(whyLost(record)));
                }
            }
            case BIN -> {
                if (!record.used()) {
                    roster.remove(tracked);
                } else if (!settings.persistentVolumes() && !record.isLost()) {
                    roster.save(tracked, record.lost(whyLost(record)));
                }
            }
            case DESTROY -> {
                if (!record.used() || !settings.persistentVolumes() || record.isLost() || waited) {
                    roster.remove(tracked);
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
}
