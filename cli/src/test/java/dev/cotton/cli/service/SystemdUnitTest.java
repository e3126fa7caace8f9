package dev.cotton.cli.service;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class SystemdUnitTest {
    private static final Path VERIFIER = Path.of("/usr/bin/systemd-analyze");

    @Test
    void stoppingItLeavesTheDatabasesAlone() {
        assertThat(unit(true).text()).contains("\nKillMode=process\n", "\nSuccessExitStatus=130 143\n");
    }

    @Test
    void itStartsAtBootForTheMachineOrForTheUser() {
        assertThat(unit(true).text()).contains("\nWantedBy=multi-user.target\n", "\nAfter=network-online.target\n");
        assertThat(unit(false).text()).contains("\nWantedBy=default.target\n").doesNotContain("network-online");
    }

    @Test
    void wordsMeanTheSameToSystemd() {
        assertThat(unit(true).text())
                .contains("\nExecStart=/opt/cotton up --data-dir \"/srv/my data/100%%/$$x\"\n")
                .contains("\nEnvironment=\"JAVA_HOME=/opt/jdk 25/$x\"\n");
    }

    @Test
    void systemdFindsNothingWrongWithIt(@TempDir Path folder) throws IOException, InterruptedException {
        assumeTrue(Files.isExecutable(VERIFIER), "systemd-analyze is not here");
        SystemdUnit unit = new SystemdUnit(
                List.of("/bin/true", "up", "--data-dir", "/srv/my data/100%/$x"),
                Map.of("JAVA_HOME", "/opt/jdk 25/$x"),
                Path.of("/srv/my data"),
                true);
        Path file = Files.writeString(folder.resolve(SystemdUnit.NAME), unit.text());

        Process process = new ProcessBuilder(VERIFIER.toString(), "verify", "--man=no", file.toString())
                .redirectErrorStream(true)
                .start();
        String said = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);

        assertThat(process.waitFor(30, TimeUnit.SECONDS)).isTrue();
        assertThat(said.lines().filter(line -> line.contains("cotton.service"))).isEmpty();
    }

    private static SystemdUnit unit(boolean system) {
        return new SystemdUnit(
                List.of("/opt/cotton", "up", "--data-dir", "/srv/my data/100%/$x"),
                Map.of("JAVA_HOME", "/opt/jdk 25/$x"),
                Path.of("/srv/my data"),
                system);
    }
}
