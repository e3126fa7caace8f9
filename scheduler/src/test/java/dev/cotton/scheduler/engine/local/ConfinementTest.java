package dev.cotton.scheduler.engine.local;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.cotton.core.model.ClusterName;
import dev.cotton.core.model.DataSize;
import dev.cotton.core.model.InstanceId;
import dev.cotton.core.model.PlacementSpec;
import dev.cotton.core.model.Resources;
import dev.cotton.core.port.Engine.Disposal;
import dev.cotton.core.port.Engine.InstanceSpec;
import dev.cotton.core.port.Engine.Place;
import dev.cotton.core.port.Engine.Presence;
import dev.cotton.core.wire.ProcessFile;
import dev.cotton.scheduler.engine.local.placement.Host;
import dev.cotton.scheduler.engine.local.system.Command;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.awaitility.core.ConditionFactory;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Real control groups and a real network namespace: only root has them. */
final class ConfinementTest {
    private static final InstanceId ID = new InstanceId(new ClusterName("demo"), 0);
    private static final Duration LIMIT = Duration.ofSeconds(20);
    private static final DataSize MEMORY = DataSize.ofMegabytes(512);

    private final String namespace = "cotton-" + ProcessHandle.current().pid();
    private Optional<LocalBench> bench = Optional.empty();

    @BeforeEach
    void makeNamespace() throws IOException {
        assumeTrue(
                Files.getAttribute(Path.of("/proc/self"), "unix:uid").equals(0), "only root has control groups here");
        assertThat(ip("netns", "add", namespace)).isEmpty();
        assertThat(ip("-n", namespace, "link", "set", "lo", "up")).isEmpty();
    }

    @AfterEach
    void removeNamespace() throws IOException {
        bench.ifPresent(LocalBench::close);
        ip("netns", "delete", namespace);
    }

    private static String ip(String... arguments) throws IOException {
        List<String> command = new ArrayList<>(List.of("ip"));
        command.addAll(List.of(arguments));
        return Command.run(LIMIT, command).output();
    }

    private static ConditionFactory soon() {
        return await().atMost(Duration.ofSeconds(30)).pollInterval(Duration.ofMillis(20));
    }

    private LocalBench open(List<Host> hosts) {
        LocalBench opened = new LocalBench(hosts);
        bench = Optional.of(opened);
        return opened;
    }

    private Host inside() {
        return new Host(
                "inside",
                "127.0.0.1",
                List.of("ip", "netns", "exec", namespace),
                LocalBench.hosts(1).getFirst().room());
    }

    private Place run(LocalBench opened) {
        Resources size = new Resources(0.5, MEMORY, DataSize.ofMegabytes(1024));
        opened.engine().apply(new InstanceSpec(ID, "uid-of-demo", size, PlacementSpec.ORDINARY, "c2VjcmV0"));
        soon().until(() -> opened.process(ID, "mysqld.json").isPresent());
        return place(opened, Presence.RUNNING);
    }

    private static Place place(LocalBench opened, Presence presence) {
        return soon().until(
                        () -> Optional.ofNullable(opened.engine().observe().get(ID))
                                .filter(place -> place.presence() == presence),
                        Optional::isPresent)
                .orElseThrow();
    }

    /** The group of a process in one of the trees, as a folder. */
    private static Path group(String tree, ProcessFile process) throws IOException {
        String line = Files.readAllLines(Path.of("/proc", Long.toString(process.pid()), "cgroup")).stream()
                .filter(each -> List.of(each.split(":", 3)[1].split(",", -1)).contains(tree))
                .findFirst()
                .orElseThrow();
        return Path.of("/sys/fs/cgroup", tree, line.split(":", 3)[2]);
    }

    private void expectLimits(LocalBench opened, Place place) throws IOException {
        assertThat(place.isolation()).isEqualTo("cgroup v1: memory 512mb, cpu 0.5");
        for (String file : List.of("executor.json", "mysqld.json")) {
            ProcessFile process = opened.process(ID, file).orElseThrow();
            assertThat(LocalBench.read(group("memory", process).resolve("memory.limit_in_bytes")))
                    .isEqualTo(Long.toString(MEMORY.bytes()));
            assertThat(LocalBench.read(group("cpu", process).resolve("cpu.cfs_quota_us")))
                    .isEqualTo("50000");
        }
    }

    @Test
    void executorAndMysqldAreHeldToTheInstancesShare() throws IOException {
        LocalBench opened = open(LocalBench.hosts(1));
        expectLimits(opened, run(opened));
        Path group = group("memory", opened.process(ID, "executor.json").orElseThrow());

        opened.reopen();
        expectLimits(opened, place(opened, Presence.RUNNING));

        opened.engine().release(ID, Disposal.KEEP);
        place(opened, Presence.BINNED);
        assertThat(group).doesNotExist();
    }

    @Test
    void whoWantsMoreMemoryIsKilledByTheKernelAndNobodyElseIs() {
        LocalBench opened = open(LocalBench.hosts(1));
        opened.have("gluttony");
        run(opened);
        Path glutton = opened.home(ID).resolve("gluttony");
        soon().until(() -> Files.exists(glutton) && !LocalBench.read(glutton).isEmpty());
        int killed = 137;
        assertThat(LocalBench.read(glutton)).isEqualTo("the glutton ended with " + killed);
        assertThat(place(opened, Presence.RUNNING).why()).isEmpty();
        assertThat(opened.process(ID, "mysqld.json")).isPresent();
    }

    @Test
    void limitsHoldInANetworkNamespaceToo() throws IOException {
        LocalBench opened = open(List.of(inside()));
        Place place = run(opened);
        assertThat(place.host()).isEqualTo("inside");
        expectLimits(opened, place);
        ProcessFile executor = opened.process(ID, "executor.json").orElseThrow();
        assertThat(Files.readSymbolicLink(Path.of("/proc", Long.toString(executor.pid()), "ns/net")))
                .isNotEqualTo(Files.readSymbolicLink(Path.of("/proc/self/ns/net")));
        assertThat(Files.getAttribute(Path.of("/proc", Long.toString(executor.pid())), "unix:uid"))
                .isNotEqualTo(0);
    }

    @Test
    void portsAreLookedAtWhereTheInstanceIsGoingToBe() throws Exception {
        int first = 24100;
        Process somebody = new ProcessBuilder(
                        "ip",
                        "netns",
                        "exec",
                        namespace,
                        "perl",
                        "-MIO::Socket::INET",
                        "-e",
                        "$| = 1; my $held = IO::Socket::INET->new(LocalAddr => '127.0.0.1', LocalPort => " + (first + 1)
                                + ", Listen => 1) or die; print \"ready\\n\"; sleep 100;")
                .start();
        try {
            assertThat(somebody.inputReader().readLine()).isEqualTo("ready");
            assertThat(run(open(List.of(inside()))).ports().orElseThrow().mysql())
                    .isEqualTo(first + 4);
        } finally {
            somebody.destroyForcibly().waitFor();
        }
    }
}
