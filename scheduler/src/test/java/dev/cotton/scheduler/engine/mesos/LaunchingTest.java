package dev.cotton.scheduler.engine.mesos;

import static org.assertj.core.api.Assertions.assertThat;

import dev.cotton.core.mesos.Bytes;
import dev.cotton.core.mesos.HealthCheck;
import dev.cotton.core.mesos.Operation;
import dev.cotton.core.mesos.Resource;
import dev.cotton.core.mesos.TaskInfo;
import dev.cotton.core.model.DataSize;
import dev.cotton.core.model.Ports;
import dev.cotton.core.model.Resources;
import dev.cotton.core.wire.MesosTask;
import dev.cotton.scheduler.engine.mesos.MesosInstance.Seat;
import dev.cotton.scheduler.engine.mesos.offer.Agent;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.util.Base64;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/** The task that an instance is launched as. */
final class LaunchingTest {
    private static final JsonMapper JSON = JsonMapper.builder().build();
    private static final String TOKEN = "b25lLXRpbWUtc2VjcmV0";
    private static final Ports PORTS = new Ports("host-1", 31_000, 31_001, 31_002, 31_003);

    private static MesosInstance launched() {
        return MesosInstance.wanted(Fixtures.id(0), Fixtures.terms(1), "v1:sealed")
                .launched(
                        new Seat(new Agent("agent-1", "host-1", Map.of(), Optional.empty()), PORTS, "nonce-1", false));
    }

    private static TaskInfo task(boolean volumes) {
        Operation last = Fixtures.launching(volumes)
                .fresh(launched(), TOKEN, new Pile(Fixtures.plenty()))
                .getLast();
        return ((Operation.Launch) last.change()).taskInfos().getFirst();
    }

    private static ObjectNode written(TaskInfo task) {
        return (ObjectNode) JSON.valueToTree(task);
    }

    private static MesosTask contents(TaskInfo task) {
        return JSON.readValue(task.data().map(Bytes::decoded).orElseThrow(), MesosTask.class);
    }

    @Test
    void onlyTheFieldThatNobodyIsShownHasTheToken() {
        ObjectNode task = written(task(true));
        String data = task.remove("data").asString();

        assertThat(new String(Base64.getDecoder().decode(data), StandardCharsets.UTF_8))
                .contains(TOKEN);
        assertThat(task.toString())
                .contains("cotton-demo-0")
                .doesNotContain(TOKEN)
                .doesNotContain(new String(Base64.getDecoder().decode(TOKEN), StandardCharsets.UTF_8))
                .doesNotContain("sealed", "secret", "password", data);
    }

    @Test
    void othersSeeItsPortsAndHowToTellThatItIsWell() {
        JsonNode task = written(task(true));

        assertThat(task.path("discovery").path("name").asString()).isEqualTo("demo-0");
        assertThat(task.path("discovery").path("ports").path("ports"))
                .extracting(port ->
                        port.path("name").asString() + "=" + port.path("number").asInt())
                .containsExactly("executor=31001", "health=31002", "mysql=31000");
        HealthCheck check = task(true).healthCheck().orElseThrow();
        assertThat(check.type()).isEqualTo(HealthCheck.Type.HTTP);
        assertThat(check.http()).contains(new HealthCheck.Http("http", 31_002, "/health"));
        assertThat(check.consecutiveFailures()).hasValue(3);
    }

    @ParameterizedTest
    @CsvSource({
        "'', demo.0",
        "prod, prod.demo.0",
        "vagrant.devcluster, vagrant.devcluster.demo.0",
        "..prod., prod.demo.0"
    })
    void theSourceIsTheOriginals(String prefix, String source) {
        MesosSettings given = Fixtures.settings(true);
        MesosSettings settings = new MesosSettings(
                given.user(),
                given.role(),
                given.principal(),
                given.failoverTimeout(),
                true,
                List.of(),
                given.executor(),
                given.mysql(),
                prefix,
                Optional.empty(),
                false,
                given.patience());

        assertThat(settings.source(Fixtures.id(0))).isEqualTo(source);
    }

    @Test
    void theContainerHasWhatTheInstanceWasAskedForAndTheExecutorsShareIsPartOfIt() {
        TaskInfo task = task(true);
        List<Resource> all = Stream.concat(
                        task.resources().stream(), task.executor().orElseThrow().resources().stream())
                .toList();

        assertThat(Pile.sum(all, "mem"))
                .isEqualTo((double) contents(task).resources().mem().megabytes());
        assertThat(Pile.sum(all, "cpus")).isEqualTo(contents(task).resources().cpus());
        assertThat(Pile.sum(task.executor().orElseThrow().resources(), "mem"))
                .isEqualTo((double) Resources.EXECUTOR_MEM.megabytes());
    }

    @Test
    void theExecutorIsToldWhatItsSandboxMayHold() {
        DataSize disk = Fixtures.spec(0).resources().disk();

        assertThat(contents(task(true)).sandbox()).contains(MesosSettings.SANDBOX);
        assertThat(contents(task(false)).sandbox())
                .contains(new DataSize(MesosSettings.SANDBOX.bytes() + disk.bytes()));
    }

    @Test
    void aPackageIsCheckedBeforeItIsRun() {
        MesosSettings.ExecutorCommand command = new MesosSettings.ExecutorCommand(
                        List.of(), List.of(), "exec ./cotton-executor/bin/cotton-executor", Map.of())
                .unpacking("http://h:1/artifact/abc/e.tar.gz", "e.tar.gz", "abc")
                .fetching("http://h:1/artifact/def/mysql.tar");

        assertThat(command.uris()).isEmpty();
        assertThat(command.packed())
                .containsExactly("http://h:1/artifact/abc/e.tar.gz", "http://h:1/artifact/def/mysql.tar");
        assertThat(command.line())
                .isEqualTo(
                        "{ echo 'abc  e.tar.gz' | sha256sum -c - >&2 && tar -xzf e.tar.gz && rm -f e.tar.gz; } || exit 65;"
                                + " exec ./cotton-executor/bin/cotton-executor");
    }

    @Test
    void anotherPackageIsNotEvenUnpacked(@TempDir Path sandbox) throws Exception {
        Path stage = Files.createDirectories(sandbox.resolve("stage/cotton-executor"));
        Files.writeString(stage.resolve("run"), "echo it runs\n");
        assertThat(shell(sandbox, "tar -C stage -czf e.tar.gz cotton-executor")).startsWith("0 ");
        String right = HexFormat.of()
                .formatHex(
                        MessageDigest.getInstance("SHA-256").digest(Files.readAllBytes(sandbox.resolve("e.tar.gz"))));

        assertThat(shell(sandbox, started("0".repeat(64)))).startsWith("65 ").doesNotContain("it runs");
        assertThat(sandbox.resolve("cotton-executor")).doesNotExist();

        assertThat(shell(sandbox, started(right))).startsWith("0 ").contains("it runs");
        assertThat(sandbox.resolve("e.tar.gz")).doesNotExist();
    }

    private static String started(String sha256) {
        return new MesosSettings.ExecutorCommand(List.of(), List.of(), "exec sh ./cotton-executor/run", Map.of())
                .unpacking("http://h:1/e.tar.gz", "e.tar.gz", sha256)
                .line();
    }

    /** Its exit code, and what it said. */
    private static String shell(Path folder, String line) throws IOException, InterruptedException {
        Process process = new ProcessBuilder("/bin/sh", "-c", line)
                .directory(folder.toFile())
                .redirectErrorStream(true)
                .start();
        String said = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        assertThat(process.waitFor(10, TimeUnit.SECONDS)).isTrue();
        return process.exitValue() + " " + said;
    }
}
