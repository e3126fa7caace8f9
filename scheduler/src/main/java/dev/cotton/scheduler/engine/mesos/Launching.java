package dev.cotton.scheduler.engine.mesos;

import dev.cotton.core.mesos.AgentId;
import dev.cotton.core.mesos.Bytes;
import dev.cotton.core.mesos.CommandInfo;
import dev.cotton.core.mesos.DiscoveryInfo;
import dev.cotton.core.mesos.Disk;
import dev.cotton.core.mesos.ExecutorId;
import dev.cotton.core.mesos.ExecutorInfo;
import dev.cotton.core.mesos.FrameworkId;
import dev.cotton.core.mesos.HealthCheck;
import dev.cotton.core.mesos.Nanoseconds;
import dev.cotton.core.mesos.Operation;
import dev.cotton.core.mesos.Resource;
import dev.cotton.core.mesos.TaskId;
import dev.cotton.core.mesos.TaskInfo;
import dev.cotton.core.model.DataSize;
import dev.cotton.core.model.PlacementSpec.DiskType;
import dev.cotton.core.model.Ports;
import dev.cotton.core.model.Resources;
import dev.cotton.core.wire.MesosTask;
import dev.cotton.scheduler.engine.mesos.MesosInstance.Seat;
import dev.cotton.scheduler.engine.mesos.offer.Need;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Stream;
import tools.jackson.databind.json.JsonMapper;

/** Says to the master what starts an instance: on new resources, or on what is reserved for it. Pure. */
record Launching(MesosSettings settings, Ownership ownership, FrameworkId framework) {
    private static final JsonMapper JSON = JsonMapper.builder().build();
    private static final String VOLUME_PATH = "data";
    private static final int PORTS = 4;
    private static final Duration HEALTH_PACE = Duration.ofSeconds(5);
    private static final int HEALTH_FAILURES = 3;

    /** A copy of much data takes its time. */
    private static final Duration HEALTH_GRACE = Duration.ofHours(1);

    /** All that an instance takes of an agent. */
    static Need need(MesosInstance instance) {
        return need(instance.resources(), instance.terms().diskType());
    }

    /** All that an instance of such a cluster takes of an agent. */
    static Need need(Resources size, DiskType diskType) {
        boolean whole = diskType == DiskType.MOUNT;
        return new Need(
                size.cpus(),
                size.mem(),
                new DataSize(
                        MesosSettings.SANDBOX.bytes() + (whole ? 0 : size.disk().bytes())),
                whole ? Optional.of(size.disk()) : Optional.empty(),
                PORTS);
    }

    /** Whether an instance of {@code role} can make use of it, when it is free. */
    boolean usable(Resource resource, String role) {
        return !settings.persistentVolumes() || Ownership.reservable(resource, role);
    }

    static List<Integer> numbers(Ports ports) {
        return List.of(ports.mysql(), ports.executor(), ports.health(), ports.admin());
    }

    /**
     * On what nobody has: reserved and made a volume of, where data are to outlive the task.
     *
     * @param pile what is free there; the instance's share is taken out
     * @throws IllegalStateException when it is not there; some of it may have been taken then
     */
    List<Operation> fresh(MesosInstance launched, String token, Pile pile) {
        Seat seat = launched.seat().orElseThrow();
        Function<Resource, Resource> kept = settings.persistentVolumes()
                ? resource -> resource.reserved(ownership.reservation(launched.role(), launched.id(), seat.nonce()))
                : resource -> resource;
        double size = megabytes(launched.resources().disk());
        Resource disk = kept.apply(launched.terms().wholeDisk() ? pile.takeMount(size) : pile.takeWhole("disk", size));
        List<Resource> others = new ArrayList<>();
        others.addAll(pile.take("disk", megabytes(MesosSettings.SANDBOX)));
        others.addAll(pile.take("cpus", launched.resources().cpus()));
        others.addAll(pile.take("mem", megabytes(launched.resources().mem())));
        others.addAll(pile.takePorts(numbers(seat.ports())));
        others.replaceAll(kept::apply);
        if (!settings.persistentVolumes()) {
            return List.of(launch(launched, token, joined(others, disk)));
        }
        Resource volume = disk.withDisk(disk.disk()
                .orElse(Disk.ROOT)
                .withVolume(new Disk.Persistence(seat.nonce(), settings.principal()), VOLUME_PATH));
        return List.of(
                new Operation(Optional.empty(), new Operation.Reserve(joined(others, disk))),
                new Operation(Optional.empty(), new Operation.Create(List.of(volume))),
                launch(launched, token, joined(others, volume)));
    }

    private static double megabytes(DataSize size) {
        return size.megabytes();
    }

    private static List<Resource> joined(List<Resource> some, Resource more) {
        return Stream.concat(some.stream(), Stream.of(more)).toList();
    }

    /** Whether {@code own} is all that the instance has reserved, its volume included. */
    static boolean complete(MesosInstance instance, List<Resource> own) {
        return volume(own).isPresent() && enough(instance, own);
    }

    /** Whether everything is offered, and the disk is empty: somebody has destroyed the volume. */
    static boolean withoutVolume(MesosInstance instance, List<Resource> own) {
        return volume(own).isEmpty() && enough(instance, own);
    }

    private static boolean enough(MesosInstance instance, List<Resource> own) {
        Need need = need(instance);
        double disk =
                megabytes(need.disk()) + need.mount().map(Launching::megabytes).orElse(0.0);
        return Pile.sum(own, "cpus") >= need.cpus() - 0.0005
                && Pile.sum(own, "mem") >= megabytes(need.mem())
                && Pile.sum(own, "disk") >= disk
                && numbers(instance.seat().orElseThrow().ports()).stream()
                        .allMatch(port -> own.stream().anyMatch(resource -> Pile.holds(resource, port)));
    }

    static Optional<Resource> volume(List<Resource> own) {
        return own.stream().filter(Resource::volume).findFirst();
    }

    /** On {@code resources}, all of which it takes: for one that comes back, what is reserved for it, with its volume. */
    Operation launch(MesosInstance instance, String token, List<Resource> resources) {
        Pile pile = new Pile(resources.stream()
                .sorted(Comparator.comparing(resource -> resource.disk().isPresent()))
                .toList());
        List<Resource> share = new ArrayList<>();
        share.addAll(pile.take("cpus", MesosSettings.EXECUTOR_CPUS));
        share.addAll(pile.take("mem", megabytes(Resources.EXECUTOR_MEM)));
        share.addAll(pile.take("disk", megabytes(MesosSettings.SANDBOX) / 2));
        return new Operation(
                Optional.empty(), new Operation.Launch(List.of(task(instance, token, pile.rest(), share))));
    }

    private TaskInfo task(MesosInstance instance, String token, List<Resource> resources, List<Resource> share) {
        Seat seat = instance.seat().orElseThrow();
        String name = instance.task().orElseThrow().id();
        MesosTask contents = new MesosTask(
                instance.id(),
                instance.cluster(),
                seat.ports(),
                instance.resources(),
                token,
                VOLUME_PATH,
                Optional.of(sandbox(instance)),
                settings.mysql());
        return new TaskInfo(
                "cotton-" + instance.id(),
                new TaskId(name),
                new AgentId(seat.agent().id()),
                resources,
                Optional.of(executor(instance, name, share)),
                Optional.empty(),
                Optional.of(Bytes.of(JSON.writeValueAsBytes(contents))),
                Optional.of(
                        HealthCheck.http(seat.ports().health(), "/health", HEALTH_PACE, HEALTH_FAILURES, HEALTH_GRACE)),
                Optional.of(TaskInfo.KillPolicy.of(settings.patience().kill())),
                Optional.empty(),
                Optional.of(discovery(instance)));
    }

    /** What there is beside the volume; without one, data are in it too. */
    private DataSize sandbox(MesosInstance instance) {
        return settings.persistentVolumes()
                ? MesosSettings.SANDBOX
                : new DataSize(MesosSettings.SANDBOX.bytes()
                        + instance.resources().disk().bytes());
    }

    private ExecutorInfo executor(MesosInstance instance, String task, List<Resource> share) {
        return new ExecutorInfo(
                Optional.of(ExecutorInfo.Type.CUSTOM),
                new ExecutorId(task),
                Optional.of(framework),
                Optional.of(command()),
                share,
                Optional.of("cotton executor of " + instance.id()),
                Optional.of(settings.source(instance.id())),
                Optional.empty(),
                Optional.empty(),
                Optional.of(Nanoseconds.of(settings.patience().kill())),
                Optional.empty());
    }

    private CommandInfo command() {
        Stream<CommandInfo.Uri> unpacked = settings.executor().uris().stream().map(uri -> uri(uri, Optional.of(true)));
        Stream<CommandInfo.Uri> packed = settings.executor().packed().stream().map(uri -> uri(uri, Optional.of(false)));
        return CommandInfo.shell(
                settings.executor().line(),
                Stream.concat(unpacked, packed).toList(),
                settings.executor().environment());
    }

    private static CommandInfo.Uri uri(String value, Optional<Boolean> extract) {
        return new CommandInfo.Uri(value, Optional.empty(), extract, Optional.of(true), Optional.empty());
    }

    private static DiscoveryInfo discovery(MesosInstance instance) {
        Ports ports = instance.seat().orElseThrow().ports();
        List<DiscoveryInfo.Port> shown =
                Map.of("mysql", ports.mysql(), "executor", ports.executor(), "health", ports.health())
                        .entrySet()
                        .stream()
                        .sorted(Map.Entry.comparingByKey())
                        .map(port ->
                                new DiscoveryInfo.Port(port.getValue(), Optional.of(port.getKey()), Optional.of("tcp")))
                        .toList();
        return new DiscoveryInfo(
                DiscoveryInfo.Visibility.CLUSTER,
                Optional.of(instance.id().toString()),
                Optional.of(new DiscoveryInfo.Ports(shown)),
                Optional.empty());
    }
}
