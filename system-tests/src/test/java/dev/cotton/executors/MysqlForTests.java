package dev.cotton.executors;

import dev.cotton.core.wire.ExecutorConfig.Programs;
import java.nio.file.Path;

/** The MySQL that real tests run. */
final class MysqlForTests {
    private MysqlForTests() {}

    static Programs programs() {
        Path bin = Path.of(System.getenv("COTTON_TEST_MYSQL_HOME"), "bin");
        return new Programs(
                bin.resolve("mysqld").toString(),
                bin.resolve("mysql").toString(),
                bin.resolve("mysqlbinlog").toString());
    }
}
