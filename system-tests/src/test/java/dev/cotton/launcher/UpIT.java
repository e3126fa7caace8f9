package dev.cotton.launcher;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.cotton.fleet.ControlGroups;
import dev.cotton.mysql.TestMysql;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.MethodOrderer;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.TestInstance.Lifecycle;
import org.junit.jupiter.api.TestMethodOrder;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * What a new user types in the first minutes, with the program that the launcher built of this tree: the steps build on
 * each other.
 */
@TestInstance(Lifecycle.PER_CLASS)
@TestMethodOrder(MethodOrderer.OrderAnnotation.class)
final class UpIT {

    private static final Duration LONG = Duration.ofMinutes(2);
    private static final String PORTS = "29700-29799";

    @TempDir
    static Path temporary;

    private Path launcher;
    private Path data;

    @BeforeAll
    void buildUnlessBuilt() throws Exception {
        Files.setPosixFilePermissions(temporary, PosixFilePermissions.fromString("rwxr-xr-x"));
        launcher = Path.of("..").toRealPath().resolve("cotton");
        data = temporary.resolve("data");
        Call.start(temporary, temporary, List.of(launcher.toString(), "--help")).output(0);
    }

    @AfterAll
    void endWhatIsLeft() throws IOException {
        await().atMost(LONG).until(() -> {
            ours().forEach(ProcessHandle::destroyForcibly);
            return ours().isEmpty();
        });
        ControlGroups.removeOf(data);
    }

    @Test
    @Order(1)
    void upInTheBackgroundEndsWithAHealthyClusterAndWhatToTryNext() throws Exception {
        String output = up("demo", "--detach").output(0);

        assertThat(output)
                .contains("demo is healthy: one primary and 2 replicas, lossless.")
                .contains("address ", "mysql ", "password ", "dashboard ", "data       " + data)
                .contains("Try next:", "connect demo -- -e", "kill -9 ", "down --all");
    }

    @Test
    @Order(2)
    void listAndShowSayWhatIsThere() throws Exception {
        assertThat(cotton("list").output(0)).containsPattern("demo +healthy +3 of 3 +demo-[0-2] ");
        JsonNode shown = show();
        assertThat(shown.path("state").asString()).isEqualTo("healthy");
        assertThat(shown.path("spec").path("instances").asInt()).isEqualTo(3);
        assertThat(shown.path("inSync").path("members").size()).isEqualTo(3);
    }

    @Test
    @Order(3)
    void connectRunsSqlOnThePrimary() throws Exception {
        cotton(
                        "connect",
                        "demo",
                        mysql(),
                        "--",
                        "-e",
                        "CREATE DATABASE shop; CREATE TABLE shop.orders (id INT PRIMARY KEY); INSERT INTO shop.orders VALUES (42)")
                .output(0);

        assertThat(query("SELECT id, @@read_only FROM shop.orders")).contains("42\t0");
    }

    @Test
    @Order(4)
    void aSecondUpSaysThatItAttaches() throws Exception {
        assertThat(up("demo", "--detach").output(0))
                .contains("A scheduler runs on " + data + " already", "attaching to it", "demo is healthy");
    }

    @Test
    @Order(5)
    void aReplicaWhoseServerIsKilledHeals() throws Exception {
        JsonNode replica = show().path("instances")
                .valueStream()
                .filter(instance -> instance.path("role").asString().equals("replica"))
                .findFirst()
                .orElseThrow();
        long killed = server(replica);
        ProcessHandle.of(killed).orElseThrow().destroyForcibly();

        await().atMost(LONG).until(() -> {
            JsonNode now = show();
            return now.path("state").asString().equals("healthy")
                    && now.path("instances")
                            .valueStream()
                            .filter(instance -> instance.path("id").equals(replica.path("id")))
                            .mapToLong(UpIT::server)
                            .allMatch(pid -> pid > 0 && pid != killed);
        });
    }

    private static long server(JsonNode instance) {
        return instance.path("executor").path("report").path("processId").asLong(-1);
    }

    @Test
    @Order(6)
    void downStopsTheSchedulerAndNoDatabase() throws Exception {
        List<Long> servers =
                show().path("instances").valueStream().map(UpIT::server).toList();

        assertThat(cotton("down").output(0)).contains("The scheduler has stopped");

        assertThat(servers).hasSize(3).allMatch(pid -> ProcessHandle.of(pid).isPresent());
        assertThat(cotton("list").output(5)).contains("No scheduler runs on the data folder");
    }

    @Test
    @Order(7)
    void ctrlCStopsTheSchedulerAndSaysThatTheDatabasesGoOn() throws Exception {
        Call foreground = up("demo");
        await().atMost(LONG).until(() -> Files.readString(foreground.log()).contains("Ctrl-C stops the scheduler"));
        assertThat(query("SELECT id FROM shop.orders")).contains("42");
        List<Long> servers =
                show().path("instances").valueStream().map(UpIT::server).toList();

        new ProcessBuilder("kill", "-INT", Long.toString(foreground.process().pid()))
                .start()
                .waitFor();

        assertThat(foreground.output(130))
                .contains("demo is healthy")
                .contains("The scheduler has stopped.")
                .contains("The databases go on: demo. To stop them too: cotton down --all.");
        assertThat(servers).hasSize(3).allMatch(pid -> ProcessHandle.of(pid).isPresent());
    }

    @Test
    @Order(8)
    void downWithAllLeavesNoProcess() throws Exception {
        assertThat(ours()).isNotEmpty();

        assertThat(cotton("down", "--all").output(0))
                .contains("demo is stopped; its data stay", "The scheduler has stopped");
        assertThat(data.resolve("mysql"))
                .as("the MySQL that was named for up was taken again")
                .doesNotExist();

        await().atMost(LONG).untilAsserted(() -> assertThat(ours()).isEmpty());
    }

    private Call up(String... arguments) throws IOException {
        List<String> all = new ArrayList<>(List.of("up"));
        all.addAll(List.of(arguments));
        all.addAll(List.of("--instance-ports", PORTS, mysql()));
        return cotton(all.toArray(String[]::new));
    }

    /** A call with a home and a data folder of its own. Ctrl-C reaches it also when this test runs in a background job. */
    private Call cotton(String... arguments) throws IOException {
        List<String> command = new ArrayList<>(List.of(
                "env", "--default-signal=INT", "HOME=" + temporary, "COTTON_DATA_DIR=" + data, launcher.toString()));
        command.addAll(List.of(arguments));
        return Call.start(temporary, temporary, command);
    }

    /** The one that other real tests run as well, instead of another download. */
    private static String mysql() {
        return "--mysql-home=" + TestMysql.home();
    }

    private String query(String sql) throws Exception {
        return cotton("connect", "demo", mysql(), "--", "-e", sql).output(0);
    }

    private JsonNode show() throws Exception {
        String output = cotton("show", "demo", "-o", "json").output(0);
        return JsonMapper.builder().build().readTree(output);
    }

    /** Every process that has to do with the data folder. */
    private List<ProcessHandle> ours() {
        return ProcessHandle.allProcesses()
                .filter(process -> process.pid() != ProcessHandle.current().pid())
                .filter(process -> says(process, "cmdline") || says(process, "environ"))
                .toList();
    }

    private boolean says(ProcessHandle process, String file) {
        try {
            return Files.readString(Path.of("/proc", Long.toString(process.pid()), file), ISO_8859_1)
                    .contains(data.toString());
        } catch (IOException gone) {
            return false;
        }
    }
}
