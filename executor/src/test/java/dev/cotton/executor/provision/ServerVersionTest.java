package dev.cotton.executor.provision;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

final class ServerVersionTest {

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            /usr/sbin/mysqld  Ver 9.7.4-2 for Linux on x86_64 ((Debian))                          | 9.7.4
            /usr/sbin/mysqld  Ver 8.0.30 for Linux on x86_64 (MySQL Community Server - GPL)       | 8.0.30
            mysql  Ver 8.4.6 for Linux on x86_64 (MySQL Community Server - GPL)                   | 8.4.6
            mysqld  Ver 8.0.36-28 for Linux on x86_64 (Percona Server (GPL), Release 28)          | 8.0.36
            """)
    void acceptsMysqlFromTheOldestThatServes(String banner, String version) {
        ServerVersion read = ServerVersion.ofBanner(banner).orElseThrow();
        assertThat(read).hasToString(version);
        assertThat(read.refusal()).isEmpty();
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            mysqld  Ver 8.0.29 for Linux on x86_64 (MySQL Community Server - GPL)     | is version 8.0.29, and the oldest that serves is 8.0.30
            mysqld  Ver 5.7.44 for Linux on x86_64 (MySQL Community Server (GPL))     | is version 5.7.44, and the oldest that serves is 8.0.30
            mysql  Ver 14.14 Distrib 5.7.42, for Linux (x86_64) using  EditLine       | is version 5.7.42, and the oldest that serves is 8.0.30
            mysqlbinlog  Ver 3.5 for debian-linux-gnu at x86_64                       | is version 3.5.0, and the oldest that serves is 8.0.30
            """)
    void refusesWhatIsTooOld(String banner, String refusal) {
        assertThat(ServerVersion.ofBanner(banner).orElseThrow().refusal()).contains(refusal);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "mysqld  Ver 10.11.6-MariaDB-0+deb12u1 for debian-linux-gnu on x86_64 (Debian 12)",
                "mysql  Ver 15.1 Distrib 10.11.6-MariaDB, for debian-linux-gnu (x86_64) using  EditLine wrapper",
            })
    void recognisesMariaDb(String banner) {
        assertThat(ServerVersion.ofBanner(banner).orElseThrow().refusal())
                .contains("is MariaDB 10.11.6, whose replication is not MySQL's");
    }

    @Test
    void findsNoVersionWhereThereIsNone() {
        assertThat(ServerVersion.ofBanner("command not found")).isEmpty();
        assertThat(ServerVersion.ofPackage("unknown")).isEmpty();
    }

    @ParameterizedTest
    @CsvSource({"9.7.4-2,9.7.4", "8.0.42-0ubuntu0.24.04.2,8.0.42", "1:8.4.5+dfsg-1,8.4.5", "8.4,8.4.0"})
    void readsVersionsOfPackages(String text, String version) {
        assertThat(ServerVersion.ofPackage(text).orElseThrow()).hasToString(version);
    }

    @Test
    void ordersByNumberAndNotByText() {
        assertThat(ServerVersion.ofPackage("8.0.100").orElseThrow()).isGreaterThan(ServerVersion.OLDEST);
        assertThat(ServerVersion.ofPackage("10.0.0").orElseThrow())
                .isGreaterThan(ServerVersion.ofPackage("9.7.4").orElseThrow());
    }
}
