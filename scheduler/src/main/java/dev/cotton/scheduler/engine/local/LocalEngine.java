package dev.cotton.scheduler.engine.local;

import dev.cotton.core.model.DataSize;
import dev.cotton.core.model.InstanceId;
import dev.cotton.core.model.PlacementSpec;
import dev.cotton.core.model.PlacementSpec.DiskType;
import dev.cotton.core.model.Resources;
import dev.cotton.core.port.Engine;
import dev.cotton.core.wire.ExecutorConfig.Programs;
import dev.cotton.scheduler.engine.EngineRecords;
import dev.cotton.scheduler.engine.local.PlacedInstance.Goal;
import dev.cotton.scheduler.engine.local.limits.Limits;
import dev.cotton.scheduler.engine.local.placement.FreePorts;
import dev.cotton.scheduler.engine.local.placement.Host;
import dev.cotton.scheduler.engine.local.placement.Machine;
import dev.cotton.scheduler.engine.local.placement.Placement;
import dev.cotton.scheduler.engine.local.system.Account;
import dev.cotton.scheduler.engine.local.system.LinuxProcesses;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Supplier;
import java.util.stream.Collectors;

/**
 * The engine for one machine. It lives for one leadership: opened when this scheduler is elected, closed when it is
 * deposed. Executors are its children and outlive it; the next one adopts them by the files in their folders, and starts
 * those again that do not run, as after a reboot.
 */
public final class LocalEngine implements Engine {
    private static final Path CGROUPS = Path.of("/sys/fs/cgroup");

    private final Workshop shop;
    private final Map<InstanceId, LocalInstance> instances = new ConcurrentHashMap<>();
    private final List<Runnable> listeners = new CopyOnWriteArrayList<>();
    private volatile boolean closed;

    private LocalEngine(Workshop shop) {
        this.shop = shop;
    }

    /**
     * Makes the data folder, the user and the copy of the executor that are missing, adopts what runs, and goes on with
     * what was begun.
     *
     * @param programs of MySQL; asked once, before the first instance is made, on a thread of the engine's. It may take
     *     long. What it throws is shown with the instances that wait for it, and it is asked again.
     * @throws EngineException when this machine cannot be an engine; nothing was started
     * @throws dev.cotton.core.port.StateStore.StateException when the records cannot be read
     */
    public static LocalEngine open(
            LocalEngineSettings settings, EngineRecords<PlacedInstance> records, Supplier<Programs> programs) {
        try {
            Account account = Account.of(settings.account());
            DataArea area = DataArea.open(settings.dataFolder(), account);
            List<Host> hosts = Machine.withRooms(settings.hosts(), Machine.room(settings.dataFolder()));
            InstanceStorage storage = new InstanceStorage(area, account, new AskedOnce(programs));
            ExecutorPackage executor =
                    ExecutorPackage.install(settings.executorPackage(), area.packages(), settings.javaHome(), account);
            FormerPackages.remove(executor.folder());
            Launcher launcher = new Launcher(
                    executor, storage, account, Limits.find(CGROUPS, area.id()), new LinuxProcesses(account.uid()));
            Placement placement = new Placement(hosts, settings.ports(), new MachineProbe(area));
            LocalEngine engine = new LocalEngine(new Workshop(records, placement, storage, launcher));
            engine.resume(records.load());
            return engine;
        } catch (IOException unusable) {
            throw new EngineException("This machine cannot run databases: " + unusable.getMessage(), unusable);
        }
    }

    private record MachineProbe(DataArea area) implements Placement.Probe {
        @Override
        public Set<Integer> taken(Host host, int first, int count) throws IOException {
            return FreePorts.taken(host, first, count);
        }

        @Override
        public DataSize diskFree() throws IOException {
            return new DataSize(area.usableSpace());
        }
    }

    private void resume(List<PlacedInstance> known) {
        for (PlacedInstance placed : known) {
            LocalInstance instance = newInstance(placed.id());
            instance.resume(placed);
            instances.put(placed.id(), instance);
        }
        instances.forEach((id, instance) -> instance.start(() -> forget(id, instance)));
    }

    private LocalInstance newInstance(InstanceId id) {
        return new LocalInstance(id, shop, this::changed);
    }

    private void changed() {
        listeners.forEach(Runnable::run);
    }

    private void forget(InstanceId id, LocalInstance instance) {
        instances.remove(id, instance);
        instances.values().forEach(LocalInstance::wake);
        changed();
    }

    /** @throws IllegalStateException when that instance is being destroyed, or is another cluster's; nothing changed */
    @Override
    public void apply(InstanceSpec spec) {
        checkOpen();
        LocalInstance instance = instances.computeIfAbsent(spec.id(), this::newInstance);
        while (!instance.want(spec)) {
            instances.remove(spec.id(), instance);
            instance = instances.computeIfAbsent(spec.id(), this::newInstance);
        }
        start(spec.id(), instance);
    }

    private void start(InstanceId id, LocalInstance instance) {
        if (instance.start(() -> forget(id, instance))) {
            changed();
        }
    }

    @Override
    public void release(InstanceId id, Disposal disposal) {
        checkOpen();
        switch (disposal) {
            case KEEP -> Optional.ofNullable(instances.get(id)).ifPresent(instance -> instance.want(Goal.BIN));
            case DESTROY -> {
                LocalInstance instance = instances.computeIfAbsent(id, this::newInstance);
                instance.want(Goal.DESTROY);
                start(id, instance);
            }
        }
    }

    private void checkOpen() {
        if (closed) {
            throw new IllegalStateException("The engine is closed: this scheduler leads no longer.");
        }
    }

    @Override
    public Map<InstanceId, Place> observe() {
        return instances.entrySet().stream()
                .collect(Collectors.toUnmodifiableMap(
                        Map.Entry::getKey, entry -> entry.getValue().place()));
    }

    @Override
    public void onChange(Runnable listener) {
        listeners.add(listener);
    }

    @Override
    public Optional<String> shortage(Resources size, PlacementSpec placement, int count) {
        return shop.placement().shortage(size, count);
    }

    /** Instances of a cluster share hosts here wherever there are not enough, whether told or not. */
    @Override
    public Optional<String> objection(PlacementSpec placement) {
        if (placement.diskType() != DiskType.ROOT) {
            return Optional.of("diskType: databases run on this machine, in its data folder; only a fleet has others.");
        }
        return placement.role().map(_ -> "role: databases run on this machine; only a fleet has roles.");
    }

    @Override
    public List<RoleShare> roles() {
        return List.of();
    }

    @Override
    public Capacity capacity() {
        return shop.placement().capacity();
    }

    @Override
    public void close() {
        closed = true;
        instances.values().forEach(LocalInstance::interrupt);
        instances.values().forEach(LocalInstance::join);
        shop.launcher().removeEmptyLimits();
    }
}
