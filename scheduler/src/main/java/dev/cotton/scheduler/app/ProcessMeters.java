package dev.cotton.scheduler.app;

import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.binder.MeterBinder;
import io.micrometer.core.instrument.binder.jvm.ClassLoaderMetrics;
import io.micrometer.core.instrument.binder.jvm.JvmGcMetrics;
import io.micrometer.core.instrument.binder.jvm.JvmMemoryMetrics;
import io.micrometer.core.instrument.binder.jvm.JvmThreadMetrics;
import io.micrometer.core.instrument.binder.system.FileDescriptorMetrics;
import io.micrometer.core.instrument.binder.system.ProcessorMetrics;
import io.micrometer.core.instrument.binder.system.UptimeMetrics;
import java.util.List;

/** What this process takes of its machine: memory, garbage collection, threads, files, processor. */
record ProcessMeters(JvmGcMetrics collections) implements AutoCloseable {
    /** Shows them in {@code registry}; those of collections are counted until this is closed. */
    static ProcessMeters in(MeterRegistry registry) {
        ProcessMeters meters = new ProcessMeters(new JvmGcMetrics());
        meters.collections().bindTo(registry);
        List.<MeterBinder>of(
                        new JvmMemoryMetrics(),
                        new JvmThreadMetrics(),
                        new ClassLoaderMetrics(),
                        new ProcessorMetrics(),
                        new FileDescriptorMetrics(),
                        new UptimeMetrics())
                .forEach(binder -> binder.bindTo(registry));
        return meters;
    }

    @Override
    public void close() {
        collections.close();
    }
}
