package dev.cotton.cli.bench;

import dev.cotton.cli.terminal.Paint;
import dev.cotton.cli.terminal.Table;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * What a benchmark says, for programs and for people.
 *
 * @param title of its seconds
 */
record BenchReport(String title, BenchResult result) {
    ObjectNode json() {
        ObjectNode json = JsonMapper.shared().createObjectNode();
        BenchResult.Setting setting = result.setting();
        json.putObject("machine")
                .put("mysql", setting.mysql())
                .put("cores", setting.cores())
                .put("loadBefore", setting.loadBefore());
        json.put("data", setting.data().toString());
        ArrayNode comparisons = json.putArray("comparisons");
        result.comparisons()
                .forEach((what, comparison) ->
                        comparison.putInto(comparisons.addObject().put("what", what)));
        ArrayNode figures = json.putArray("figures");
        result.figures()
                .forEach(figure -> figures.addObject()
                        .put("what", figure.what())
                        .put("value", Numbers.thousandths(figure.value())));
        ComparisonTables.put(json.putArray("targets"), result.targets());
        return json;
    }

    String text(Paint paint) {
        BenchResult.Setting setting = result.setting();
        ComparisonTables tables = new ComparisonTables("WHAT", result.comparisons());
        Table figures = new Table("FIGURE", "");
        result.figures().forEach(figure -> figures.row(Numbers.text("%.3f", figure.value()), figure.what()));
        return "\n" + title + ", in seconds, and by hand without Cotton (" + setting.data() + " of data; MySQL "
                + setting.mysql() + ", " + setting.cores() + " cores, load before "
                + Numbers.text("%.1f", setting.loadBefore()) + ")\n\n" + tables.times(paint) + "\n"
                + tables.steps(paint) + "\n" + figures.text(paint) + "\n"
                + ComparisonTables.targets(result.targets(), paint).text(paint);
    }
}
