package dev.cotton.cli.bench;

import dev.cotton.cli.terminal.Paint;
import dev.cotton.cli.terminal.Table;
import java.time.Duration;
import java.util.Locale;
import java.util.Map;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/** What {@code bench create} says, for programs and for people. */
record CreateReport(CreateResult result) {
    ObjectNode json() {
        ObjectNode json = JsonMapper.shared().createObjectNode();
        json.putObject("machine")
                .put("mysql", result.mysql())
                .put("cores", result.cores())
                .put("loadBefore", result.loadBefore());
        ArrayNode sizes = json.putArray("create");
        for (CreateResult.Size size : result.sizes()) {
            ObjectNode each = sizes.addObject().put("instances", size.instances());
            each.set("cotton", size.cottonSamples().json());
            each.set("floor", size.floorSamples().json());
            each.put("ratio", hundredths(size.ratio()));
            put(each.putObject("cottonSteps"), CreateResult.steps(size.cotton()));
            put(each.putObject("floorSteps"), CreateResult.steps(size.floor()));
        }
        ObjectNode memory = json.putObject("memory")
                .put("executor", result.memory().executor().megabytes() + "mb")
                .put("scheduler", result.memory().scheduler().megabytes() + "mb");
        result.memory()
                .many()
                .ifPresent(many -> memory.putObject("manyClusters")
                        .put("clusters", many.clusters())
                        .put("scheduler", many.scheduler().megabytes() + "mb"));
        ArrayNode targets = json.putArray("targets");
        result.targets()
                .forEach(target -> targets.addObject()
                        .put("what", target.what())
                        .put("limit", target.limit())
                        .put("measured", hundredths(target.measured()))
                        .put("met", target.met()));
        return json;
    }

    private static void put(ObjectNode json, Map<String, Duration> steps) {
        steps.forEach((step, at) -> json.put(step, Samples.rounded(at)));
    }

    String text(Paint paint) {
        return times(paint) + "\n" + steps(paint) + "\n" + targets(paint);
    }

    private String times(Paint paint) {
        Table table = new Table("INSTANCES", "COTTON", "P95", "MAX", "FLOOR", "P95", "MAX", "RATIO");
        for (CreateResult.Size size : result.sizes()) {
            Samples cotton = size.cottonSamples();
            Samples floor = size.floorSamples();
            table.row(
                    Integer.toString(size.instances()),
                    seconds(cotton.median()),
                    seconds(cotton.p95()),
                    seconds(cotton.max()),
                    seconds(floor.median()),
                    seconds(floor.p95()),
                    seconds(floor.max()),
                    number("%.2f", size.ratio()));
        }
        return "\nSeconds from the request to healthy, and by hand without Cotton (medians of "
                + result.sizes().getFirst().cotton().size() + " rounds; MySQL " + result.mysql() + ", " + result.cores()
                + " cores, load before " + number("%.1f", result.loadBefore()) + ")\n\n" + table.text(paint);
    }

    private String steps(Paint paint) {
        Table table = new Table("INSTANCES", "STEP", "DONE AFTER");
        for (CreateResult.Size size : result.sizes()) {
            String count = Integer.toString(size.instances());
            CreateResult.steps(size.cotton()).forEach((step, at) -> table.row(count, "cotton: " + step, seconds(at)));
            CreateResult.steps(size.floor()).forEach((step, at) -> table.row(count, "floor: " + step, seconds(at)));
        }
        return table.text(paint);
    }

    private String targets(Paint paint) {
        Table table = new Table("MEASURED", "AT MOST", "");
        for (CreateResult.Target target : result.targets()) {
            table.row(
                    number("%.2f", target.measured()),
                    number("%.1f", target.limit()),
                    target.what() + (target.met() ? "" : paint.red(" (missed)")));
        }
        table.row(Long.toString(result.memory().scheduler().megabytes()), "", "megabytes of the scheduler");
        return table.text(paint);
    }

    private static String seconds(Duration span) {
        return number("%.2f", Samples.seconds(span));
    }

    private static String number(String format, double value) {
        return String.format(Locale.ROOT, format, value);
    }

    private static double hundredths(double value) {
        return Math.round(value * 100) / 100.0;
    }
}
