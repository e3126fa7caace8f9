package dev.cotton.mesos;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.cotton.fleet.Api;
import dev.cotton.testing.mesos.AgentOptions;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.sql.Connection;
import java.sql.Statement;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;

/** A cluster that asks for a role of its own, for whole disks, and for instances that share an agent. */
final class MesosPlacementIT {
    private static final String CLUSTERS = "/api/v1/clusters";

    private static String wish(String name, int instances, String mem, String placement) {
        return ("{'name': '" + name + "', 'instances': " + instances + ", 'size': {'cpus': 0.5, 'mem': '" + mem
                        + "', 'disk': '2gb'}, 'placement': {"
                        + placement + "}}")
                .replace('\'', '"');
    }

    private static AgentOptions agent(Path folder) throws Exception {
        List<AgentOptions.More> mounts = new ArrayList<>();
        for (String name : List.of("a", "b")) {
            Path mount = Files.createDirectory(folder.resolve(name));
            Files.setPosixFilePermissions(mount, PosixFilePermissions.fromString("rwxr-xr-x"));
            mounts.add(new AgentOptions.MountDisk(mount, 3000));
        }
        return AgentOptions.withPorts(27_500, 27_599).withMore(mounts.toArray(AgentOptions.More[]::new));
    }

    @Test
    void aClusterHasItsRoleItsDisksAndItsWordAboutAgents(@TempDir Path folder) throws Exception {
        Path executor = ExecutorPackage.make(folder);
        try (MesosFleet fleet = new MesosFleet(folder, executor, List.of(agent(folder)))) {
            Api api = fleet.api();
            fleet.operator("{'type': 'UPDATE_QUOTA', 'update_quota': {'quota_configs': [{'role': 'web/db', 'limits':"
                    + " {'cpus': {'value': 8}}}]}}");
            api.post(CLUSTERS, wish("disks", 2, "512mb", "'role': 'web/db', 'diskType': 'mount', 'shareHosts': true"));
            api.post(CLUSTERS, wish("apart", 2, "512mb", ""));
            fleet.awaitState("disks", "healthy");

            assertThat(fleet.mesos().view().volumes())
                    .filteredOn(volume -> volume.role().equals("web/db"))
                    .extracting("megabytes")
                    .containsExactly("3000", "3000");
            try (Connection connection = fleet.connect("disks", api.primary("disks"));
                    Statement statement = connection.createStatement()) {
                statement.execute("CREATE DATABASE kept");
            }
            assertThat(Files.exists(folder.resolve("a")) && isUsed(folder.resolve("a")))
                    .isTrue();
            saysWhatIsShort(api);
            showsTheQuota(api);

            api.delete("disks", true);
            api.delete("apart", true);
            await().atMost(MesosFleet.LONG).pollInterval(Duration.ofMillis(200)).untilAsserted(() -> {
                assertThat(fleet.mesos().view().reservations()).isEmpty();
                assertThat(isUsed(folder.resolve("a")) || isUsed(folder.resolve("b")))
                        .isFalse();
            });
        }
    }

    private static boolean isUsed(Path mount) throws Exception {
        try (var files = Files.list(mount)) {
            return files.findAny().isPresent();
        }
    }

    /** One of the two has its place, the other would have to share an agent with it. */
    private static void saysWhatIsShort(Api api) {
        await().atMost(MesosFleet.LONG)
                .untilAsserted(() -> assertThat(
                                api.get(CLUSTERS + "/apart").path("why").asString())
                        .contains("None of 1 agent that offers something to the role cotton has room:"
                                + " 1 has another instance of this cluster."));
        JsonNode waiting = api.instances("apart").getLast();
        assertThat(waiting.path("place").path("presence").asString()).isEqualTo("waiting");
    }

    private static void showsTheQuota(Api api) {
        await().atMost(Duration.ofSeconds(45)).untilAsserted(() -> {
            JsonNode role = api.get("/api/v1/capacity")
                    .path("roles")
                    .valueStream()
                    .filter(each -> each.path("name").asString().equals("web/db"))
                    .findFirst()
                    .orElseThrow(AssertionError::new);
            assertThat(role.path("limit").path("cpus").asDouble(0)).isEqualTo(8);
            assertThat(role.path("used").path("disk").asString()).isEqualTo("8048mb");
        });
    }
}
