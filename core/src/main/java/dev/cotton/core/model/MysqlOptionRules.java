package dev.cotton.core.model;

import dev.cotton.core.model.MysqlOptionRule.AnyOf;
import dev.cotton.core.model.MysqlOptionRule.Bytes;
import dev.cotton.core.model.MysqlOptionRule.Decimal;
import dev.cotton.core.model.MysqlOptionRule.Form;
import dev.cotton.core.model.MysqlOptionRule.OneOf;
import dev.cotton.core.model.MysqlOptionRule.Switch;
import dev.cotton.core.model.MysqlOptionRule.Whole;
import java.util.Map;
import java.util.Set;

/**
 * The options that users may set: what an application notices, and what can neither lose a commit, nor break
 * replication, nor outgrow an instance. All exist in MySQL 8.0.30, 8.4 and 9.7.
 */
final class MysqlOptionRules {
    private static final int A_YEAR = 31_536_000;

    static final Map<String, MysqlOptionRule> ALL = Map.ofEntries(
            // SQL as applications see it
            Map.entry(
                    "sql_mode",
                    new AnyOf(
                            "ALLOW_INVALID_DATES",
                            "ANSI",
                            "ANSI_QUOTES",
                            "ERROR_FOR_DIVISION_BY_ZERO",
                            "HIGH_NOT_PRECEDENCE",
                            "IGNORE_SPACE",
                            "NO_AUTO_VALUE_ON_ZERO",
                            "NO_BACKSLASH_ESCAPES",
                            "NO_DIR_IN_CREATE",
                            "NO_ENGINE_SUBSTITUTION",
                            "NO_UNSIGNED_SUBTRACTION",
                            "NO_ZERO_DATE",
                            "NO_ZERO_IN_DATE",
                            "ONLY_FULL_GROUP_BY",
                            "PAD_CHAR_TO_FULL_LENGTH",
                            "PIPES_AS_CONCAT",
                            "REAL_AS_FLOAT",
                            "STRICT_ALL_TABLES",
                            "STRICT_TRANS_TABLES",
                            "TIME_TRUNCATE_FRACTIONAL",
                            "TRADITIONAL")),
            Map.entry(
                    "character_set_server",
                    new Form("[a-z0-9]{1,32}", "the name of a character set, for instance utf8mb4")),
            Map.entry(
                    "collation_server",
                    new Form("[a-z0-9_]{1,64}", "the name of a collation, for instance utf8mb4_0900_ai_ci")),
            Map.entry(
                    "default_time_zone",
                    new Form("[+-](0[0-9]|1[0-4]):[0-5][0-9]", "hours and minutes from UTC, for instance +02:00")),
            Map.entry(
                    "transaction_isolation",
                    new OneOf("READ-UNCOMMITTED", "READ-COMMITTED", "REPEATABLE-READ", "SERIALIZABLE")),
            Map.entry("auto_increment_increment", new Whole(1, 65_535)),
            Map.entry("auto_increment_offset", new Whole(1, 65_535)),
            Map.entry("cte_max_recursion_depth", new Whole(0, 4_294_967_295L)),
            Map.entry("default_week_format", new Whole(0, 7)),
            Map.entry("div_precision_increment", new Whole(0, 30)),
            Map.entry("event_scheduler", new Switch()),
            Map.entry("group_concat_max_len", new Whole(4, 67_108_864)),
            Map.entry("lc_time_names", new Form("[a-z]{2}_[A-Z]{2}", "a locale, for instance en_US")),
            Map.entry("max_sp_recursion_depth", new Whole(0, 255)),
            Map.entry("sql_generate_invisible_primary_key", new Switch()),
            Map.entry("sql_require_primary_key", new Switch()),
            // Connections and limits of statements
            Map.entry("max_connections", new Whole(10, 10_000)),
            Map.entry("max_user_connections", new Whole(0, 10_000)),
            Map.entry("max_allowed_packet", new Bytes(DataSize.ofMegabytes(1), DataSize.ofMegabytes(1024))),
            Map.entry("max_execution_time", new Whole(0, 4_294_967_295L)),
            Map.entry("max_prepared_stmt_count", new Whole(0, 1_048_576)),
            Map.entry("connect_timeout", new Whole(2, A_YEAR)),
            Map.entry("interactive_timeout", new Whole(30, A_YEAR)),
            Map.entry("wait_timeout", new Whole(30, A_YEAR)),
            Map.entry("net_read_timeout", new Whole(1, A_YEAR)),
            Map.entry("net_write_timeout", new Whole(1, A_YEAR)),
            Map.entry("lock_wait_timeout", new Whole(1, A_YEAR)),
            Map.entry("join_buffer_size", new Bytes(new DataSize(128), DataSize.ofMegabytes(16))),
            Map.entry("sort_buffer_size", new Bytes(new DataSize(32_768), DataSize.ofMegabytes(16))),
            Map.entry("tmp_table_size", new Bytes(new DataSize(1024), DataSize.ofMegabytes(1024))),
            Map.entry("max_heap_table_size", new Bytes(new DataSize(16_384), DataSize.ofMegabytes(1024))),
            // InnoDB
            Map.entry("innodb_adaptive_hash_index", new Switch()),
            Map.entry("innodb_autoinc_lock_mode", new Whole(0, 2)),
            Map.entry("innodb_deadlock_detect", new Switch()),
            Map.entry("innodb_default_row_format", new OneOf("DYNAMIC", "COMPACT", "REDUNDANT")),
            Map.entry("innodb_ft_enable_stopword", new Switch()),
            Map.entry("innodb_ft_max_token_size", new Whole(10, 84)),
            Map.entry("innodb_ft_min_token_size", new Whole(0, 16)),
            Map.entry("innodb_io_capacity", new Whole(100, 1_000_000)),
            Map.entry("innodb_io_capacity_max", new Whole(100, 2_000_000)),
            Map.entry("innodb_lock_wait_timeout", new Whole(1, 1_073_741_824)),
            Map.entry("innodb_print_all_deadlocks", new Switch()),
            Map.entry("innodb_rollback_on_timeout", new Switch()),
            Map.entry("innodb_stats_auto_recalc", new Switch()),
            Map.entry("innodb_stats_persistent_sample_pages", new Whole(1, 100_000)),
            Map.entry("innodb_strict_mode", new Switch()),
            Map.entry("innodb_thread_concurrency", new Whole(0, 1000)),
            // What is logged of statements
            Map.entry("slow_query_log", new Switch()),
            Map.entry("long_query_time", new Decimal(0, A_YEAR)),
            Map.entry("log_queries_not_using_indexes", new Switch()),
            Map.entry("log_throttle_queries_not_using_indexes", new Whole(0, 4_294_967_295L)),
            Map.entry("log_slow_extra", new Switch()),
            Map.entry("min_examined_row_limit", new Whole(0, 4_294_967_295L)),
            // What is in the binary log: complete in every form
            Map.entry("binlog_row_image", new OneOf("FULL", "MINIMAL", "NOBLOB")),
            Map.entry("binlog_row_metadata", new OneOf("MINIMAL", "FULL")),
            Map.entry("binlog_transaction_compression", new Switch()),
            Map.entry("binlog_expire_logs_seconds", new Whole(3600, A_YEAR)));

    /**
     * Those for which a server has to start: mysqld cannot change them, or others are worked out from them, or they hold
     * only together with another one, or its way to change them needs files that not every mysqld has.
     */
    static final Set<String> AT_START = Set.of(
            "binlog_expire_logs_seconds",
            "character_set_server",
            "collation_server",
            "default_time_zone",
            "innodb_autoinc_lock_mode",
            "innodb_ft_max_token_size",
            "innodb_ft_min_token_size",
            "innodb_io_capacity",
            "innodb_io_capacity_max",
            "innodb_rollback_on_timeout",
            "lc_time_names",
            "max_connections");

    private MysqlOptionRules() {}
}
