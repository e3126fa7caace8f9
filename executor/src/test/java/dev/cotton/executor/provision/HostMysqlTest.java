package dev.cotton.executor.provision;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.cotton.core.port.Installation;
import dev.cotton.core.port.MysqlInstallationException;
import dev.cotton.core.port.MysqlInstaller.Verdict;
import dev.cotton.core.port.Progress;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class HostMysqlTest {
    private static final AppArmor NO_APP_ARMOR = new AppArmor(Path.of("/nonexistent"), Path.of("/nonexistent"));

    private Path data;
    private Path host;

    @BeforeEach
    void folders(@TempDir Path temporary) throws IOException {
        Path real = temporary.toRealPath();
        data = real.resolve("data");
        host = real.resolve("host");
    }

    private HostMysql looking(Path... folders) {
        return new HostMysql(data, List.of(folders), "on PATH", NO_APP_ARMOR);
    }

    @Test
    void usesAMysqlAsItIs() throws IOException {
        FakeMysql.whole(host, "8.0.30");

        Installation installation = looking(host.resolve("bin")).install(Progress.SILENT);

        assertThat(installation.version()).isEqualTo("8.0.30");
        assertThat(installation.home()).isEqualTo(host);
        assertThat(installation.mysqld()).isEqualTo(host.resolve("bin/mysqld"));
        assertThat(installation.source()).isEqualTo("host");
        assertThat(installation.why()).isEqualTo("MySQL 8.0.30 is on this machine: " + host + "/bin/mysqld.");
        assertThat(data).doesNotExist();
    }

    @Test
    void findsTheOneThatALinkOnThePathLeadsTo() throws IOException {
        FakeMysql.whole(host.resolve("mysql-8.4"), "8.4.6");
        Path path = Files.createDirectories(host.resolve("path"));
        Files.createSymbolicLink(path.resolve("mysqld"), host.resolve("mysql-8.4/bin/mysqld"));

        assertThat(looking(path).install(Progress.SILENT).home()).isEqualTo(host.resolve("mysql-8.4"));
    }

    @Test
    void bringsProgramsOfSeveralFoldersTogether() throws IOException {
        Path odd = host.resolve("it's here");
        FakeMysql.program(odd.resolve("sbin"), "mysqld", FakeMysql.mysql("mysqld", "8.4.6"));
        FakeMysql.program(odd.resolve("bin"), "mysql", FakeMysql.mysql("mysql", "8.4.6"));
        FakeMysql.program(odd.resolve("bin"), "mysqlbinlog", FakeMysql.mysql("mysqlbinlog", "8.4.6"));
        FakeMysql.plugins(odd.resolve("lib/mysql/plugin"));
        HostMysql installer = looking(odd.resolve("sbin"), odd.resolve("bin"));

        Installation installation = installer.install(Progress.SILENT);

        assertThat(installation.home()).isEqualTo(data.resolve("mysql/8.4.6-host"));
        assertThat(Command.of(InstallationFolder.PATIENCE, installation.mysqld().toString(), "--version")
                        .run()
                        .output())
                .contains("Ver 8.4.6");
        assertThat(installer.install(Progress.SILENT)).isEqualTo(installation);
        assertThat(Programs.below(installation.home()).mysqlbinlog()).isExecutable();
    }

    @Test
    void takesTheFirstThatServes() throws IOException {
        FakeMysql.whole(host.resolve("old"), "5.7.44");
        FakeMysql.whole(host.resolve("new"), "9.7.4");

        assertThat(looking(host.resolve("old/bin"), host.resolve("new/bin"))
                        .install(Progress.SILENT)
                        .home())
                .isEqualTo(host.resolve("new"));
    }

    @Test
    void refusesMariaDb() throws IOException {
        FakeMysql.program(
                host.resolve("bin"), "mysqld", "mysqld  Ver 10.11.6-MariaDB-0+deb12u1 for debian-linux-gnu on x86_64");

        assertRefused(host.resolve("bin/mysqld") + " is MariaDB 10.11.6, whose replication is not MySQL's");
    }

    @Test
    void refusesWhatIsTooOld() throws IOException {
        FakeMysql.whole(host, "8.0.29");

        assertRefused(host.resolve("bin/mysqld") + " is version 8.0.29, and the oldest that serves is 8.0.30");
    }

    @Test
    void refusesAServerWithoutItsClients() throws IOException {
        FakeMysql.whole(host, "9.7.4");
        Files.delete(host.resolve("bin/mysqlbinlog"));

        assertRefused(host.resolve("bin/mysqlbinlog") + " is missing or cannot be executed");
    }

    @Test
    void refusesMariaDbsClientBesideMysqlsServer() throws IOException {
        FakeMysql.whole(host, "9.7.4");
        FakeMysql.program(host.resolve("bin"), "mysql", "mysql  Ver 15.1 Distrib 10.11.6-MariaDB, for Linux");

        assertRefused(host.resolve("bin/mysql") + " is MariaDB 10.11.6, whose replication is not MySQL's");
    }

    @Test
    void refusesAServerWithoutItsPlugins() throws IOException {
        FakeMysql.whole(host, "9.7.4");
        Files.delete(host.resolve("lib/plugin/mysql_clone.so"));

        assertRefused(host.resolve("bin/mysqld") + " comes without mysql_clone.so");
    }

    @Test
    void refusesAServerThatCannotRunHere() throws IOException {
        FakeMysql.whole(host, "9.7.4");
        Files.writeString(
                host.resolve("bin/mysqld"),
                "#!/bin/sh\necho 'cannot open shared object file: libaio.so.1'; exit 127\n");

        assertRefused(host.resolve("bin/mysqld") + " does not run: cannot open shared object file: libaio.so.1");
    }

    @Test
    void refusesAServerThatAppArmorConfines(@TempDir Path etc) throws IOException {
        FakeMysql.whole(host, "9.7.4");
        Path mysqld = host.resolve("bin/mysqld");
        String profile = mysqld.toString().substring(1).replace('/', '.');
        Files.createFile(etc.resolve(profile));
        Files.writeString(etc.resolve("enabled"), "Y\n");
        AppArmor appArmor = new AppArmor(etc, etc.resolve("enabled"));
        HostMysql installer = new HostMysql(data, List.of(host.resolve("bin")), "on PATH", appArmor);

        assertThat(installer.examine().why())
                .isEqualTo("No MySQL on PATH serves: " + mysqld
                        + " is confined to the distribution's own data folder by AppArmor.");

        Files.createDirectory(etc.resolve("disable"));
        Files.createFile(etc.resolve("disable").resolve(profile));
        assertThat(installer.examine().usable()).isTrue();
    }

    @Test
    void saysWhereItLookedWhenThereIsNone() {
        Verdict verdict = HostMysql.at(data, host).examine();

        assertThat(verdict.usable()).isFalse();
        assertThat(verdict.why()).isEqualTo("There is no mysqld in bin, sbin or libexec below " + host + ".");
        assertThat(verdict.remedy()).startsWith("Install MySQL 8.0.30 or newer");
    }

    private void assertRefused(String problem) {
        HostMysql installer = looking(host.resolve("bin"));
        assertThat(installer.examine().usable()).isFalse();
        assertThat(installer.examine().why()).isEqualTo("No MySQL on PATH serves: " + problem + ".");
        assertThatExceptionOfType(MysqlInstallationException.class)
                .isThrownBy(() -> installer.install(Progress.SILENT))
                .withMessage("No MySQL on PATH serves: " + problem + ". Nothing was changed. "
                        + installer.examine().remedy());
    }
}
