package dev.cotton.scheduler.app;

import static org.assertj.core.api.Assertions.assertThat;

import io.micrometer.prometheusmetrics.PrometheusConfig;
import io.micrometer.prometheusmetrics.PrometheusMeterRegistry;
import org.junit.jupiter.api.Test;

final class ProcessMetersTest {
    @Test
    void showWhatThisProcessTakes() {
        PrometheusMeterRegistry registry = new PrometheusMeterRegistry(PrometheusConfig.DEFAULT);

        try (ProcessMeters meters = ProcessMeters.in(registry)) {
            assertThat(meters.collections()).isNotNull();
            assertThat(registry.scrape())
                    .contains(
                            "jvm_memory_used_bytes{area=\"heap\"",
                            "jvm_gc_memory_allocated_bytes_total",
                            "jvm_threads_live_threads",
                            "process_cpu_usage",
                            "process_files_open_files",
                            "process_uptime_seconds");
        }
    }
}
