package dev.cotton.core.model;

import java.util.Collections;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.regex.Pattern;

/**
 * The options of mysqld that users may set, and the values that these may have. Everything else belongs to Cotton,
 * because a promise rests on it, and is refused by name with the reason. Values that pass hold no character with a
 * meaning in an option file.
 */
public final class MysqlOptions {
    /** An instance has memory for one connection per so many megabytes, whatever else it does. */
    private static final int MEGABYTES_PER_CONNECTION = 6;

    private static final String MAX_CONNECTIONS = "max_connections";

    /** Why an option that looks like the pattern is not for users. The first that fits counts. */
    private record Reserved(Pattern names, String reason) {
        Reserved(String names, String reason) {
            this(Pattern.compile(names), reason);
        }
    }

    private static final Reserved[] RESERVED = {
        new Reserved(
                "sync_.*|innodb_flush.*|innodb_doublewrite.*|innodb_checksum.*|innodb_force.*|innodb_fast_shutdown"
                        + "|innodb_read_only|innodb_use_fdatasync|flush.*|binlog_(error_action|format|checksum|order_commits)"
                        + "|disabled_storage_engines|default_storage_engine|default_tmp_storage_engine",
                "with other values acknowledged commits could be lost"),
        new Reserved(
                "gtid.*|enforce_gtid.*|server_.*id|log_bin.*|binlog_.*|sql_log_bin|rpl_.*|replica_.*|slave_.*|relay_.*"
                        + "|report_.*|source_.*|master_.*|read_only|super_read_only|skip_replica.*|skip_slave.*"
                        + "|log_replica.*|log_slave.*|group_replication.*|clone_.*|replicate_.*|offline_mode|init_replica"
                        + "|init_slave",
                "replication is Cotton's to look after"),
        new Reserved(
                "innodb_buffer_pool.*|innodb_log_.*|innodb_redo.*|innodb_undo.*|innodb_max_undo.*|innodb_temp_.*|table_.*"
                        + "|thread_.*|key_.*|performance_schema.*|temptable.*|max_binlog.*|open_files_limit|host_cache_size"
                        + "|.*memory_limit.*|innodb_ft_.*cache.*",
                "it is worked out from the size of the instance; choose another size instead"),
        new Reserved(
                "ssl.*|tls.*|.*_ssl_.*|.*_tls_.*|require_.*|.*auth.*|local_infile|secure_.*|skip_grant.*|partial_revokes"
                        + "|caching_sha2.*|.*password.*|mandatory_roles|activate_all.*|safe_user_create|init_connect"
                        + "|init_file|.*suspicious_udfs|log_bin_trust.*",
                "the security of the cluster rests on it"),
        new Reserved(
                ".*dir|.*_file|.*_file_path|.*_path|.*_port|port|socket|bind_address|admin_.*|mysqlx.*|skip_networking"
                        + "|skip_name_resolve|user|chroot|basedir|log_error.*|general_log.*|plugin.*|early_plugin.*|console"
                        + "|daemonize|persisted_globals_load|core_file",
                "files, logs and network addresses of an instance are Cotton's to choose"),
        new Reserved(
                "lower_case_table_names|innodb_page_size|innodb_data_.*|innodb_file_per_table",
                "it is fixed when the data are made"),
    };

    private MysqlOptions() {}

    /** The names of the options that may be set, in order. */
    public static Set<String> names() {
        return Collections.unmodifiableSortedSet(new TreeSet<>(MysqlOptionRules.ALL.keySet()));
    }

    /**
     * As {@link #checked(Map)}, and whether the options go with the size of the instances.
     *
     * @throws IllegalArgumentException naming the first option that may not be set or whose value is wrong, and why
     */
    public static SortedMap<String, String> checked(Map<String, String> options, Resources size) {
        SortedMap<String, String> checked = checked(options);
        checkConnections(checked, size);
        return checked;
    }

    /**
     * The options as mysqld's option file spells them: names in lower case with underscores, values without blanks
     * around them.
     *
     * @throws IllegalArgumentException naming the first option, in the order of names, that may not be set or whose
     *     value is wrong, and why
     */
    public static SortedMap<String, String> checked(Map<String, String> options) {
        SortedMap<String, String> checked = new TreeMap<>();
        new TreeMap<>(options).forEach((written, value) -> {
            String name = written.strip().toLowerCase(Locale.ROOT).replace('-', '_');
            if (checked.put(name, checked(name, written, value.strip())) != null) {
                throw new IllegalArgumentException("options." + name + ": it is given twice.");
            }
        });
        return Collections.unmodifiableSortedMap(checked);
    }

    /**
     * Whether a running mysqld can go from some options to others. Sessions that begin then have the new values; those
     * that are there keep what they have of their own.
     *
     * @param former as {@link #checked} returned them, as {@code wanted}
     */
    public static boolean changeAtRuntime(Map<String, String> former, Map<String, String> wanted) {
        return MysqlOptionRules.AT_START.stream().allMatch(name -> Objects.equals(former.get(name), wanted.get(name)));
    }

    /**
     * All that can be changed while mysqld runs, by name, as literals of SQL; {@code DEFAULT} for what is not given.
     *
     * @param checked as {@link #checked} returned them
     */
    public static SortedMap<String, String> atRuntime(Map<String, String> checked) {
        SortedMap<String, String> literals = new TreeMap<>();
        MysqlOptionRules.ALL.forEach((name, rule) -> {
            if (!MysqlOptionRules.AT_START.contains(name)) {
                String value = checked.get(name);
                literals.put(name, value == null ? "DEFAULT" : rule.literal(value));
            }
        });
        return Collections.unmodifiableSortedMap(literals);
    }

    private static String checked(String name, String written, String value) {
        MysqlOptionRule rule = MysqlOptionRules.ALL.get(name);
        if (rule == null) {
            throw new IllegalArgumentException(
                    "options: '" + Shown.of(written) + "' cannot be set; " + reason(name) + ".");
        }
        return rule.checked(value)
                .orElseThrow(() -> new IllegalArgumentException(
                        "options." + name + ": " + rule.wanted() + ", not '" + Shown.of(value) + "'."));
    }

    private static String reason(String name) {
        for (Reserved reserved : RESERVED) {
            if (reserved.names().matcher(name).matches()) {
                return reserved.reason();
            }
        }
        return "it is not among the options that users may set";
    }

    private static void checkConnections(Map<String, String> options, Resources size) {
        String wanted = options.get(MAX_CONNECTIONS);
        long most = size.mem().megabytes() / MEGABYTES_PER_CONNECTION;
        if (wanted != null && Long.parseLong(wanted) > most) {
            throw new IllegalArgumentException("options." + MAX_CONNECTIONS + ": instances with " + size.mem()
                    + " of memory serve at most " + most + ", not " + wanted + ".");
        }
    }
}
