package dev.cotton.cli.app;

import static java.util.stream.Collectors.toMap;
import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.cotton.cli.ExitCode;
import dev.cotton.cli.Failure;
import dev.cotton.cli.TestShell;
import dev.cotton.cli.up.SchedulerOptions;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** What {@code deploy/} has for operators means something to those who read it: this program, systemd, Marathon, Mesos. */
final class DeployTest {
    private static final Path DEPLOY = Path.of("../deploy");
    private static final Path VERIFIER = Path.of("/usr/bin/systemd-analyze");

    /** Tenths of systemd's points, of 100, for what a service might do that it need not. */
    private static final int MOST_EXPOSURE = 20;

    private static final Pattern PROGRAM = Pattern.compile("(?m)^ExecStart=(\\S+)");

    @TempDir
    private Path folder = Path.of("");

    private final Deque<SchedulerOptions> given = new ArrayDeque<>();

    /** What the parser makes of a command line that begins with the program. */
    private SchedulerOptions parsed(String command, Map<String, String> variables) {
        String line = command;
        for (Map.Entry<String, String> variable : variables.entrySet()) {
            line = line.replace("${" + variable.getKey() + "}", variable.getValue())
                    .replace("$" + variable.getKey(), variable.getValue());
        }
        assertThat(line).as("no variable is left").doesNotContain("$");
        List<String> words = List.of(line.replace("\"", "").strip().split("\\s+", -1));
        TestShell terminal = new TestShell();
        int code = TestCommands.run(
                terminal,
                (data, options, log, mysql) -> {
                    given.add(options);
                    throw new Failure(ExitCode.UNREACHABLE, "It does not start here.");
                },
                Stream.concat(
                                words.subList(words.indexOf("scheduler"), words.size()).stream()
                                        .filter(word -> !word.startsWith("--data-dir=")),
                                Stream.of("--data-dir=" + folder))
                        .toArray(String[]::new));
        assertThat(terminal.err()).isEqualTo("cotton: It does not start here.\n");
        assertThat(code).isEqualTo(5);
        return given.removeLast();
    }

    private static Map<String, String> variables(Path file) throws IOException {
        return Files.readAllLines(file).stream()
                .filter(line -> !line.isBlank() && !line.startsWith("#"))
                .map(line -> line.split("=", 2))
                .collect(toMap(pair -> pair[0], pair -> pair[1]));
    }

    private static String unit(String name) throws IOException {
        return Files.readString(DEPLOY.resolve(name));
    }

    private static String command(String unit) {
        String joined = unit.replaceAll("\\\\\\n\\s*", "");
        return joined.lines()
                .filter(line -> line.startsWith("ExecStart="))
                .findFirst()
                .orElseThrow()
                .substring("ExecStart=".length());
    }

    @Test
    void theUnitStartsASchedulerOnMesosThatStandsInForOthers() throws IOException {
        SchedulerOptions options = parsed(
                command(unit("systemd/cotton-scheduler.service")), variables(DEPLOY.resolve("systemd/scheduler.env")));

        assertThat(options.mesos()).hasValueSatisfying(mesos -> {
            assertThat(mesos.master()).startsWith("zk://").endsWith("/mesos");
            assertThat(mesos.constraints()).isNotEmpty();
            assertThat(mesos.authenticationFile()).isPresent();
            assertThat(mesos.artifacts().port()).isPositive();
        });
        assertThat(options.zkUrl()).isPresent();
        assertThat(options.apiTlsKey()).isPresent();
        assertThat(options.insecure()).isFalse();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"systemd/cotton-scheduler.service", "mesos/mesos-master.service", "mesos/mesos-agent.service"})
    void systemdFindsNothingWrongWithTheUnit(String name) throws IOException, InterruptedException {
        assertThat(systemd("verify", "--man=no", installed(name).toString())).isEmpty();
    }

    /** As if its program were there. */
    private Path installed(String name) throws IOException {
        Path file = folder.resolve(String.valueOf(Path.of(name).getFileName()));
        return Files.writeString(file, PROGRAM.matcher(unit(name)).replaceFirst("ExecStart=/bin/true"));
    }

    private static String systemd(String... arguments) throws IOException, InterruptedException {
        assumeTrue(Files.isExecutable(VERIFIER), "systemd-analyze is not here");
        Process process = new ProcessBuilder(Stream.concat(Stream.of(VERIFIER.toString()), Stream.of(arguments))
                        .toList())
                .redirectErrorStream(true)
                .start();
        String said = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        assertThat(process.waitFor(30, TimeUnit.SECONDS)).isTrue();
        assertThat(process.exitValue()).as(said).isZero();
        return said;
    }

    @Test
    void theSchedulerMayDoLittleButItsWork() throws IOException, InterruptedException {
        systemd(
                "security",
                "--no-pager",
                "--offline=true",
                "--threshold=" + MOST_EXPOSURE,
                installed("systemd/cotton-scheduler.service").toString());
    }

    @Test
    void stoppingTheAgentLeavesContainersAlone() throws IOException {
        assertThat(unit("mesos/mesos-agent.service")).contains("\nKillMode=process\n", "\nDelegate=yes\n");
    }

    @Test
    void marathonStartsASchedulerOnEachOfThreeHosts() throws IOException {
        JsonNode app = JsonMapper.shared().readTree(unit("marathon/cotton-scheduler.json"));

        MarathonApp.check(app);
        SchedulerOptions options = parsed(
                app.path("cmd").asString(),
                Map.of("MESOS_SANDBOX", "/s", "HOST", "h", "PORT0", "55001", "PORT1", "55002"));
        assertThat(options.port()).contains(55001);
        assertThat(options.mesos().orElseThrow().artifacts().port()).isEqualTo(55002);
        assertThat(app.path("instances").asInt()).isEqualTo(3);
        assertThat(app.path("constraints").toString()).contains("[\"hostname\",\"UNIQUE\"]");
    }

    @ParameterizedTest
    @ValueSource(strings = {"agent1.env", "agent2.env", "agent3.env", "master.env"})
    void mesosKnowsEveryFlag(String name) throws IOException {
        Set<String> known = name.startsWith("agent") ? MesosFlags.AGENT : MesosFlags.MASTER;

        assertThat(variables(DEPLOY.resolve("mesos").resolve(name)).keySet())
                .allMatch(variable -> known.contains(MesosFlags.of(variable)));
    }

    @Test
    void agentsDifferInTheirNamesAndRacksOnly() throws IOException {
        Map<String, String> first = variables(DEPLOY.resolve("mesos/agent1.env"));
        for (String other : List.of("agent2.env", "agent3.env")) {
            Map<String, String> another = variables(DEPLOY.resolve("mesos").resolve(other));
            assertThat(another.keySet()).isEqualTo(first.keySet());
            assertThat(another.entrySet().stream()
                            .filter(entry -> !entry.getValue().equals(first.get(entry.getKey())))
                            .map(Map.Entry::getKey))
                    .containsExactlyInAnyOrder("MESOS_HOSTNAME", "MESOS_ATTRIBUTES");
        }
    }

    @Test
    void onlyWhoIsNamedMayReserveForCottonOrLookIntoSandboxes() throws IOException {
        JsonNode acls = JsonMapper.shared().readTree(unit("mesos/acls.json"));

        for (Map.Entry<String, JsonNode> action : acls.properties()) {
            if (action.getKey().equals("permissive")) {
                continue;
            }
            String object = MesosFlags.ACL_OBJECTS.get(action.getKey());
            assertThat(object).as(action.getKey()).isNotNull();
            for (JsonNode rule : action.getValue()) {
                assertThat(rule.propertyNames()).containsExactlyInAnyOrder("principals", object);
            }
            assertThat(action.getValue()
                            .get(action.getValue().size() - 1)
                            .path("principals")
                            .path("type")
                            .asString())
                    .as("whoever is not named is refused " + action.getKey())
                    .isEqualTo("NONE");
        }
        assertThat(acls.propertyNames())
                .contains(
                        "access_sandboxes",
                        "reserve_resources",
                        "unreserve_resources",
                        "create_volumes",
                        "destroy_volumes");
        assertThat(acls.path("reserve_resources")
                        .path(0)
                        .path("roles")
                        .path("values")
                        .toString())
                .isEqualTo("[\"cotton\"]");
    }
}
