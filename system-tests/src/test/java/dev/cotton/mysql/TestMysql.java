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
    private static @Nullable Path found;

    private TestMysql() {}

    public static Programs programs() {
        return in(home());
    }

    /** The folder that has them in {@code bin}. */
    public static synchronized Path home() {
        Path home = found;
        if (home == null) {
            String named = System.getenv("COTTON_TEST_MYSQL_HOME");
            home = named == null ? installed() : Path.of(named);
            found = home;
        }
        return home;
    }

    private static Path installed() {
        Installation installation = MysqlChoice.usual().installer(FOLDER).install((step, share) -> {});
        return installation.home();
    }

    private static Programs in(Path home) {
        Path bin = home.resolve("bin");
        return new Programs(
                bin.resolve("mysqld").toString(),
                bin.resolve("mysql").toString(),
                bin.resolve("mysqlbinlog").toString());
    }
}
