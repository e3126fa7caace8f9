package dev.cotton.cli.app;

import static org.assertj.core.api.Assertions.assertThat;

import dev.cotton.cli.ExitCode;
import dev.cotton.cli.Failure;
import dev.cotton.cli.TestShell;
import dev.cotton.cli.up.SchedulerOptions;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Deque;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The flags of the original scheduler, and our own. */
final class SchedulerFlagsTest {
    @TempDir
    private Path folder = Path.of("");

    private final TestShell terminal = new TestShell();
    private final Deque<SchedulerOptions> given = new ArrayDeque<>();

    @ParameterizedTest
    @ValueSource(
            strings = {
                "--election_timeout",
                "--admin_keypath",
                "--work_dir",
                "--state_storage",
                "--installer_args",
                "--backup_store_args"
            })
    void aFlagWithoutMeaningIsAcceptedAndAnsweredWithWhatReplacedIt(String flag) {
        run(flag, "x y");
        run(flag.replace('_', '-') + "=x");

        String warning = "Warning: " + flag.replace('_', '-') + " has no effect: ";
        assertThat(terminal.err().lines().filter(line -> line.startsWith(warning)))
                .hasSize(2);
        assertThat(given).hasSize(2);
    }

    @Test
    void flagsWithAMeaningKeepIt() {
        run(
                "--port=8080",
                "--zk_url=zk://h:2181/cotton",
                "--framework_user",
                "mysql",
                "--scheduler_keypath=/k",
                "--verbose");

        SchedulerOptions options = given.element();
        assertThat(options.port()).contains(8080);
        assertThat(options.zkUrl()).hasValueSatisfying(url -> assertThat(url).hasToString("zk://h:2181/cotton"));
        assertThat(options.place().frameworkUser()).isEqualTo("mysql");
        assertThat(options.schedulerKeypath()).contains(Path.of("/k"));
        assertThat(terminal.err()).doesNotContain("Warning");
    }

    @Test
    void nothingGivenMeansTheOrdinary() {
        run();

        SchedulerOptions options = given.element();
        assertThat(options.port()).isEmpty();
        assertThat(options.apiAddress()).isEqualTo("127.0.0.1");
        assertThat(options.binRetention()).isEqualTo(Duration.ofDays(7));
        assertThat(options.place().instancePorts()).hasToString("23300-23999");
        assertThat(options.place().frameworkUser()).isEqualTo("cotton");
        assertThat(options.insecure()).isFalse();
    }

    @Test
    void flagsOfAFleetMeanNothingWithoutAMaster() {
        run(
                "--framework_role=db",
                "--framework_failover_timeout=7d",
                "--executor_uri=hdfs://x",
                "--mesos_master=local");

        assertThat(terminal.err().lines().filter(line -> line.startsWith("Warning: ")))
                .hasSize(3)
                .allMatch(
                        line -> line.endsWith(" has no effect without --mesos-master: databases run on this machine."));
        assertThat(given.element().mesos()).isEmpty();
    }

    @Test
    void aMesosMasterIsTakenWithTheFlagsOfTheOriginal() {
        run(
                "--mesos_master=zk://m:2181/mesos",
                "--framework_role=db",
                "--framework_failover_timeout=7d",
                "--framework_authentication_file=/secret",
                "--executor_uri=hdfs://x",
                "--executor_cmd=run",
                "--executor_environ=A=b",
                "--executor_source_prefix=prod",
                "--constraint=rack:GROUP_BY");

        assertThat(terminal.err()).doesNotContain("Warning");
        assertThat(given.element().mesos()).hasValueSatisfying(mesos -> {
            assertThat(mesos.master()).isEqualTo("zk://m:2181/mesos");
            assertThat(mesos.role()).isEqualTo("db");
            assertThat(mesos.failoverTimeout()).isEqualTo(Duration.ofDays(7));
            assertThat(mesos.authenticationFile()).contains(Path.of("/secret"));
            assertThat(mesos.executorUri()).contains("hdfs://x");
            assertThat(mesos.executorCmd()).contains("run");
            assertThat(mesos.executorEnviron()).contains("A=b");
            assertThat(mesos.sourcePrefix()).isEqualTo("prod");
            assertThat(mesos.constraints()).containsExactly("rack:GROUP_BY");
        });
    }

    @Test
    void withoutVolumesTheDangerIsSaid() {
        run("--mesos_master=m:5050", "--no-persistent-volumes");

        assertThat(terminal.err()).contains("the data of an instance are gone when its task ends");
    }

    @Test
    void portsThatAreNoRangeAreRefused() {
        assertThat(run("--instance-ports=1000")).isEqualTo(2);

        assertThat(terminal.err()).contains("'1000' is not a range of ports, for instance 23300-23999.");
    }

    @Test
    void whatFailsToStartIsSaidAndLeavesNoNote() {
        assertThat(run()).isEqualTo(5);

        assertThat(terminal.err()).endsWith("cotton: It does not start here.\n");
        assertThat(folder.resolve("schedulers")).isEmptyDirectory();
    }

    private int run(String... flags) {
        String[] arguments = new String[flags.length + 3];
        arguments[0] = "scheduler";
        arguments[1] = "--data-dir";
        arguments[2] = folder.toString();
        System.arraycopy(flags, 0, arguments, 3, flags.length);
        return TestCommands.run(
                terminal,
                (data, options, log, mysql) -> {
                    given.add(options);
                    throw new Failure(ExitCode.UNREACHABLE, "It does not start here.");
                },
                arguments);
    }
}
