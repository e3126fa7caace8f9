package dev.cotton.core.model;

/**
 * What one instance gets: mysqld and its executor together stay under it.
 *
 * @param cpus cores, a fraction allowed
 */
public record Resources(double cpus, DataSize mem, DataSize disk) {
    /** What the executor may take of an instance's memory: mysqld is sized for the rest, and containers for both. */
    public static final DataSize EXECUTOR_MEM = DataSize.ofMegabytes(120);

    private static final DataSize LEAST_MEM = DataSize.ofMegabytes(512);
    private static final DataSize LEAST_DISK = DataSize.ofMegabytes(1024);

    /** The original's default size. */
    public static final Resources ORDINARY = new Resources(1.0, DataSize.ofMegabytes(512), DataSize.ofMegabytes(2048));

    /** @throws IllegalArgumentException naming the field that is out of bounds */
    public Resources {
        if (!(cpus >= 0.1 && cpus <= 1024)) {
            throw new IllegalArgumentException("cpus: between 0.1 and 1024, not " + cpus + ".");
        }
        if (mem.compareTo(LEAST_MEM) < 0) {
            throw new IllegalArgumentException("mem: an instance needs at least " + LEAST_MEM + ", not " + mem + ".");
        }
        if (disk.compareTo(LEAST_DISK) < 0) {
            throw new IllegalArgumentException(
                    "disk: an instance needs at least " + LEAST_DISK + ", not " + disk + ".");
        }
    }

    @Override
    public String toString() {
        return cpus + " cpus, " + mem + " memory, " + disk + " disk";
    }
}
