package dev.cotton.executor.server;

import static org.assertj.core.api.Assertions.assertThat;

import dev.cotton.core.model.Durability;
import dev.cotton.core.model.MysqlOptions;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import java.util.TreeMap;
import java.util.stream.Collectors;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

final class ServerIT {
    private static final Duration AT_ONCE = Duration.ofMillis(500);

    /** What every promise rests on, as a running mysqld has it. */
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
            read_only = ON
            super_read_only = ON
            rpl_semi_sync_source_enabled = OFF
            rpl_semi_sync_source_wait_point = AFTER_SYNC
            rpl_semi_sync_source_timeout = 4294967295
            rpl_semi_sync_source_wait_no_replica = ON
            rpl_semi_sync_replica_enabled = OFF
            require_secure_transport = ON
            partial_revokes = ON
            log_bin_trust_function_creators = ON
            local_infile = OFF
            secure_file_priv = NULL
            admin_address = 127.0.0.1
            skip_name_resolve = ON
            persisted_globals_load = OFF
            performance_schema = ON
            max_connections = 60
            innodb_buffer_pool_size = 67108864
            time_zone = +00:00
            """;

    private final RealServer server;

    ServerIT() throws IOException {
        server = new RealServer("");
    }

    @BeforeEach
    void fill() throws Exception {
        server.fill();
    }

    @AfterEach
    void close() throws Exception {
        server.close();
    }

    @Test
    void startsReadOnlyWithTheSettingsThatEverythingRestsOn() throws Exception {
        server.start(Durability.LOSSLESS_POWER, Map.of("wait_timeout", "1234"));

        Map<String, String> variables = variables();

        Map<String, String> expected = new TreeMap<>(SETTINGS.lines()
                .map(line -> line.split(" = ", 2))
                .collect(Collectors.toMap(words -> words[0], words -> words[1])));
        expected.put("sync_relay_log", "1");
        expected.put("wait_timeout", "1234");
        expected.put("port", Integer.toString(server.ports().mysql()));
        expected.put("admin_port", Integer.toString(server.ports().admin()));
        expected.put("report_port", Integer.toString(server.ports().mysql()));
        assertThat(variables).containsAllEntriesOf(expected);
        assertThat(server.ask("SELECT @@gtid_executed")).containsExactly("");
        assertThat(server.ask("SELECT PLUGIN_NAME FROM information_schema.PLUGINS WHERE PLUGIN_STATUS = 'ACTIVE'"
                        + " AND (PLUGIN_NAME LIKE 'rpl_semi%' OR PLUGIN_NAME IN ('clone', 'mysqlx'))"))
                .containsExactlyInAnyOrder("rpl_semi_sync_source", "rpl_semi_sync_replica", "clone");
        assertThat(Files.readString(server.folder().mysqldLog())).doesNotContain("[ERROR]");
    }

    @Test
    void noAccountOfATemplateCanLogIn() throws Exception {
        new OptionFile(server.ports(), RealServer.SMALLEST, Durability.LOSSLESS, Map.of()).write(server.folder());
        server.mysqld().start(List.of());
        Process root = awaitAnswer("root");
        assertThat(new String(root.getInputStream().readAllBytes(), StandardCharsets.UTF_8)).contains("ERROR 1045");
        assertThat(server.mysqld().processId()).isPresent();
    }

    @Test
    void takesEveryOptionThatUsersMaySet() throws Exception {
        Map<String, String> options = new HashMap<>();
        MysqlOptions.names().forEach(name -> options.put(name, sample(name)));

        server.start(Durability.LOSSLESS, MysqlOptions.checked(options, RealServer.SMALLEST));

        Map<String, String> variables = variables();
        assertThat(variables).containsEntry("max_connections", "85").containsEntry("sql_mode", "NO_ZERO_DATE");
        assertThat(Files.readString(server.folder().mysqldLog())).doesNotContain("[ERROR]", "unknown variable");
    }

    @Test
    void tellsOfACrashAtOnceAlsoWhenItWasAdopted() throws Exception {
        long first = server.start();
        assertCrashIsTold();

        long second = server.start();
        assertThat(second).isNotEqualTo(first);
        assertThat(server.succeed()).isEqualTo(new Mysqld.Found.Running(second));
        assertCrashIsTold();
        assertThat(server.succeed()).hasToString("Ended[exit=mysqld was ended by SIGKILL]");
    }

    @Test
    void shutsDownInOrderWhenItIsAsked() throws Exception {
        server.start();
        server.mysqld().terminate();
        Exit exit = server.next().exit();
        assertThat(exit).isNotNull();
        assertThat(exit.clean()).isTrue();
    }

    @Test
    void restartsByItselfAndBeginsAnotherLifeWhenThatIsWanted() throws Exception {
        long first = server.start();
        String uuid = server.ask("SELECT @@server_uuid").getFirst();
        String id = server.ask("SELECT @@server_id").getFirst();

        server.ask("RESTART");
        long second = server.next().restartedAs();
        server.awaitAnswer();
        assertThat(second).isNotEqualTo(first);
        assertThat(server.mysqld().processId()).isEqualTo(OptionalLong.of(second));
        assertThat(server.ask("SELECT @@server_uuid")).containsExactly(uuid);

        server.folder().renew();
        new OptionFile(server.ports(), RealServer.SMALLEST, Durability.LOSSLESS, Map.of()).write(server.folder());
        server.ask("RESTART");
        server.next();
        server.awaitAnswer();
        assertThat(server.ask("SELECT @@server_uuid")).doesNotContain(uuid);
        assertThat(server.ask("SELECT @@server_id")).doesNotContain(id);
    }

    @Test
    void keepsDataAndLogsWhenItsFolderMoves() throws Exception {
        server.start();
        server.ask("SET GLOBAL super_read_only = OFF; SET GLOBAL read_only = OFF; CREATE DATABASE shop");
        server.ask("CHANGE REPLICATION SOURCE TO SOURCE_HOST='127.0.0.1', SOURCE_PORT=1, SOURCE_AUTO_POSITION=1");
        String executed = server.ask("SELECT @@gtid_executed").getFirst();
        server.mysqld().kill();
        server.next();

        server.move();
        server.start();

        assertThat(server.ask("SHOW DATABASES")).contains("shop");
        assertThat(server.ask("SELECT @@gtid_executed")).containsExactly(executed);
        assertThat(server.ask("SHOW BINARY LOGS")).hasSize(2);
        assertThat(server.ask("SHOW REPLICA STATUS")).isNotEmpty();
        assertThat(Files.readString(server.folder().mysqldLog())).doesNotContain("[ERROR]");
    }

    @Test
    void appendsToItsLogSoThatItCanBeCut() throws Exception {
        long id = server.start();
        Path log = server.folder().mysqldLog();
        boolean appends = false;
        try (var files = Files.list(Path.of("/proc/" + id + "/fd"))) {
            for (Path file : files.toList()) {
                if (Files.exists(file) && Files.isSameFile(file, log)) {
                    String flags = Files.readAllLines(Path.of("/proc/" + id + "/fdinfo/" + file.getFileName()))
                            .get(1);
                    assertThat(Integer.parseInt(flags.replaceAll("[^0-9]", ""), 8) & 02000).isNotZero();
                    appends = true;
                }
            }
        }
        assertThat(appends).isTrue();
    }

    private void assertCrashIsTold() throws InterruptedException {
        long killed = System.nanoTime();
        server.mysqld().kill();
        RealServer.Told told = server.next();
        assertThat(told.exit()).hasToString("mysqld was ended by SIGKILL");
        Duration delay = Duration.ofNanos(told.nanos() - killed);
        System.out.println("The death of mysqld was told after " + delay.toMillis() + " ms.");
        assertThat(delay).isLessThan(AT_ONCE);
    }

    private Process awaitAnswer(String user) throws Exception {
        Awaitility.await()
                .atMost(Duration.ofSeconds(60))
                .until(() -> Files.exists(server.folder().socket())
                        && Files.readString(server.folder().mysqldLog()).contains("ready for connections"));
        Process client = server.client(user, "SELECT 1");
        assertThat(client.waitFor()).isNotZero();
        return client;
    }

    private Map<String, String> variables() throws IOException, InterruptedException {
        return server.ask("SHOW GLOBAL VARIABLES").stream()
                .map(line -> line.split("\t", 2))
                .collect(Collectors.toMap(words -> words[0], words -> words[1]));
    }

    private static String sample(String name) {
        return switch (name) {
            case "max_connections" -> "85";
            case "sql_mode" -> "NO_ZERO_DATE";
            case "character_set_server" -> "utf8mb4";
            case "collation_server" -> "utf8mb4_0900_as_cs";
            case "default_time_zone" -> "+02:00";
            case "transaction_isolation" -> "READ-COMMITTED";
            case "lc_time_names" -> "de_DE";
            case "innodb_default_row_format" -> "DYNAMIC";
            case "binlog_row_image", "binlog_row_metadata" -> "FULL";
            case "innodb_autoinc_lock_mode", "default_week_format", "auto_increment_increment", "auto_increment_offset" ->
                "1";
            case "innodb_ft_min_token_size" -> "2";
            case "innodb_ft_max_token_size" -> "80";
            case "innodb_io_capacity" -> "1000";
            case "innodb_io_capacity_max" -> "2000";
            case "long_query_time" -> "0.5";
            case "max_allowed_packet" -> "32M";
            case "div_precision_increment" -> "4";
            case "max_sp_recursion_depth" -> "10";
            case "innodb_thread_concurrency" -> "8";
            case "binlog_expire_logs_seconds" -> "7200";
            default -> numberOrSwitch(name);
        };
    }

    private static String numberOrSwitch(String name) {
        for (String value : List.of("ON", "1048576", "3600", "60")) {
            try {
                MysqlOptions.checked(Map.of(name, value));
                return value;
            } catch (IllegalArgumentException next) {
                continue;
            }
        }
        throw new AssertionError("No sample for " + name);
    }
}
