package dev.cotton.scheduler.engine.mesos;

import static org.awaitility.Awaitility.await;

import dev.cotton.core.mesos.TaskState;
import dev.cotton.core.model.InstanceId;
import dev.cotton.core.wire.MesosTask;
import dev.cotton.scheduler.engine.mesos.MesosInstance.Seat;
import dev.cotton.scheduler.engine.mesos.MesosSettings.Patience;
import dev.cotton.scheduler.engine.mesos.master.MasterAddress;
import dev.cotton.scheduler.engine.mesos.master.MasterLink;
import dev.cotton.scheduler.engine.mesos.master.MasterSettings;
import dev.cotton.scheduler.engine.mesos.master.Timing;
import dev.cotton.testing.contract.EngineBench;
import dev.cotton.testing.mesos.AgentOptions;
import dev.cotton.testing.mesos.MesosSimulator;
import dev.cotton.testing.mesos.SimulatedAgent;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.http.HttpClient;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

/** An engine for Mesos with a simulated master and agents, whose executors are played by this process. */
final class MesosBench implements EngineBench {
    private static final String ROLE = MesosSettings.ORDINARY_ROLE;
    private static final int FIRST_PORT = 24_500;
    private static final int PORTS = 50;

    private final Path root;
    private final MesosSimulator mesos;
    private final MemoryRecords<MesosInstance> instances =
            new MemoryRecords<>(each -> each.id().toString());
    private final MemoryRecords<Framework> frameworks = new MemoryRecords<>(_ -> Framework.NAME);
    private final Map<InstanceId, Path> volumes = new ConcurrentHashMap<>();
    private final Set<Path> played = new HashSet<>();
    private final HttpClient http = HttpClient.newBuilder()
            .version(HttpClient.Version.HTTP_1_1)
            .connectTimeout(Duration.ofSeconds(5))
            .build();
    private final ScheduledExecutorService players = Executors.newSingleThreadScheduledExecutor(
            Thread.ofPlatform().name("played-executors").daemon(true).factory());
    private MesosEngine engine;

    /** With so many agents, of the size that the contract wants. */
    MesosBench(int agents) {
        try {
            root = Files.createTempDirectory("cotton-mesos-engine-");
            Files.setPosixFilePermissions(root, PosixFilePermissions.fromString("rwxr-xr-x"));
        } catch (IOException failed) {
            throw new UncheckedIOException(failed);
        }
        MesosSimulator.Builder builder = MesosSimulator.in(root.resolve("mesos"));
        for (int number = 1; number <= agents; number++) {
            int first = FIRST_PORT + number * PORTS;
            builder.agent(AgentOptions.withPorts(first, first + PORTS - 1)
                    .withHostname("h" + number)
                    .withResources(4, 2048, 100 << 10));
        }
        mesos = builder.start();
        var _ = players.scheduleWithFixedDelay(this::play, 0, 20, TimeUnit.MILLISECONDS);
        engine = open();
    }

    private static MesosSettings settings() {
        String user = System.getProperty("user.name");
        return new MesosSettings(
                user.equals("root") ? "nobody" : user,
                ROLE,
                Optional.empty(),
                Duration.ofDays(14),
                true,
                List.of(),
                new MesosSettings.ExecutorCommand(List.of(), List.of(), PlayedExecutor.COMMAND, Map.of()),
                new MesosTask.Host(Optional.empty()),
                "cotton",
                Optional.empty(),
                false,
                Patience.ORDINARY);
    }

    private MesosEngine open() {
        MesosSettings settings = settings();
        MasterLink link = new MasterLink(new MasterSettings(
                MasterAddress.parse(mesos.leader()),
                Optional.empty(),
                Optional.empty(),
                settings.framework(),
                Timing.ORDINARY));
        return MesosEngine.open(settings, instances, frameworks, Fixtures.UNSEALED, link, new Tally());
    }

    private void play() {
        for (SimulatedAgent agent : mesos.agents()) {
            for (Path sandbox : agent.sandboxes()) {
                try {
                    if (!played.contains(sandbox) && PlayedExecutor.play(http, sandbox)) {
                        played.add(sandbox);
                    }
                } catch (IOException failed) {
                    throw new UncheckedIOException(failed);
                }
            }
        }
    }

    @Override
    public MesosEngine engine() {
        return engine;
    }

    @Override
    public MesosEngine reopen() {
        engine.close();
        engine = open();
        return engine;
    }

    private Optional<Path> sandbox(InstanceId id) {
        return mesos.agents().stream()
                .flatMap(agent -> agent.sandboxes().stream())
                .filter(sandbox -> executorOf(sandbox).startsWith("cotton-" + id + "."))
                .findFirst();
    }

    /** The executor that a sandbox {@code …/executors/<executor>/runs/<container>} is of. */
    private static String executorOf(Path sandbox) {
        return sandbox.getName(sandbox.getNameCount() - 3).toString();
    }

    /** None from when its task has ended: what is left of its container follows. */
    @Override
    public Optional<String> executor(InstanceId id) {
        return sandbox(id)
                .filter(sandbox -> hasTask(executorOf(sandbox)))
                .map(sandbox -> sandbox.getFileName().toString());
    }

    private boolean hasTask(String executor) {
        return mesos.view().tasks().stream()
                .anyMatch(task -> task.executor().equals(executor)
                        && !TaskState.valueOf(task.state()).terminal());
    }

    @Override
    public void crash(InstanceId id) {
        Path running = sandbox(id).orElseThrow();
        long pid = Long.parseLong(read(running.resolve("pid")));
        ProcessHandle.of(pid).ifPresent(ProcessHandle::destroyForcibly);
        await().until(() -> !sandbox(id).equals(Optional.of(running)));
    }

    /** An operator declares its agent gone for ever. */
    @Override
    public void loseData(InstanceId id) {
        Seat seat = instances.find(id.toString()).flatMap(MesosInstance::seat).orElseThrow();
        mesos.agents().stream()
                .filter(agent -> agent.id().equals(seat.agent().id()))
                .forEach(SimulatedAgent::markGone);
    }

    @Override
    public Optional<String> data(InstanceId id) {
        instances
                .find(id.toString())
                .flatMap(MesosInstance::seat)
                .flatMap(this::volume)
                .ifPresent(volume -> volumes.put(id, volume));
        return Optional.ofNullable(volumes.get(id))
                .map(volume -> volume.resolve("rows"))
                .filter(Files::exists)
                .map(MesosBench::read);
    }

    private Optional<Path> volume(Seat seat) {
        return mesos.agents().stream()
                .filter(agent -> agent.id().equals(seat.agent().id()))
                .map(agent -> agent.workFolder()
                        .resolve("volumes/roles")
                        .resolve(ROLE)
                        .resolve(seat.nonce()))
                .findFirst();
    }

    /** Whatever is reserved, or kept on a volume, on any agent. */
    List<Object> leftovers() {
        return Stream.<Object>concat(mesos.view().reservations().stream(), mesos.view().volumes().stream())
                .toList();
    }

    private static String read(Path file) {
        try {
            return Files.readString(file).strip();
        } catch (IOException failed) {
            throw new UncheckedIOException(failed);
        }
    }

    @Override
    public void close() {
        engine.close();
        players.shutdownNow();
        mesos.close();
        http.close();
        try (Stream<Path> all = Files.walk(root)) {
            for (Path path : all.sorted(Comparator.reverseOrder()).toList()) {
                Files.delete(path);
            }
        } catch (IOException failed) {
            throw new UncheckedIOException(failed);
        }
    }
}
