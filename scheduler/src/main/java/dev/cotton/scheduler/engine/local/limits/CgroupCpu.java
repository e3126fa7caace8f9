package dev.cotton.scheduler.engine.local.limits;

/**
 * Cores in the kernel's units.
 *
 * @param quotaMicros of running time per {@link #PERIOD_MICROS}
 */
record CgroupCpu(long quotaMicros) {
    static final long PERIOD_MICROS = 100_000;

    private static final long LEAST_QUOTA_MICROS = 1_000;

    static CgroupCpu of(double cores) {
        return new CgroupCpu(Math.max(LEAST_QUOTA_MICROS, Math.round(cores * PERIOD_MICROS)));
    }

    /** For v1: 1024 is one core's. */
    long shares() {
        return Math.max(2, quotaMicros * 1024 / PERIOD_MICROS);
    }

    /** For v2: 100 is one core's. */
    long weight() {
        return Math.clamp(quotaMicros * 100 / PERIOD_MICROS, 1, 10_000);
    }
}
