package dev.cotton.executor.server;

import dev.cotton.core.model.Durability;
import dev.cotton.core.model.Incarnation;
import dev.cotton.core.model.Ports;
import dev.cotton.core.model.Resources;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.zip.CRC32;

/**
 * mysqld's option file; the resource {@code my.cnf} shows and explains what is in it. Whatever the user's options are,
 * mysqld starts read-only and unattached, with semi-sync off on both sides.
 *
 * @param options the user's, as {@link dev.cotton.core.model.MysqlOptions#checked} returned them
 */
public record OptionFile(Ports ports, Resources resources, Durability durability, Map<String, String> options) {
    private static final Pattern PLACE = Pattern.compile("\\$\\{([a-z_]+)}");

    public OptionFile {
        options = Map.copyOf(options);
    }

    /**
     * Writes {@link DataFolder#optionFile}, mode 0600, durably. Call it before each start of mysqld and after
     * {@link DataFolder#renew}.
     *
     * @param folder has data: the server id is derived from their incarnation, because a server ignores replicated
     *     transactions that bear its own id
     * @throws IllegalArgumentException when the user's options do not go with the resources
     */
    public void write(DataFolder folder) {
        Incarnation incarnation = folder.incarnation()
                .orElseThrow(() -> new ServerException("There are no data in " + folder.root() + " to run mysqld on."));
        StateFile.replace(folder.optionFile(), text(folder, incarnation).getBytes(StandardCharsets.UTF_8));
    }

    /** {@code sync_relay_log}: after how many events received a relay log is written through to the disk. */
    public static int syncRelayLog(Durability durability) {
        return durability == Durability.LOSSLESS_POWER ? 1 : 10_000;
    }

    String text(DataFolder folder, Incarnation incarnation) {
        MemoryPlan plan = MemoryPlan.of(resources, Integer.parseInt(options.getOrDefault("max_connections", "0")));
        Map<String, Object> values = new HashMap<>();
        values.put("server_id", serverId(incarnation));
        values.put("sync_relay_log", syncRelayLog(durability));
        values.put("options", userOptions());
        addFiles(folder, values);
        addNetwork(values);
        addMemory(plan, values);
        addDisk(plan, values);
        return PLACE.matcher(resource())
                .replaceAll(place ->
                        Matcher.quoteReplacement(Objects.requireNonNull(values.get(place.group(1)), place.group())
                                .toString()));
    }

    private static void addFiles(DataFolder folder, Map<String, Object> values) {
        values.put("datadir", quoted(folder.mysql()));
        values.put("tmpdir", quoted(folder.data().resolve("tmp")));
        values.put("pid_file", quoted(folder.run().resolve("mysqld.pid")));
        values.put("log_error", quoted(folder.mysqldLog()));
        values.put("slow_query_log_file", quoted(folder.slowLog()));
        values.put("ssl_ca", quoted(folder.authority()));
        values.put("ssl_cert", quoted(folder.certificate()));
        values.put("ssl_key", quoted(folder.privateKey()));
    }

    private void addNetwork(Map<String, Object> values) {
        values.put("address", ports.address());
        values.put("port", ports.mysql());
        values.put("admin_port", ports.admin());
    }

    private static void addMemory(MemoryPlan plan, Map<String, Object> values) {
        values.put("innodb_buffer_pool_size", plan.bufferPool().bytes());
        values.put("innodb_buffer_pool_chunk_size", plan.bufferPoolChunk().bytes());
        values.put("innodb_buffer_pool_instances", plan.bufferPoolInstances());
        values.put("innodb_log_buffer_size", plan.logBuffer().bytes());
        values.put("max_connections", plan.maxConnections());
        values.put("table_open_cache", plan.tableOpenCache());
        values.put("table_definition_cache", plan.tableDefinitionCache());
        values.put("temptable_max_ram", plan.temporaryTables().bytes());
        values.put("innodb_ft_total_cache_size", plan.fullTextCache().bytes());
        values.put("replica_parallel_workers", plan.replicaWorkers());
        values.put("replica_pending_jobs_size_max", plan.replicaQueue().bytes());
        values.put("binlog_transaction_dependency_history_size", plan.dependencyHistory());
        values.put("clone_max_concurrency", plan.cloneThreads());
        values.put("performance_schema_max_thread_instances", plan.threads());
        values.put("performance_schema_digests_size", plan.statementDigests());
    }

    private static void addDisk(MemoryPlan plan, Map<String, Object> values) {
        values.put("innodb_redo_log_capacity", plan.redoCapacity().bytes());
        values.put("innodb_max_undo_log_size", plan.undoSize().bytes());
        values.put("temporary_tables", plan.temporaryTablesOnDisk().megabytes() + "M");
        values.put("max_binlog_size", plan.binlogSize().bytes());
    }

    private String userOptions() {
        return new TreeMap<>(options)
                .entrySet().stream()
                        .map(option -> option.getKey() + "=" + quoted(option.getValue()) + "\n")
                        .collect(Collectors.joining());
    }

    /** Unique in a cluster, and another one for each life of the data. */
    private static long serverId(Incarnation incarnation) {
        CRC32 checksum = new CRC32();
        checksum.update(incarnation.value().getBytes(StandardCharsets.US_ASCII));
        return Math.max(1, checksum.getValue());
    }

    private static String quoted(Path path) {
        return quoted(path.toString());
    }

    private static String quoted(String value) {
        if (value.matches("(?s).*\\p{Cntrl}.*")) {
            throw new ServerException("A name with a control character cannot be written into an option file.");
        }
        return '"' + value.replace("\\", "\\\\").replace("\"", "\\\"") + '"';
    }

    private static String resource() {
        try (InputStream resource = Objects.requireNonNull(OptionFile.class.getResourceAsStream("my.cnf"))) {
            return new String(resource.readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
