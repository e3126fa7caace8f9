package dev.cotton.cli.bench;

import dev.cotton.cli.terminal.Paint;
import dev.cotton.cli.terminal.Table;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import tools.jackson.databind.node.ArrayNode;

/**
 * Comparisons, for people.
 *
 * @param heading of what is compared
 * @param comparisons each by what it is of
 */
record ComparisonTables(String heading, Map<String, Comparison> comparisons) {
    ComparisonTables {
        comparisons = Collections.unmodifiableMap(new LinkedHashMap<>(comparisons));
    }

    /** How long everything took. */
    String times(Paint paint) {
        Table table = new Table(heading, "COTTON", "P95", "MAX", "FLOOR", "P95", "MAX", "RATIO");
        comparisons.forEach((what, comparison) -> {
            Samples cotton = comparison.cottonSamples();
            Samples floor = comparison.floorSamples();
            table.row(
                    what,
                    Numbers.seconds(cotton.median()),
                    Numbers.seconds(cotton.p95()),
                    Numbers.seconds(cotton.max()),
                    Numbers.seconds(floor.median()),
                    Numbers.seconds(floor.p95()),
                    Numbers.seconds(floor.max()),
                    Numbers.text("%.2f", comparison.ratio()));
        });
        return table.text(paint);
    }

    /** When each step was done. */
    String steps(Paint paint) {
        Table table = new Table(heading, "STEP", "DONE AFTER");
        comparisons.forEach((what, comparison) -> {
            Comparison.steps(comparison.cotton())
                    .forEach((step, at) -> table.row(what, "cotton: " + step, Numbers.seconds(at)));
            Comparison.steps(comparison.floor())
                    .forEach((step, at) -> table.row(what, "floor: " + step, Numbers.seconds(at)));
        });
        return table.text(paint);
    }

    /** A table of targets that more can be added to. */
    static Table targets(List<Target> targets, Paint paint) {
        Table table = new Table("MEASURED", "AT MOST", "");
        targets.forEach(target -> table.row(
                Numbers.text("%.2f", target.measured()),
                Numbers.text("%.1f", target.limit()),
                target.what() + (target.met() ? "" : paint.red(" (missed)"))));
        return table;
    }

    /** Adds targets, for programs. */
    static void put(ArrayNode json, List<Target> targets) {
        targets.forEach(target -> json.addObject()
                .put("what", target.what())
                .put("limit", target.limit())
                .put("measured", Numbers.hundredths(target.measured()))
                .put("met", target.met()));
    }
}
