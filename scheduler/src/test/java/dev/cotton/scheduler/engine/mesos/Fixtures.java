package dev.cotton.scheduler.engine.mesos;

import dev.cotton.core.mesos.AgentId;
import dev.cotton.core.mesos.Disk;
import dev.cotton.core.mesos.FrameworkId;
import dev.cotton.core.mesos.Offer;
import dev.cotton.core.mesos.OfferId;
import dev.cotton.core.mesos.Ranges;
import dev.cotton.core.mesos.Resource;
import dev.cotton.core.mesos.TaskId;
import dev.cotton.core.mesos.TaskState;
import dev.cotton.core.mesos.TaskStatus;
import dev.cotton.core.model.ClusterName;
import dev.cotton.core.model.InstanceId;
import dev.cotton.core.model.PlacementSpec;
import dev.cotton.core.model.PlacementSpec.DiskType;
import dev.cotton.core.model.Resources;
import dev.cotton.core.port.Engine.InstanceSpec;
import dev.cotton.core.wire.MesosTask;
import dev.cotton.scheduler.engine.EngineRecords;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.TreeMap;

/** A small fleet for tests. */
final class Fixtures {
    static final Ownership OWNERSHIP = new Ownership(Optional.of("keeper"), "state-1");
    static final FrameworkId FRAMEWORK = new FrameworkId("framework-1");

    private Fixtures() {}

    static MesosSettings settings(boolean volumes) {
        return new MesosSettings(
                "mysql",
                "cotton",
                Optional.of("keeper"),
                Duration.ofDays(14),
                volumes,
                List.of(),
                new MesosSettings.ExecutorCommand(
                        List.of("http://127.0.0.1:1/executor.tar.gz"), List.of(), "exec bin/executor", Map.of()),
                new MesosTask.Host(Optional.empty()),
                "cotton",
                Optional.empty(),
                false,
                MesosSettings.Patience.ORDINARY);
    }

    static Launching launching(boolean volumes) {
        return new Launching(settings(volumes), OWNERSHIP, FRAMEWORK);
    }

    static InstanceId id(int ordinal) {
        return new InstanceId(new ClusterName("demo"), ordinal);
    }

    static InstanceSpec spec(int ordinal) {
        return new InstanceSpec(id(ordinal), "uid-1", Resources.ORDINARY, PlacementSpec.ORDINARY, "c2VjcmV0");
    }

    static MesosInstance.Terms terms(int cluster) {
        return new MesosInstance.Terms("uid-" + cluster, Resources.ORDINARY, "cotton", false, DiskType.ROOT);
    }

    /** To the role {@code cotton}. */
    static Offer offer(String id, int agent, List<Resource> resources) {
        return offer(id, agent, "cotton", resources, Optional.empty());
    }

    static Offer offer(String id, int agent, List<Resource> resources, Optional<Offer.Unavailability> away) {
        return offer(id, agent, "cotton", resources, away);
    }

    static Offer offer(String id, int agent, String role, List<Resource> resources) {
        return offer(id, agent, role, resources, Optional.empty());
    }

    private static Offer offer(
            String id, int agent, String role, List<Resource> resources, Optional<Offer.Unavailability> away) {
        return new Offer(
                new OfferId(id),
                FRAMEWORK,
                new AgentId("agent-" + agent),
                "host-" + agent,
                Optional.empty(),
                Optional.empty(),
                resources,
                List.of(),
                List.of(),
                away,
                Optional.of(new Resource.AllocationInfo(role)));
    }

    /** A file system of its own. */
    static Resource mount(String root, double megabytes) {
        return Resource.scalar("disk", megabytes)
                .withDisk(new Disk(
                        Optional.empty(),
                        Optional.empty(),
                        Optional.of(new Disk.Source(
                                Disk.Kind.MOUNT,
                                Optional.empty(),
                                Optional.of(new Disk.Root(Optional.of(root))),
                                Optional.empty(),
                                Optional.empty(),
                                Optional.empty(),
                                Optional.empty()))));
    }

    /** Room for a few instances. */
    static List<Resource> plenty() {
        return List.of(
                Resource.scalar("cpus", 4),
                Resource.scalar("mem", 8192),
                Resource.scalar("disk", 50_000),
                Resource.ranges("ports", List.of(new Ranges.Range(31_000, 31_999))));
    }

    static TaskStatus status(String task, TaskState state) {
        return status(task, state, "");
    }

    static TaskStatus status(String task, TaskState state, String message) {
        return status(task, state, message, Optional.empty());
    }

    static TaskStatus status(String task, TaskState state, Optional<String> reason) {
        return status(task, state, "", reason);
    }

    private static TaskStatus status(String task, TaskState state, String message, Optional<String> reason) {
        return new TaskStatus(
                new TaskId(task),
                state,
                Optional.of(message).filter(text -> !text.isEmpty()),
                Optional.empty(),
                reason,
                Optional.empty(),
                Optional.of(new AgentId("agent-1")),
                Optional.empty(),
                OptionalDouble.empty(),
                Optional.empty(),
                Optional.empty(),
                Optional.empty());
    }

    /** Seals nothing. */
    static final TokenSeal UNSEALED = new TokenSeal() {
        @Override
        public String seal(InstanceId instance, String token) {
            return token;
        }

        @Override
        public String open(InstanceId instance, String sealed) {
            return sealed;
        }
    };

    /** Records in memory. */
    static final class Records implements EngineRecords<MesosInstance> {
        final Map<String, MesosInstance> stored = new TreeMap<>();

        @Override
        public List<MesosInstance> load() {
            return List.copyOf(stored.values());
        }

        @Override
        public void save(MesosInstance record) {
            stored.put(record.id().toString(), record);
        }

        @Override
        public void remove(String name) {
            stored.remove(name);
        }
    }
}
