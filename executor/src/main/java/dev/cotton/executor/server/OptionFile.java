package dev.cotton.executor.server;

import dev.cotton.core.model.Durability;
import dev.cotton.core.model.Incarnation;
import dev.cotton.core.model.Ports;
import dev.cotton.core.model.Resources;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.SequencedMap;
import java.util.TreeMap;

/**
 * mysqld's option file. Whatever is in it, mysqld starts read-only and unattached, with semi-sync off on both sides.
 *
 * @param options the user's, as {@link dev.cotton.core.model.MysqlOptions#checked} returned them
 */
public record OptionFile(Ports ports, Resources resources, Durability durability, Map<String, String> options) {
    public OptionFile {
        options = Map.copyOf(options);
    }

    /**
     * Writes {@link DataFolder#optionFile}, mode 0600, durably. Call it before each start of mysqld and after
     * {@link DataFolder#renew}.
     *
     * @param folder has data: the server id is derived from their incarnation, because a server ignores replicated
     *     transactions that bear its own id
     */
    public void write(DataFolder folder) {
        Incarnation incarnation = folder.incarnation()
                .orElseThrow(
                        () -> new ServerException("There are no data in " + folder.root() + " to write options for."));
        StringBuilder text = new StringBuilder("[mysqld]\n");
        settings(folder, incarnation)
                .forEach((name, value) ->
                        text.append(name).append(" = ").append(value).append('\n'));
        StateFile.replace(folder.optionFile(), text.toString().getBytes(StandardCharsets.UTF_8));
    }

    private SequencedMap<String, String> settings(DataFolder folder, Incarnation incarnation) {
        SequencedMap<String, String> settings = new java.util.LinkedHashMap<>();
        place(folder, settings);
        transport(folder, settings);
        replication(incarnation, settings);
        semiSync(settings);
        durability(settings);
        memory(settings);
        safety(settings);
        settings.putAll(new TreeMap<>(options));
        return settings;
    }

    /** Relative names are relative to the data directory, so that the folder can be moved. */
    private void place(DataFolder folder, Map<String, String> settings) {
        settings.put("datadir", folder.mysql().toString());
        settings.put("tmpdir", folder.data().resolve("tmp").toString());
        settings.put("socket", "../../run/mysqld.sock");
        settings.put("pid_file", folder.run().resolve("mysqld.pid").toString());
        settings.put("slow_query_log_file", folder.slowLog().toString());
        settings.put("log_timestamps", "UTC");
        settings.put("bind_address", ports.address());
        settings.put("port", Integer.toString(ports.mysql()));
        settings.put("admin_address", "127.0.0.1");
        settings.put("admin_port", Integer.toString(ports.admin()));
        settings.put("create_admin_listener_thread", "ON");
        settings.put("report_host", ports.address());
        settings.put("report_port", Integer.toString(ports.mysql()));
        settings.put("skip_name_resolve", "ON");
        settings.put("mysqlx", "OFF");
    }

    private static void transport(DataFolder folder, Map<String, String> settings) {
        settings.put("ssl_ca", folder.authority().toString());
        settings.put("ssl_cert", folder.certificate().toString());
        settings.put("ssl_key", folder.privateKey().toString());
        settings.put("tls_version", "TLSv1.2,TLSv1.3");
        settings.put("require_secure_transport", "ON");
        settings.put("auto_generate_certs", "OFF");
        settings.put("caching_sha2_password_auto_generate_rsa_keys", "OFF");
    }

    private static void replication(Incarnation incarnation, Map<String, String> settings) {
        settings.put("server_id", Long.toString(serverId(incarnation)));
        settings.put("gtid_mode", "ON");
        settings.put("enforce_gtid_consistency", "ON");
        settings.put("log_bin", "../binlog/binlog");
        settings.put("relay_log", "../relay/relay");
        settings.put("log_replica_updates", "ON");
        settings.put("loose_binlog_format", "ROW");
        settings.put("loose_binlog_transaction_dependency_tracking", "WRITESET");
        settings.put("binlog_expire_logs_seconds", "259200");
        settings.put("super_read_only", "ON");
        settings.put("skip_replica_start", "ON");
        settings.put("replica_net_timeout", "4");
        settings.put("replica_parallel_workers", "16");
        settings.put("replica_preserve_commit_order", "ON");
    }

    static long serverId(Incarnation incarnation) {
        return 1 + Integer.toUnsignedLong(incarnation.value().hashCode()) % 0xFFFF_FFFEL;
    }

    private static void semiSync(Map<String, String> settings) {
        settings.put("plugin_load_add", "semisync_source.so;semisync_replica.so;mysql_clone.so");
        settings.put("loose_rpl_semi_sync_source_enabled", "OFF");
        settings.put("loose_rpl_semi_sync_replica_enabled", "OFF");
        settings.put("loose_rpl_semi_sync_source_wait_point", "AFTER_SYNC");
        settings.put("loose_rpl_semi_sync_source_timeout", "4294967295");
        settings.put("loose_rpl_semi_sync_source_wait_no_replica", "ON");
    }

    private void durability(Map<String, String> settings) {
        settings.put("sync_binlog", "1");
        settings.put("innodb_flush_log_at_trx_commit", "1");
        // fence: an acknowledgement means "in my relay log"; recovery would throw acknowledged commits away.
        settings.put("relay_log_recovery", "OFF");
        if (durability == Durability.LOSSLESS_POWER) {
            settings.put("sync_relay_log", "1");
        }
    }

    private void memory(Map<String, String> settings) {
        MemoryPlan plan = MemoryPlan.of(resources, options);
        settings.put("innodb_buffer_pool_size", Long.toString(plan.bufferPool().bytes()));
        settings.put(
                "innodb_redo_log_capacity", Long.toString(plan.redoCapacity().bytes()));
        settings.put("innodb_log_buffer_size", "1M");
        settings.put("max_binlog_size", Long.toString(plan.binlogSize().bytes()));
        settings.put("max_relay_log_size", Long.toString(plan.binlogSize().bytes()));
        settings.put("max_connections", Integer.toString(plan.maxConnections()));
        settings.put("table_open_cache", Integer.toString(plan.tableOpenCache()));
        settings.put("table_definition_cache", Integer.toString(Math.max(400, plan.tableOpenCache())));
        settings.put("thread_cache_size", "16");
        settings.put("sort_buffer_size", "256K");
        settings.put(
                "temptable_max_ram",
                Long.toString(Math.max(16L << 20, plan.bufferPool().bytes() / 4)));
        settings.put("replica_pending_jobs_size_max", "16M");
    }

    private static void safety(Map<String, String> settings) {
        settings.put("secure_file_priv", "NULL");
        settings.put("local_infile", "OFF");
        settings.put("partial_revokes", "ON");
        settings.put("log_bin_trust_function_creators", "ON");
        settings.put("disabled_storage_engines", "MyISAM,ARCHIVE,BLACKHOLE,FEDERATED,MERGE,EXAMPLE");
    }
}
