package dev.cotton.cli.drill;

import dev.cotton.cli.bench.Samples;
import dev.cotton.cli.terminal.Paint;
import dev.cotton.cli.terminal.Table;
import java.time.Duration;
import java.util.Locale;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/** What {@code drill} says, for programs and for people. */
record DrillReport(DrillResult result) {
    ObjectNode json() {
        DrillResult.Setting setting = result.setting();
        ObjectNode json = JsonMapper.shared().createObjectNode();
        json.put("begun", setting.begun().toString())
                .put("seconds", Samples.rounded(setting.took()))
                .put("cotton", setting.cotton())
                .put("mysql", setting.mysql())
                .put("cluster", setting.cluster())
                .put("throwaway", setting.throwaway())
                .put("instances", setting.instances())
                .put("writers", setting.writers())
                .put("passed", result.passed())
                .put("attempted", result.attempted())
                .put("acknowledged", result.acknowledged())
                .put("lost", result.lost());
        ArrayNode rounds = json.putArray("faults");
        result.rounds().forEach(round -> rounds.add(RoundJson.withDetails(round)));
        ArrayNode leftOut = json.putArray("leftOut");
        result.leftOut()
                .forEach(each -> leftOut.addObject().put("fault", each.fault()).put("why", each.why()));
        result.atTheEnd()
                .ifPresent(verdict ->
                        json.putObject("atTheEnd").put("lost", verdict.lost()).put("doubled", verdict.doubled()));
        ArrayNode complaints = json.putArray("complaints");
        result.complaints().forEach(complaints::add);
        return json;
    }

    String text(Paint paint) {
        Table faults = new Table("FAULT", "GAP", "HEALTHY", "ATTEMPTED", "ACKNOWLEDGED", "LOST", "ERRANT", "");
        result.rounds()
                .forEach(round -> faults.row(
                        round.fault().toString(),
                        seconds(round.gap()),
                        round.whole().map(DrillReport::seconds).orElse(""),
                        Long.toString(round.writes().attempted()),
                        Long.toString(round.writes().acknowledged()),
                        Long.toString(round.verdict().lost()),
                        Long.toString(round.errant()),
                        round.passed() ? "passed" : paint.red("failed")));
        Table steps = new Table("FAULT", "STEP", "AFTER");
        result.rounds()
                .forEach(round -> round.steps()
                        .forEach(step -> steps.row(round.fault().toString(), step.name(), seconds(step.after()))));
        return "\n" + faults.text(paint) + "\n" + steps.text(paint) + "\n" + leftOut(paint) + "\n" + end() + "\n";
    }

    private String leftOut(Paint paint) {
        Table table = new Table("LEFT OUT", "WHY");
        result.leftOut().forEach(each -> table.row(each.fault(), each.why()));
        return table.text(paint);
    }

    private String end() {
        return result.passed()
                ? "Every acknowledged row is on every member exactly once."
                : "It did not pass: " + String.join("; ", result.complaints()) + ".";
    }

    static String seconds(Duration span) {
        return String.format(Locale.ROOT, "%.2f", Samples.seconds(span));
    }
}
