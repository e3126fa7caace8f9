package dev.cotton.executor.server;

import dev.cotton.core.model.DataSize;
import dev.cotton.core.model.Resources;
import java.util.Map;

/**
 * How an instance's memory and disk are shared out, so that mysqld and its executor together stay under the limit. Pure.
 *
 * <p>mysqld without clients and without its buffer pool takes about 300 MB with performance_schema on and small caches; a
 * busy client adds about 0.6 MB with the session buffers of {@link OptionFile}. What is left goes to the buffer pool.
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

    private static final long SERVER_MB = 300;
    private static final long LEAST_MB = 512;
    private static final long KILOBYTES_A_CLIENT = 600;

    /** @param options the user's; {@code max_connections} among them counts */
    public static MemoryPlan of(Resources resources, Map<String, String> options) {
        long megabytes = resources.mem().megabytes();
        long ordinary = Math.min(60 + (megabytes - LEAST_MB) / 8, 2000);
        int connections = Integer.parseInt(options.getOrDefault("max_connections", Long.toString(ordinary)));
        long left = megabytes - SERVER_MB - EXECUTOR.megabytes() - connections * KILOBYTES_A_CLIENT / 1024;
        return new MemoryPlan(
                DataSize.ofMegabytes(clamp(left * 85 / 100 / 8 * 8, 32, Long.MAX_VALUE)),
                connections,
                (int) clamp(200 + (megabytes - LEAST_MB) / 2, 200, 4000),
                DataSize.ofMegabytes(clamp(resources.disk().megabytes() / 16, 64, 8192)),
                DataSize.ofMegabytes(clamp(resources.disk().megabytes() / 32, 16, 512)));
    }

    private static long clamp(long value, long least, long most) {
        return Math.max(least, Math.min(value, most));
    }
}
