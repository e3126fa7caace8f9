package dev.cotton.cli.bench;

import dev.cotton.core.model.DataSize;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * What a benchmark has measured.
 *
 * @param comparisons with a floor, in seconds, each by what it is of
 * @param figures without one
 */
record BenchResult(Setting setting, Map<String, Comparison> comparisons, List<Figure> figures, List<Target> targets) {
    BenchResult {
        comparisons = Collections.unmodifiableMap(new LinkedHashMap<>(comparisons));
        figures = List.copyOf(figures);
        targets = List.copyOf(targets);
    }

    /**
     * Where it was measured.
     *
     * @param loadBefore of the machine; figures are only worth something when it had little else to do
     * @param data about what every cluster and the floor held
     */
    record Setting(String mysql, int cores, double loadBefore, DataSize data) {
        static Setting here(String mysql, double loadBefore, DataSize data) {
            return new Setting(mysql, Runtime.getRuntime().availableProcessors(), loadBefore, data);
        }
    }

    /** A number, with its unit in its name. */
    record Figure(String what, double value) {}
}
