package dev.cotton.executor.server;

import dev.cotton.core.model.DataSize;
import dev.cotton.core.model.Resources;
import java.util.Map;

/**
 * How an instance's memory and disk are shared out, so that mysqld and its executor together stay under the limit. Pure.
 *
 * @param bufferPool for {@code innodb_buffer_pool_size}
 * @param maxConnections clients at once; the executor's admin connections come on top
 * @param tableOpenCache for {@code table_open_cache}
 * @param redoCapacity for {@code innodb_redo_log_capacity}
 * @param binlogSize for {@code max_binlog_size}
 */
public record MemoryPlan(
        DataSize bufferPool, int maxConnections, int tableOpenCache, DataSize redoCapacity, DataSize binlogSize) {
    /** What the executor may take. */
    public static final DataSize EXECUTOR = DataSize.ofMegabytes(120);

    /** @param options the user's; {@code max_connections} among them counts */
    public static MemoryPlan of(Resources resources, Map<String, String> options) {
        int connections = Integer.parseInt(options.getOrDefault("max_connections", "60"));
        long megabytes = resources.mem().megabytes();
        return new MemoryPlan(
                DataSize.ofMegabytes(megabytes / 16),
                connections,
                200,
                DataSize.ofMegabytes(resources.disk().megabytes() / 16),
                DataSize.ofMegabytes(64));
    }
}
