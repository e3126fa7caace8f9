package dev.cotton.scheduler.app;

import dev.cotton.scheduler.engine.mesos.Tally;
import io.micrometer.core.instrument.FunctionCounter;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import java.util.Locale;

/** What the engine for a fleet counts, as meters. */
final class MesosMeters {
    private MesosMeters() {}

    /** Shows them in {@code registry}. */
    static void show(Tally tally, MeterRegistry registry) {
        for (Tally.Count count : Tally.Count.values()) {
            FunctionCounter.builder(name(count), tally, counted -> counted.count(count))
                    .description(count.meaning())
                    .register(registry);
        }
        for (Tally.Level level : Tally.Level.values()) {
            Gauge.builder(name(level), tally, stands -> stands.level(level))
                    .description(level.meaning())
                    .register(registry);
        }
    }

    private static String name(Enum<?> meter) {
        return "cotton.mesos." + meter.name().toLowerCase(Locale.ROOT).replace('_', '.');
    }
}
