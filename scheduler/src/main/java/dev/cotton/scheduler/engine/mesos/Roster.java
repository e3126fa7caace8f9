package dev.cotton.scheduler.engine.mesos;

import dev.cotton.core.model.InstanceId;
import dev.cotton.scheduler.engine.EngineRecords;
import dev.cotton.scheduler.engine.mesos.MesosInstance.Task;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.LongSupplier;
import java.util.stream.Collectors;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** All instances of the fleet as they are persisted: nothing changes here before its record did. Not thread-safe. */
final class Roster {
    private static final Logger LOG = LoggerFactory.getLogger(Roster.class);

    private final EngineRecords<MesosInstance> records;
    private final Tally tally;
    private final LongSupplier nanos;
    private final Map<InstanceId, Tracked> instances = new TreeMap<>();
    private int endings;

    /** @param nanos a monotonic clock */
    Roster(EngineRecords<MesosInstance> records, Tally tally, LongSupplier nanos) {
        this.records = records;
        this.tally = tally;
        this.nanos = nanos;
        records.load().forEach(record -> instances.put(record.id(), new Tracked(record, nanos)));
    }

    /** In the order of their names. Others may be added and removed meanwhile. */
    List<Tracked> all() {
        return List.copyOf(instances.values());
    }

    Optional<Tracked> find(InstanceId id) {
        return Optional.ofNullable(instances.get(id));
    }

    /** Those whose tasks may run, by the tasks. */
    Map<String, Tracked> live() {
        return instances.values().stream()
                .filter(tracked -> tracked.record().live())
                .collect(Collectors.toMap(
                        tracked -> tracked.record().task().map(Task::id).orElseThrow(), tracked -> tracked));
    }

    /** Whose latest task that is. */
    Optional<Tracked> ofTask(String task) {
        return instances.values().stream()
                .filter(tracked -> tracked.record()
                        .task()
                        .filter(latest -> latest.id().equals(task))
                        .isPresent())
                .findFirst();
    }

    /** How many tasks have ended and instances gone. */
    int endings() {
        return endings;
    }

    void add(MesosInstance instance) {
        records.save(instance);
        instances.put(instance.id(), new Tracked(instance, nanos));
    }

    void save(Tracked tracked, MesosInstance next) {
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
            endings += tracked.record().live() && !next.live() ? 1 : 0;
            tally.became(tracked.record(), next);
            tracked.became(next);
        }
    }

    void remove(Tracked tracked) {
        records.remove(tracked.record().id().toString());
        instances.remove(tracked.record().id());
        endings++;
        LOG.info("{} is gone.", tracked.record().id());
    }
}
