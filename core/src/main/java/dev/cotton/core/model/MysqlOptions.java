package dev.cotton.core.model;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.function.Predicate;
import java.util.regex.Pattern;

/**
 * The options of mysqld that users may set, and the values that they may have. Everything that durability, replication,
 * files, security or memory limits rest on is decided by Cotton and refused by name.
 */
public final class MysqlOptions {
    private static final Map<String, Allowed> ALLOWED = allowed();

    /** Why some well-known options are not for users. */
    private static final Map<Pattern, String> REFUSED = refused();

    private record Allowed(Predicate<String> fits, String form) {}

    private MysqlOptions() {}

    /**
     * The options as mysqld's option file spells them: lower case, with underscores, in the order of their names.
     *
     * @throws IllegalArgumentException naming the first option, in the order of names, that may not be set or whose
     *     value is wrong, and why
     */
    public static SortedMap<String, String> checked(Map<String, String> options) {
        SortedMap<String, String> checked = new TreeMap<>();
        new TreeMap<>(options).forEach((given, value) -> {
            String name = given.toLowerCase(Locale.ROOT).replace('-', '_');
            Allowed allowed = ALLOWED.get(name);
            if (allowed == null) {
                throw new IllegalArgumentException("options: '" + Shown.of(given) + "' cannot be set: " + why(name));
            }
            String text = value.strip();
            if (!allowed.fits().test(text)) {
                throw new IllegalArgumentException(
                        "options: " + name + " takes " + allowed.form() + ", not '" + Shown.of(value) + "'.");
            }
            if (checked.put(name, text) != null) {
                throw new IllegalArgumentException("options: " + name + " is given twice.");
            }
        });
        return Collections.unmodifiableSortedMap(checked);
    }

    /** The names that may be set, in order. */
    public static List<String> names() {
        return List.copyOf(new TreeMap<>(ALLOWED).keySet());
    }

    private static String why(String name) {
        List<String> reasons = new ArrayList<>();
        REFUSED.forEach((pattern, reason) -> {
            if (pattern.matcher(name).matches()) {
                reasons.add(reason);
            }
        });
        return reasons.isEmpty() ? "it is not among those that users may set." : reasons.getFirst();
    }

    private static Map<Pattern, String> refused() {
        Map<Pattern, String> refused = new java.util.LinkedHashMap<>();
        refuse(
                refused,
                "sync_.*|innodb_flush.*|innodb_doublewrite.*|.*relay_log.*",
                "no acknowledged commit may be lost.");
        refuse(
                refused,
                "(loose_)?rpl_.*|replica_.*|slave_.*|gtid_.*|enforce_gtid.*|log_bin|binlog_format|server_id|report_.*"
                        + "|log_replica.*|skip_replica.*",
                "replication is looked after for you.");
        refuse(
                refused,
                "(super_)?read_only|offline_mode",
                "only the primary takes writes, and which that is may change.");
        refuse(
                refused,
                "plugin.*|early_plugin.*|init_file|secure_.*|local_infile|.*ssl.*|tls_.*|require_secure.*|skip_grant.*"
                        + "|partial_revokes|authentication.*|default_authentication.*",
                "it would weaken security.");
        refuse(
                refused,
                "datadir|basedir|tmpdir|socket|port|pid_file|bind_address|admin_.*|log_error.*|.*_file|.*_dir",
                "files and addresses are given by the place where an instance runs.");
        refuse(
                refused,
                "innodb_buffer_pool.*|innodb_redo_log.*|innodb_log_.*|table_open_cache.*|performance_schema.*",
                "it follows from the instance's memory and disk: resize those.");
        return refused;
    }

    private static void refuse(Map<Pattern, String> refused, String names, String reason) {
        refused.put(Pattern.compile(names), reason);
    }

    private static Map<String, Allowed> allowed() {
        Map<String, Allowed> all = new TreeMap<>();
        Map.ofEntries(
                        Map.entry("max_connections", range(10, 10_000)),
                        Map.entry("max_user_connections", range(0, 10_000)),
                        Map.entry("max_connect_errors", range(1, 1_000_000_000)),
                        Map.entry("connect_timeout", range(2, 3600)),
                        Map.entry("wait_timeout", range(1, 31_536_000)),
                        Map.entry("interactive_timeout", range(1, 31_536_000)),
                        Map.entry("net_read_timeout", range(1, 3600)),
                        Map.entry("net_write_timeout", range(1, 3600)),
                        Map.entry("lock_wait_timeout", range(1, 31_536_000)),
                        Map.entry("innodb_lock_wait_timeout", range(1, 1_073_741_824)),
                        Map.entry("max_execution_time", range(0, 4_294_967_295L)),
                        Map.entry("max_allowed_packet", bytes(1L << 10, 1L << 30)),
                        Map.entry("sort_buffer_size", bytes(32L << 10, 64L << 20)),
                        Map.entry("join_buffer_size", bytes(128L, 64L << 20)),
                        Map.entry("read_rnd_buffer_size", bytes(1L, 64L << 20)),
                        Map.entry("tmp_table_size", bytes(1L << 10, 4L << 30)),
                        Map.entry("max_heap_table_size", bytes(16L << 10, 4L << 30)),
                        Map.entry("group_concat_max_len", range(4, 1_073_741_824)),
                        Map.entry("innodb_ft_min_token_size", range(0, 16)),
                        Map.entry("ft_min_word_len", range(1, 84)),
                        Map.entry("auto_increment_increment", range(1, 65_535)),
                        Map.entry("auto_increment_offset", range(1, 65_535)),
                        Map.entry("div_precision_increment", range(0, 30)),
                        Map.entry("long_query_time", number()),
                        Map.entry("min_examined_row_limit", range(0, 4_294_967_295L)),
                        Map.entry("default_week_format", range(0, 7)),
                        Map.entry("cte_max_recursion_depth", range(0, 4_294_967_295L)),
                        Map.entry("eq_range_index_dive_limit", range(0, 4_294_967_295L)),
                        Map.entry("binlog_expire_logs_seconds", range(3600, 31_536_000)),
                        Map.entry("innodb_io_capacity", range(100, 1_000_000)),
                        Map.entry("innodb_io_capacity_max", range(100, 1_000_000)),
                        Map.entry("innodb_stats_persistent_sample_pages", range(1, 65_535)),
                        Map.entry("slow_query_log", flag()),
                        Map.entry("log_queries_not_using_indexes", flag()),
                        Map.entry("explicit_defaults_for_timestamp", flag()),
                        Map.entry("event_scheduler", oneOf("ON", "OFF")),
                        Map.entry("innodb_print_all_deadlocks", flag()),
                        Map.entry("innodb_adaptive_hash_index", flag()),
                        Map.entry("foreign_key_checks", flag()),
                        Map.entry("sql_require_primary_key", flag()),
                        Map.entry("binlog_row_image", oneOf("full", "minimal", "noblob")),
                        Map.entry("binlog_row_metadata", oneOf("minimal", "full")),
                        Map.entry("binlog_transaction_compression", flag()),
                        Map.entry(
                                "transaction_isolation",
                                oneOf("READ-UNCOMMITTED", "READ-COMMITTED", "REPEATABLE-READ", "SERIALIZABLE")),
                        Map.entry("character_set_server", word()),
                        Map.entry("collation_server", word()),
                        Map.entry("default_time_zone", text("[A-Za-z0-9_+:/-]{1,40}", "a time zone such as +02:00")),
                        Map.entry("lc_time_names", word()),
                        Map.entry("sql_mode", text("[A-Z_,]{0,400}", "mode names with commas between them")))
                .forEach(all::put);
        return Collections.unmodifiableMap(all);
    }

    private static Allowed range(long least, long most) {
        return new Allowed(
                value ->
                        value.matches("[0-9]{1,12}") && Long.parseLong(value) >= least && Long.parseLong(value) <= most,
                "a whole number from " + least + " to " + most);
    }

    private static Allowed bytes(long least, long most) {
        return new Allowed(
                value -> value.matches("[0-9]{1,12}[KMG]?") && within(value, least, most),
                "a number of bytes from " + new DataSize(least) + " to " + new DataSize(most)
                        + ", for instance 65536 or 16M");
    }

    private static boolean within(String value, long least, long most) {
        DataSize size = DataSize.parse(value + "b");
        return size.bytes() >= least && size.bytes() <= most;
    }

    private static Allowed number() {
        return text("[0-9]{1,8}(\\.[0-9]{1,6})?", "a number of seconds");
    }

    private static Allowed flag() {
        return oneOf("ON", "OFF", "0", "1");
    }

    private static Allowed word() {
        return text("[A-Za-z0-9_]{1,64}", "a name of letters, digits and '_'");
    }

    private static Allowed text(String form, String described) {
        Pattern pattern = Pattern.compile(form);
        return new Allowed(value -> pattern.matcher(value).matches(), described);
    }

    private static Allowed oneOf(String... words) {
        List<String> all = List.of(words);
        return new Allowed(
                value -> all.stream().anyMatch(value::equalsIgnoreCase), "one of " + String.join(", ", words));
    }
}
