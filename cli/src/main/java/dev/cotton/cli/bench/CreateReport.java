package dev.cotton.cli.bench;

import dev.cotton.cli.terminal.Paint;
import dev.cotton.cli.terminal.Table;
import java.util.LinkedHashMap;
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
            size.rounds().putInto(each);
        }
        ObjectNode memory = json.putObject("memory")
                .put("executor", result.memory().executor().megabytes() + "mb")
                .put("scheduler", result.memory().scheduler().megabytes() + "mb");
        result.memory()
                .many()
                .ifPresent(many -> memory.putObject("manyClusters")
                        .put("clusters", many.clusters())
                        .put("scheduler", many.scheduler().megabytes() + "mb"));
        ComparisonTables.put(json.putArray("targets"), result.targets());
        return json;
    }

    String text(Paint paint) {
        Map<String, Comparison> sizes = new LinkedHashMap<>();
        result.sizes().forEach(size -> sizes.put(Integer.toString(size.instances()), size.rounds()));
        ComparisonTables tables = new ComparisonTables("INSTANCES", sizes);
        Table targets = ComparisonTables.targets(result.targets(), paint);
        targets.row(Long.toString(result.memory().scheduler().megabytes()), "", "megabytes of the scheduler");
        return "\nSeconds from the request to healthy, and by hand without Cotton (medians of "
                + result.sizes().getFirst().rounds().cotton().size() + " rounds; MySQL " + result.mysql() + ", "
                + result.cores() + " cores, load before " + Numbers.text("%.1f", result.loadBefore()) + ")\n\n"
                + tables.times(paint) + "\n" + tables.steps(paint) + "\n" + targets.text(paint);
    }
}
