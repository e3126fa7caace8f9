package dev.cotton.mysql;

import dev.cotton.core.port.Installation;
import dev.cotton.core.wire.ExecutorConfig.Programs;
import dev.cotton.executor.app.machine.MysqlChoice;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;

/**
 * The MySQL that real tests run: what {@code COTTON_TEST_MYSQL_HOME} names, else what Cotton finds or installs on this
 * machine, kept between runs.
 */
public final class TestMysql {
    private static final Path FOLDER = Path.of("/var/tmp/cotton-test-mysql");
    private static @Nullable Programs found;

    private TestMysql() {}

    public static synchronized Programs programs() {
        Programs programs = found;
        if (programs == null) {
            String home = System.getenv("COTTON_TEST_MYSQL_HOME");
            programs = home == null ? installed() : in(Path.of(home));
            found = programs;
        }
        return programs;
    }

    private static Programs installed() {
        Installation installation = MysqlChoice.usual().installer(FOLDER).install((step, share) -> {});
        return in(installation.home());
    }

    private static Programs in(Path home) {
        Path bin = home.resolve("bin");
        return new Programs(
                bin.resolve("mysqld").toString(),
                bin.resolve("mysql").toString(),
                bin.resolve("mysqlbinlog").toString());
    }
}
