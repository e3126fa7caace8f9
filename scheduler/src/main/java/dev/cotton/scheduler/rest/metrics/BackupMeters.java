package dev.cotton.scheduler.rest.metrics;

import dev.cotton.core.backup.BackupEntry;
import dev.cotton.core.backup.BackupProof;
import dev.cotton.scheduler.fleet.Backups;
import dev.cotton.scheduler.fleet.ClusterView;
import dev.cotton.scheduler.fleet.Fleet;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.MultiGauge;
import io.micrometer.core.instrument.MultiGauge.Row;
import io.micrometer.core.instrument.Tags;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;

/** Meters of backups, by cluster: what an alert needs that says when one is too old. */
final class BackupMeters {
    private final Fleet fleet;
    private final Backups backups;
    private final InstantSource clock;
    private final MultiGauge age;
    private final MultiGauge restoring;
    private final MultiGauge stored;
    private final MultiGauge failures;
    private final MultiGauge lag;

    BackupMeters(MeterRegistry registry, Fleet fleet, Backups backups, InstantSource clock) {
        this.fleet = fleet;
        this.backups = backups;
        this.clock = clock;
        age = gauge(registry, "cotton.backup.proven.age.seconds", "Since the newest proven backup was begun");
        restoring = gauge(registry, "cotton.backup.restore.seconds", "How long restoring that one took");
        stored = gauge(registry, "cotton.backup.stored.bytes", "What that one takes in the store");
        lag = gauge(registry, "cotton.archive.lag.seconds", "What is committed and not in the archive, at most");
        failures = gauge(registry, "cotton.backup.failures", "Backups of late that were not made, or not proven");
        Gauge.builder("cotton.backup.store.up", backups, all -> all.trouble().isEmpty() ? 1 : 0)
                .description("1 while the store can be read")
                .register(registry);
    }

    private static MultiGauge gauge(MeterRegistry registry, String name, String description) {
        return MultiGauge.builder(name).description(description).register(registry);
    }

    void refresh() {
        List<ClusterView> live = fleet.ready()
                ? fleet.clusters().stream()
                        .filter(view -> view.record().holdsName())
                        .toList()
                : List.of();
        age.register(
                rows(
                        live,
                        standing -> standing.lastProven()
                                .map(backup -> Duration.between(backup.at(), clock.instant())
                                        .toSeconds())),
                true);
        restoring.register(
                rows(
                        live,
                        standing -> standing.lastProven()
                                .flatMap(BackupEntry::proof)
                                .map(BackupProof::restoring)
                                .map(span -> span.toMillis() / 1000.0)),
                true);
        stored.register(
                rows(
                        live,
                        standing -> standing.lastProven()
                                .map(backup ->
                                        backup.manifest().sizes().stored().bytes())),
                true);
        lag.register(
                rows(
                        live,
                        standing ->
                                standing.archive().map(report -> report.lag().toMillis() / 1000.0)),
                true);
        failures.register(rows(live, standing -> Optional.of(standing.failures().size())), true);
    }

    private Iterable<Row<?>> rows(List<ClusterView> live, Function<Backups.Standing, Optional<? extends Number>> of) {
        return live.stream()
                .flatMap(view -> backups
                        .standing(view)
                        .flatMap(of)
                        .<Row<?>>map(value ->
                                Row.of(Tags.of("cluster", view.record().name().value()), value))
                        .stream())
                .toList();
    }
}
