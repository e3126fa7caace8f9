package dev.cotton.core.model;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Locale;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.FieldSource;
import org.junit.jupiter.params.provider.ValueSource;

final class MysqlOptionsTest {
    static final Iterable<String> EVERY_NAME = MysqlOptions.names();

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '"', textBlock = """
                    max_connections            | 80                    | 80
                    Max-Connections            | " 80 "                | 80
                    wait_timeout               | 600                   | 600
                    long_query_time            | 0.25                  | 0.25
                    max_allowed_packet         | 16M                   | 16777216
                    max_allowed_packet         | 16mb                  | 16777216
                    max_allowed_packet         | 1048576               | 1048576
                    slow_query_log             | on                    | ON
                    slow_query_log             | 0                     | OFF
                    transaction_isolation      | read-committed        | READ-COMMITTED
                    sql_mode                   | ansi, no_zero_date    | ANSI,NO_ZERO_DATE
                    sql_mode                   | ""                    | ""
                    default_time_zone          | -03:30                | -03:30
                    collation_server           | utf8mb4_0900_as_cs    | utf8mb4_0900_as_cs
                    binlog_row_image           | minimal               | MINIMAL
                    """)
    void takesWhatUsersMaySet(String name, String value, String written) {
        assertThat(MysqlOptions.checked(Map.of(name, value), Resources.ORDINARY))
                .hasSize(1)
                .containsEntry(name.toLowerCase(Locale.ROOT).replace('-', '_'), written);
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
                    sync_binlog                    | acknowledged commits could be lost
                    innodb_flush_log_at_trx_commit | acknowledged commits could be lost
                    innodb-doublewrite             | acknowledged commits could be lost
                    disabled_storage_engines       | acknowledged commits could be lost
                    gtid_mode                      | replication is Cotton's to look after
                    server_id                      | replication is Cotton's to look after
                    server_uuid                    | replication is Cotton's to look after
                    log_bin                        | replication is Cotton's to look after
                    skip_log_bin                   | it is not among the options
                    rpl_semi_sync_source_timeout   | replication is Cotton's to look after
                    loose_rpl_semi_sync_source_timeout | it is not among the options
                    relay_log_recovery             | replication is Cotton's to look after
                    SUPER_READ_ONLY                | replication is Cotton's to look after
                    skip_replica_start             | replication is Cotton's to look after
                    innodb_buffer_pool_size        | choose another size
                    table_open_cache               | choose another size
                    performance_schema             | choose another size
                    datadir                        | Cotton's to choose
                    tmpdir                         | Cotton's to choose
                    port                           | Cotton's to choose
                    plugin_load_add                | Cotton's to choose
                    slow_query_log_file            | Cotton's to choose
                    general_log                    | Cotton's to choose
                    ssl_ca                         | the security of the cluster
                    require_secure_transport       | the security of the cluster
                    local_infile                   | the security of the cluster
                    secure_file_priv               | the security of the cluster
                    skip_grant_tables              | the security of the cluster
                    init_file                      | the security of the cluster
                    init_connect                   | the security of the cluster
                    lower_case_table_names         | fixed when the data are made
                    no_such_option                 | it is not among the options
                    """)
    void refusesByNameWithTheReason(String name, String reason) {
        assertThatThrownBy(() -> MysqlOptions.checked(Map.of(name, "1"), Resources.ORDINARY))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageStartingWith("options: '" + name + "' cannot be set; ")
                .hasMessageContaining(reason);
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
                    max_connections       | 9                | options.max_connections: a whole number between 10 and 10000, not '9'.
                    max_connections       | many             | options.max_connections: a whole number between 10 and 10000, not 'many'.
                    max_connections       | 99999999999999999999 | options.max_connections: a whole number between 10 and 10000, not '99999999999999999999'.
                    wait_timeout          | -1               | options.wait_timeout: a whole number between 30 and 31536000, not '-1'.
                    long_query_time       | 1e3              | options.long_query_time: a number between 0 and 31536000, not '1e3'.
                    max_allowed_packet    | 2gb              | options.max_allowed_packet: a size between 1mb and 1gb, not '2gb'.
                    slow_query_log        | maybe            | options.slow_query_log: ON or OFF, not 'maybe'.
                    transaction_isolation | NONE             | options.transaction_isolation: one of READ-UNCOMMITTED, READ-COMMITTED, REPEATABLE-READ, SERIALIZABLE, not 'NONE'.
                    default_time_zone     | SYSTEM           | options.default_time_zone: hours and minutes from UTC, for instance +02:00, not 'SYSTEM'.
                    """)
    void refusesWrongValuesSayingWhatIsWanted(String name, String value, String message) {
        assertThatThrownBy(() -> MysqlOptions.checked(Map.of(name, value), Resources.ORDINARY))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage(message);
    }

    @ParameterizedTest
    @FieldSource("EVERY_NAME")
    void noValueReachesIntoTheRestOfTheOptionFile(String name) {
        Stream.of("1\nsync_binlog=0", "ON\r[mysqld]", "1 #", "1;", "\"", "'", "\\", "!include /etc/passwd", "1\0")
                .forEach(value -> assertThatThrownBy(
                                () -> MysqlOptions.checked(Map.of(name, value), Resources.ORDINARY))
                        .isInstanceOf(IllegalArgumentException.class)
                        .hasMessageStartingWith("options." + name + ": "));
    }

    @ParameterizedTest
    @ValueSource(strings = {"", " ", "max_connections\nsync_binlog", "max_connections=1", "maximum-max_connections"})
    void refusesNamesThatAreNone(String name) {
        assertThatThrownBy(() -> MysqlOptions.checked(Map.of(name, "20"), Resources.ORDINARY))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageStartingWith("options: '");
    }

    @Test
    void refusesAnOptionThatIsGivenTwice() {
        assertThatThrownBy(() ->
                        MysqlOptions.checked(Map.of("wait_timeout", "60", "Wait-Timeout", "70"), Resources.ORDINARY))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("options.wait_timeout: it is given twice.");
    }

    @Test
    void refusesMoreConnectionsThanTheMemoryServes() {
        assertThatThrownBy(() -> MysqlOptions.checked(Map.of("max_connections", "86"), Resources.ORDINARY))
                .hasMessage("options.max_connections: instances with 512mb of memory serve at most 85, not 86.");
        Resources large = new Resources(1, DataSize.ofMegabytes(2048), DataSize.ofMegabytes(2048));
        assertThat(MysqlOptions.checked(Map.of("max_connections", "341"), large))
                .isNotEmpty();
    }

    @Test
    void knowsWhatARunningServerTakes() {
        Map<String, String> former = Map.of("max_connections", "20", "wait_timeout", "60");
        assertThat(MysqlOptions.changeAtRuntime(former, Map.of("max_connections", "20", "sql_mode", "ANSI")))
                .isTrue();
        assertThat(MysqlOptions.changeAtRuntime(former, Map.of("wait_timeout", "60")))
                .isFalse();
        Map<String, String> literals =
                MysqlOptions.atRuntime(MysqlOptions.checked(Map.of("sql_mode", "ansi", "tmp_table_size", "1mb")));
        assertThat(literals)
                .containsEntry("sql_mode", "'ANSI'")
                .containsEntry("tmp_table_size", "1048576")
                .containsEntry("wait_timeout", "DEFAULT")
                .doesNotContainKey("max_connections");
    }
}
