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
                "--framework_role",
                "--framework_failover_timeout",
                "--framework_authentication_file",
                "--executor_uri",
                "--executor_cmd",
                "--executor_environ",
                "--executor_source_prefix",
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
    void aMesosMasterIsRefusedAndNothingIsStarted() {
        assertThat(run("--mesos_master=zk://m:2181/mesos")).isEqualTo(2);

        assertThat(terminal.err()).contains("--mesos-master: this version runs databases on this machine only");
        assertThat(given).isEmpty();
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
