package dev.cotton.executors;

import static org.assertj.core.api.Assertions.assertThat;

import dev.cotton.core.model.Durability;
import dev.cotton.core.model.MysqlOptions;
import dev.cotton.core.wire.Setup;
import dev.cotton.mysql.TestMysql;
import dev.cotton.testing.executor.TestInstances;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.SQLException;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What running servers have as settings: those that every promise rests on, and those that users choose. */
final class SettingsIT {
    private static final String SETTINGS = """
            sync_binlog = 1
            innodb_flush_log_at_trx_commit = 1
            innodb_doublewrite = ON
            binlog_format = ROW
            gtid_mode = ON
            enforce_gtid_consistency = ON
            log_bin = ON
            log_replica_updates = ON
            relay_log_recovery = OFF
            replica_preserve_commit_order = ON
            replica_parallel_workers = 16
            replica_net_timeout = 4
            rpl_semi_sync_source_wait_point = AFTER_SYNC
            rpl_semi_sync_source_timeout = 4294967295
            rpl_semi_sync_source_wait_no_replica = ON
            require_secure_transport = ON
            partial_revokes = ON
            log_bin_trust_function_creators = ON
            local_infile = OFF
            secure_file_priv = NULL
            admin_address = 127.0.0.1
            skip_name_resolve = ON
            persisted_globals_load = OFF
            performance_schema = ON
            """;

    @TempDir
    private static Path temporary;

    private static TestInstances instances;

    /** A primary without options, and a replica with all of them. */
    @BeforeAll
    static void start() {
        instances = new TestInstances(temporary, TestMysql.programs()).addFromTemplate(1);
        int replica = instances.add();
        Setup plain = instances.setup(replica, Durability.LOSSLESS_POWER, new Setup.Template());
        Map<String, String> options = new HashMap<>();
        MysqlOptions.names().forEach(name -> options.put(name, sample(name)));
        instances
                .calls(replica)
                .setup(new Setup(
                        plain.stamp(),
                        plain.slot(),
                        plain.durability(),
                        MysqlOptions.checked(options),
                        plain.accounts(),
                        plain.source()));
        instances.replicate();
    }

    @AfterAll
    static void stop() {
        instances.close();
    }

    private static Map<String, String> variables(int member) throws SQLException {
        try (Client client = Client.of(instances.executor(member))) {
            return client.pairs("SHOW GLOBAL VARIABLES");
        }
    }

    private static Map<String, String> settings() {
        return SETTINGS.lines()
                .map(line -> line.split(" = ", 2))
                .collect(Collectors.toMap(words -> words[0], words -> words[1]));
    }

    @Test
    void aPrimaryWaitsForItsReplicas() throws SQLException {
        assertThat(variables(0))
                .containsAllEntriesOf(settings())
                .containsEntry("read_only", "OFF")
                .containsEntry("rpl_semi_sync_source_enabled", "ON")
                .containsEntry("rpl_semi_sync_replica_enabled", "OFF")
                .containsEntry("rpl_semi_sync_source_wait_for_replica_count", "1")
                .containsEntry("sync_relay_log", "10000")
                .containsEntry("max_connections", "60");
    }

    @Test
    void aReplicaIsReadOnlyAndAcknowledges() throws SQLException {
        assertThat(variables(1))
                .containsAllEntriesOf(settings())
                .containsEntry("super_read_only", "ON")
                .containsEntry("rpl_semi_sync_source_enabled", "OFF")
                .containsEntry("rpl_semi_sync_replica_enabled", "ON")
                .containsEntry("sync_relay_log", "1");
    }

    @Test
    void everyOptionThatUsersMaySetIsTaken() throws SQLException, IOException {
        assertThat(variables(1))
                .containsEntry("max_connections", "50")
                .containsEntry("max_user_connections", "2")
                .containsEntry("sql_mode", "ANSI_QUOTES,NO_BACKSLASH_ESCAPES")
                .containsEntry("time_zone", "+02:00");
        Path log = Path.of(instances.executor(1).config().folder(), "log", "mysqld.log");
        assertThat(Files.readString(log)).doesNotContain("[ERROR]", "unknown variable");
    }

    @Test
    void limitsOfClientsAreNotThoseOfCotton() throws SQLException {
        try (Client client = Client.of(instances.executor(1))) {
            client.execute("SET SESSION max_execution_time = 0");
            assertThat(client.ask("SELECT @@GLOBAL.wait_timeout")).isEqualTo("30");
            assertThat(client.ask("SELECT GROUP_CONCAT(DISTINCT variable_value) FROM performance_schema.threads"
                            + " JOIN performance_schema.variables_by_thread USING (thread_id)"
                            + " WHERE processlist_user = 'cotton_admin' AND name = 'thread/sql/one_connection'"
                            + " AND variable_name = 'wait_timeout'"))
                    .isEqualTo("31536000");
        }
    }

    @Test
    void mysqldAppendsToItsLogSoThatItCanBeCut() throws IOException {
        long mysqld = instances.calls(0).status().usage().processId().orElseThrow();
        Path log = Path.of(instances.executor(0).config().folder(), "log", "mysqld.log");
        try (var descriptors = Files.list(Path.of("/proc/" + mysqld + "/fd"))) {
            assertThat(descriptors.filter(file -> leadsTo(file, log)))
                    .isNotEmpty()
                    .allSatisfy(file -> {
                        Path info = Path.of("/proc/" + mysqld + "/fdinfo", String.valueOf(file.getFileName()));
                        String flags = Files.readAllLines(info).get(1).replaceAll("[^0-9]", "");
                        assertThat(Integer.parseInt(flags, 8) & 02000).isNotZero();
                    });
        }
    }

    private static boolean leadsTo(Path link, Path file) {
        try {
            return Files.readSymbolicLink(link).equals(file.toRealPath());
        } catch (IOException closed) {
            return false;
        }
    }

    /** As far as it can be from what is usual. */
    private static String sample(String name) {
        return switch (name) {
            case "sql_mode" -> "ANSI_QUOTES,NO_BACKSLASH_ESCAPES";
            case "character_set_server" -> "utf8mb4";
            case "collation_server" -> "utf8mb4_0900_as_cs";
            case "default_time_zone" -> "+02:00";
            case "transaction_isolation" -> "READ-COMMITTED";
            case "lc_time_names" -> "de_DE";
            case "innodb_default_row_format" -> "COMPACT";
            case "binlog_row_image", "binlog_row_metadata" -> "MINIMAL";
            case "innodb_autoinc_lock_mode", "default_week_format", "max_execution_time" -> "1";
            case "auto_increment_increment",
                    "auto_increment_offset",
                    "max_user_connections",
                    "innodb_ft_min_token_size" -> "2";
            case "wait_timeout", "interactive_timeout", "innodb_ft_max_token_size" -> "30";
            case "max_connections" -> "50";
            case "div_precision_increment", "max_sp_recursion_depth" -> "10";
            case "innodb_thread_concurrency" -> "8";
            case "innodb_io_capacity" -> "1000";
            case "innodb_io_capacity_max" -> "2000";
            case "long_query_time" -> "0.5";
            case "connect_timeout", "net_read_timeout", "net_write_timeout" -> "5";
            default -> numberOrSwitch(name);
        };
    }

    private static String numberOrSwitch(String name) {
        for (String value : List.of("ON", "1048576", "3600")) {
            if (accepted(name, value)) {
                return value;
            }
        }
        throw new AssertionError("No sample for " + name);
    }

    private static boolean accepted(String name, String value) {
        try {
            MysqlOptions.checked(Map.of(name, value));
            return true;
        } catch (IllegalArgumentException refused) {
            return false;
        }
    }
}
