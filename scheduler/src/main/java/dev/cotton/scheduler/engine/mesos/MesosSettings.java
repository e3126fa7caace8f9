package dev.cotton.scheduler.engine.mesos;

import dev.cotton.core.mesos.FrameworkInfo;
import dev.cotton.core.mesos.FrameworkInfo.CapabilityType;
import dev.cotton.core.model.DataSize;
import dev.cotton.core.model.InstanceId;
import dev.cotton.core.model.PlacementSpec;
import dev.cotton.core.model.PlacementSpec.DiskType;
import dev.cotton.core.wire.MesosTask;
import dev.cotton.scheduler.engine.mesos.offer.Constraint;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.stream.Stream;

/**
 * All that the engine for a fleet is told.
 *
 * @param user whom executors and databases run as on the agents; never root
 * @param principal that the framework is authenticated as, where the master asks for it
 * @param failoverTimeout how long tasks live on while no scheduler is registered
 * @param persistentVolumes whether data are kept on volumes that outlive tasks; without, they go with the task
 * @param constraints where the instances of each cluster may go
 * @param sourcePrefix of {@code ExecutorInfo.source}, which other tools count by; empty for none
 * @param registerAnew whether another framework may be registered when the master has removed the former one, although
 *     records name tasks of it that may run
 * @param webUi where people find this scheduler, shown by the master
 */
public record MesosSettings(
        String user,
        String role,
        Optional<String> principal,
        Duration failoverTimeout,
        boolean persistentVolumes,
        List<Constraint> constraints,
        ExecutorCommand executor,
        MesosTask.MysqlSource mysql,
        String sourcePrefix,
        Optional<String> webUi,
        boolean registerAnew,
        Patience patience) {
    /** The role's ordinary name. */
    public static final String ORDINARY_ROLE = "cotton";

    /**
     * What an agent starts.
     *
     * @param uris fetched into the sandbox, archives unpacked
     * @param packed fetched and left as they are
     * @param line for the shell
     */
    public record ExecutorCommand(
            List<String> uris, List<String> packed, String line, Map<String, String> environment) {
        public ExecutorCommand {
            uris = List.copyOf(uris);
            packed = List.copyOf(packed);
            environment = Map.copyOf(environment);
        }

        /**
         * The same, run out of a package that is fetched packed and, once its SHA-256 is known to be right, unpacked: the
         * fetcher of agents checks nothing, and what comes by plain HTTP may be another one.
         *
         * @param name of the package in the sandbox; no character of it means anything to a shell
         */
        public ExecutorCommand unpacking(String uri, String name, String sha256) {
            String checked = "{ echo '%s  %s' | sha256sum -c - >&2 && tar -xzf %s && rm -f %s; } || exit 65; %s"
                    .formatted(sha256, name, name, name, line);
            return new ExecutorCommand(uris, packed, checked, environment).fetching(uri);
        }

        /** The same, with one more that is left packed. */
        public ExecutorCommand fetching(String uri) {
            return new ExecutorCommand(
                    uris, Stream.concat(packed.stream(), Stream.of(uri)).toList(), line, environment);
        }
    }

    /**
     * How long what is waited for.
     *
     * @param agentAway an instance on an agent that is not heard is replaced after that
     * @param ownVolume an instance whose task ended waits so long for its volume before it is replaced
     * @param orphan a task that no record knows is killed after that
     * @param kill between the wish that a task ends and SIGKILL; 60 s at least
     * @param repeat what may have been lost, a kill for instance, is said again after that
     */
    public record Patience(Duration agentAway, Duration ownVolume, Duration orphan, Duration kill, Duration repeat) {
        public static final Patience ORDINARY = new Patience(
                Duration.ofMinutes(15),
                Duration.ofMinutes(10),
                Duration.ofMinutes(1),
                Duration.ofSeconds(90),
                Duration.ofSeconds(10));
    }

    /** What an instance takes of the sandbox's disk, beside its volume: logs, and the executor itself. */
    static final DataSize SANDBOX = DataSize.ofMegabytes(1024);

    /** The executor's own share of the instance's cores. */
    static final double EXECUTOR_CPUS = 0.05;

    /** @throws IllegalArgumentException naming the flag that is wrong */
    public MesosSettings {
        constraints = List.copyOf(constraints);
        if (user.equals("root")) {
            throw new IllegalArgumentException(
                    "framework-user: databases never run as root; give the name of an unprivileged user.");
        }
        PlacementSpec.wrongRole(role)
                .or(() -> noReservations(role, persistentVolumes))
                .ifPresent(why -> {
                    throw new IllegalArgumentException("framework-role: " + why);
                });
    }

    private static Optional<String> noReservations(String role, boolean persistentVolumes) {
        return role.equals("*") && persistentVolumes
                ? Optional.of(
                        "Mesos cannot reserve resources for the role '*', and without reservations no data outlive"
                                + " a task. Give another role, or --no-persistent-volumes.")
                : Optional.empty();
    }

    /** See {@link dev.cotton.core.port.Engine#objection}. */
    Optional<String> objection(PlacementSpec placement) {
        if (placement.diskType() == DiskType.MOUNT && !persistentVolumes) {
            return Optional.of("diskType: a mount disk is used as a persistent volume, and this scheduler was started"
                    + " with --no-persistent-volumes.");
        }
        return placement
                .role()
                .flatMap(own -> noReservations(own, persistentVolumes))
                .map(why -> "role: " + why);
    }

    /** The same, with another executor. */
    public MesosSettings withExecutor(ExecutorCommand command) {
        return new MesosSettings(
                user,
                role,
                principal,
                failoverTimeout,
                persistentVolumes,
                constraints,
                command,
                mysql,
                sourcePrefix,
                webUi,
                registerAnew,
                patience);
    }

    /** {@code ExecutorInfo.source}, as the original had it: {@code [prefix.]cluster.number}. */
    String source(InstanceId id) {
        String prefix = sourcePrefix.replaceAll("^\\.+|\\.+$", "");
        return (prefix.isEmpty() ? "" : prefix + ".") + id.cluster().value() + "." + id.ordinal();
    }

    /** What Cotton says of itself to the master. */
    public FrameworkInfo framework() {
        return new FrameworkInfo(
                user,
                "cotton",
                Optional.empty(),
                OptionalDouble.of(failoverTimeout.toMillis() / 1000.0),
                Optional.of(true),
                List.of(role),
                Optional.empty(),
                principal,
                webUi,
                Stream.of(
                                CapabilityType.PARTITION_AWARE,
                                CapabilityType.MULTI_ROLE,
                                CapabilityType.RESERVATION_REFINEMENT,
                                CapabilityType.REGION_AWARE)
                        .map(FrameworkInfo.Capability::new)
                        .toList(),
                Optional.empty());
    }
}
