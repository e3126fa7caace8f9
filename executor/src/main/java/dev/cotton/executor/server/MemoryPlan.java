package dev.cotton.executor.server;

import dev.cotton.core.model.DataSize;
import dev.cotton.core.model.Resources;

/**
 * How an instance's memory and disk are shared out, so that mysqld and its executor together stay under the limit. Pure.
 *
 * <p>Of the memory, the executor gets {@link Resources#EXECUTOR_MEM}; a mysqld without tables and clients needs {@link #BASE}. Then each
 * client that may connect is counted with {@link #CONNECTION}, which is what one costs that keeps a dozen prepared
 * statements busy, or each worker of a replica with {@link #WORKER}, whichever is more: a primary has no workers, and a
 * replica few clients that write. Of the rest three quarters are the buffer pool, and one is for whatever comes: temporary tables,
 * large rows, the kernel's cache of the logs.
 *
 * @param resources of the instance
 * @param maxConnections clients at once; the executor's connections come on top
 */
public record MemoryPlan(Resources resources, int maxConnections) {
    static final DataSize BASE = DataSize.ofMegabytes(150);
    static final DataSize CONNECTION = DataSize.ofMegabytes(2);
    static final DataSize WORKER = DataSize.ofMegabytes(12);

    private static final long SMALLEST_POOL = 32;
    private static final int LEAST_CONNECTIONS = 60;

    /** @throws IllegalArgumentException when that many connections do not fit */
    public MemoryPlan {
        if (rest(resources, maxConnections) * 3 / 4 < SMALLEST_POOL) {
            throw new IllegalArgumentException("options.max_connections: " + maxConnections + " do not fit into "
                    + resources.mem() + " of memory.");
        }
    }

    /** @param connections that the user wants; 0 for what goes with the memory: 60 with 512 MB */
    public static MemoryPlan of(Resources resources, int connections) {
        return new MemoryPlan(resources, connections > 0 ? connections : usualConnections(resources));
    }

    private static int usualConnections(Resources resources) {
        return Math.clamp(resources.mem().megabytes() * LEAST_CONNECTIONS / 512, LEAST_CONNECTIONS, 2000);
    }

    /** Megabytes for data. */
    private static long rest(Resources resources, int connections) {
        return resources.mem().megabytes()
                - Resources.EXECUTOR_MEM.megabytes()
                - BASE.megabytes()
                - Math.max(connections * CONNECTION.megabytes(), workers(resources) * WORKER.megabytes());
    }

    /** A multiple of a chunk in each of its parts, or mysqld would round it up. */
    DataSize bufferPool() {
        long step = bufferPoolChunk().megabytes() * bufferPoolInstances();
        return DataSize.ofMegabytes(rest(resources, maxConnections) * 3 / 4 / step * step);
    }

    int bufferPoolInstances() {
        return memory() < 16_384 ? 1 : 8;
    }

    DataSize bufferPoolChunk() {
        return DataSize.ofMegabytes(memory() < 4096 ? 16 : 128);
    }

    DataSize logBuffer() {
        return DataSize.ofMegabytes(Math.clamp(memory() / 512, 1, 64));
    }

    int tableOpenCache() {
        return Math.clamp(memory() * 2 / 5, 200, 4000);
    }

    int tableDefinitionCache() {
        return 2 * tableOpenCache();
    }

    /** For the temporary tables of all clients together. */
    DataSize temporaryTables() {
        return DataSize.ofMegabytes(Math.clamp(memory() / 32, 16, 1024));
    }

    DataSize fullTextCache() {
        return DataSize.ofMegabytes(Math.clamp(memory() / 16, 32, 640));
    }

    /** As many as clients that write at once, or a replica falls behind: never fewer than 16. */
    int replicaWorkers() {
        return workers(resources);
    }

    private static int workers(Resources resources) {
        return Math.clamp((long) Math.ceil(resources.cpus() * 4), 16, 64);
    }

    /** Of received transactions that wait for a worker. */
    DataSize replicaQueue() {
        return DataSize.ofMegabytes(Math.clamp(memory() / 16, 16, 128));
    }

    /** Rows whose last writer is remembered, to tell replicas what may go in parallel. */
    int dependencyHistory() {
        return Math.clamp(memory() * 50, 25_000, 1_000_000);
    }

    int cloneThreads() {
        return Math.clamp((long) Math.ceil(resources.cpus() * 2), 2, 16);
    }

    /** That the performance schema can tell of: those of clients, of replication and of mysqld itself. */
    int threads() {
        return maxConnections + replicaWorkers() + 120;
    }

    int statementDigests() {
        return memory() < 4096 ? 1000 : 10_000;
    }

    DataSize redoCapacity() {
        return DataSize.ofMegabytes(Math.clamp(disk() / 16, 64, 8192));
    }

    DataSize undoSize() {
        return DataSize.ofMegabytes(Math.clamp(disk() / 16, 64, 1024));
    }

    DataSize temporaryTablesOnDisk() {
        return DataSize.ofMegabytes(disk() / 4);
    }

    /** What the binary logs of an instance may take together. */
    public DataSize binlogs() {
        return DataSize.ofMegabytes(disk() / 4);
    }

    DataSize binlogSize() {
        return DataSize.ofMegabytes(Math.clamp(disk() / 64, 16, 1024));
    }

    private long memory() {
        return resources.mem().megabytes();
    }

    private long disk() {
        return resources.disk().megabytes();
    }
}
