package dev.cotton.cli.app;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.cotton.cli.ExitCode;
import dev.cotton.cli.Failure;
import dev.cotton.cli.TestShell;
import dev.cotton.cli.up.SchedulerOptions;
import dev.cotton.core.wire.MesosTask;
import dev.cotton.scheduler.app.EngineSettings;
import dev.cotton.scheduler.engine.mesos.MesosSettings;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What a command line means for a fleet. */
final class FleetSettingsTest {
    private static final String ARCHIVE = "cotton.executor.archive";

    @TempDir
    private Path folder = Path.of("");

    private final TestShell terminal = new TestShell();
    private final Deque<SchedulerOptions> given = new ArrayDeque<>();

    @BeforeEach
    void pack() throws IOException {
        System.setProperty(
                ARCHIVE,
                Files.writeString(folder.resolve("cotton-executor.tar.gz"), "x").toString());
    }

    @AfterEach
    void unpack() {
        System.clearProperty(ARCHIVE);
    }

    private EngineSettings.Mesos engine(String... flags) {
        List<String> arguments = new ArrayList<>(List.of("scheduler", "--data-dir", folder.toString()));
        arguments.addAll(List.of(flags));
        TestCommands.run(
                terminal,
                (data, options, log, mysql) -> {
                    given.add(options);
                    throw new Failure(ExitCode.UNREACHABLE, "It does not start here.");
                },
                arguments.toArray(String[]::new));
        SchedulerOptions options = given.removeLast();
        return new FleetSettings(options, options.mesos().orElseThrow()).engine();
    }

    @Test
    void aMasterOnThisMachineIsServedOnThisMachine() {
        EngineSettings.Served served = engine("--mesos-master=127.0.0.1:5050").served();

        assertThat(served.address()).isEqualTo("127.0.0.1");
        assertThat(served.publicHost()).isEqualTo("127.0.0.1");
        assertThat(served.executor()).contains(folder.resolve("cotton-executor.tar.gz"));
        assertThat(served.tls()).isEmpty();
    }

    @Test
    void filesForAgentsHaveAnAddressOfTheirOwn() {
        EngineSettings.Served served = engine(
                        "--mesos-master=127.0.0.1:5050",
                        "--artifact-address=0.0.0.0",
                        "--artifact-port=55002",
                        "--artifact-public-host=cotton1.example",
                        "--artifact-tls-certificate=/c.pem",
                        "--artifact-tls-key=/k.pem")
                .served();

        assertThat(served.address()).isEqualTo("0.0.0.0");
        assertThat(served.port()).isEqualTo(55002);
        assertThat(served.publicHost()).isEqualTo("cotton1.example");
        assertThat(served.tls()).contains(new EngineSettings.ServedTls(Path.of("/c.pem"), Path.of("/k.pem")));
    }

    @Test
    void agentsAreNotSentToAWildcard() {
        EngineSettings.Served served = engine("--mesos-master=127.0.0.1:5050", "--api-address=0.0.0.0", "--insecure")
                .served();

        assertThat(served.address()).isEqualTo("0.0.0.0");
        assertThat(served.publicHost()).isEqualTo("127.0.0.1");
    }

    @Test
    void theApisNameIsGoodForAgentsTooWhenTheyShareItsAddress() {
        EngineSettings.Served served = engine(
                        "--mesos-master=127.0.0.1:5050",
                        "--api-address=0.0.0.0",
                        "--api-public-host=cotton1.example",
                        "--insecure")
                .served();

        assertThat(served.publicHost()).isEqualTo("cotton1.example");
    }

    @Test
    void aCertificateWithoutAKeyIsRefused() {
        assertThatThrownBy(() -> engine("--mesos-master=127.0.0.1:5050", "--artifact-tls-certificate=/c.pem"))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("--artifact-tls-key");
    }

    @Test
    void aMasterThatIsNotKnownHereIsSaid() {
        assertThatThrownBy(() -> engine("--mesos-master=no.such.host.invalid:5050"))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageStartingWith("--artifact-address: ");
    }

    @Test
    void anArchiveOfMysqlIsHandedOutWithTheHashThatWasMeant() throws IOException {
        String archive = "--mysql-archive=" + Files.writeString(folder.resolve("mysql.tar.xz"), "x");
        String sha256 = "2d711642b726b04401627ca9fbac32f5c8530fb1903cc4db02258717921a4881";

        EngineSettings.Mesos engine =
                engine("--mesos-master=127.0.0.1:5050", archive, "--mysql-archive-sha256=" + sha256);

        assertThat(engine.served().mysql()).contains(folder.resolve("mysql.tar.xz"));
        assertThat(engine.settings().mysql()).isEqualTo(new MesosTask.Archive("mysql.tar.xz", sha256));
        assertThatThrownBy(() ->
                        engine("--mesos-master=127.0.0.1:5050", archive, "--mysql-archive-sha256=" + "0".repeat(64)))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageStartingWith("--mysql-archive-sha256: ");
    }

    @Test
    void mastersShowWhereTheApiIsWhenOthersReachIt() {
        String master = "--mesos-master=127.0.0.1:5050";

        assertThat(engine(master, "--port=55001").settings().webUi()).isEmpty();
        assertThat(engine(master, "--api-public-host=cotton1.example")
                        .settings()
                        .webUi())
                .isEmpty();
        assertThat(engine(master, "--port=55001", "--api-public-host=cotton1.example")
                        .settings()
                        .webUi())
                .contains("http://cotton1.example:55001");
        assertThat(engine(master, "--port=55001", "--api-address=192.0.2.7", "--insecure")
                        .settings()
                        .webUi())
                .contains("http://192.0.2.7:55001");
    }

    @Test
    void rootIsRefused() {
        assertThatThrownBy(() -> engine("--mesos-master=127.0.0.1:5050", "--framework_user=root"))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageStartingWith("framework-user: databases never run as root");
    }

    /** As its development cluster started it, with the program's name changed. */
    @Test
    void theOriginalsStartScriptGoesOn() throws IOException {
        Path login = Files.writeString(folder.resolve("fw_auth_keyfile.yml"), "principal: mysos\nsecret: s\n");
        EngineSettings.Mesos engine = engine(
                "--port=55001",
                "--framework_user=vagrant",
                "--mesos_master=zk://127.0.0.1:2181/mesos/master",
                "--executor_uri=/home/vagrant/mysos/dist/mysos-0.1.0-dev0.zip",
                "--executor_cmd=/home/vagrant/mysos/vagrant/bin/mysos_executor.sh",
                "--zk_url=zk://127.0.0.1:2181/mysos",
                "--admin_keypath=/home/vagrant/mysos/vagrant/etc/admin_keyfile.yml",
                "--framework_failover_timeout=1m",
                "--framework_role=mysos",
                "--framework_authentication_file=" + login,
                "--scheduler_keypath=/home/vagrant/mysos/vagrant/etc/scheduler_keyfile.txt",
                "--executor_source_prefix=vagrant.devcluster",
                "--executor_environ=[{\"name\": \"MYSOS_DEFAULTS_FILE\", \"value\": \"/etc/mysql/conf.d/my5.6.cnf\"}]",
                "--election_timeout=60s",
                "--work_dir=/tmp/mysos",
                "--state_storage=zk",
                "--installer_args={}",
                "--backup_store_args={}",
                "--verbose");

        MesosSettings settings = engine.settings();
        assertThat(settings.user()).isEqualTo("vagrant");
        assertThat(settings.role()).isEqualTo("mysos");
        assertThat(settings.principal()).contains("mysos");
        assertThat(settings.failoverTimeout()).hasMinutes(1);
        assertThat(settings.sourcePrefix()).isEqualTo("vagrant.devcluster");
        assertThat(settings.executor().environment())
                .containsEntry("MYSOS_DEFAULTS_FILE", "/etc/mysql/conf.d/my5.6.cnf");
        assertThat(settings.executor().line()).isEqualTo("exec ./cotton-executor/bin/cotton-executor");
        assertThat(settings.executor().uris()).isEmpty();
        assertThat(engine.served().executor()).isPresent();
        assertThat(terminal.err())
                .contains("Warning: --executor-uri names a package of the original's")
                .contains("Warning: --admin-keypath has no effect");
    }
}
