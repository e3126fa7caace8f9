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
        ObjectNode json = JsonMapper.shared().createObjectNode();
        json.put("begun", result.begun().toString())
                .put("mysql", result.mysql())
                .put("instances", result.instances())
                .put("writers", result.writers())
                .put("passed", result.passed());
        ArrayNode rounds = json.putArray("faults");
        result.rounds().forEach(round -> {
            ObjectNode each = RoundJson.of(round);
            ObjectNode timeline = each.putObject("timeline")
                    .put("beginSeconds", Samples.rounded(round.timeline().begin()))
                    .put("slotSeconds", Samples.rounded(Timeline.SLOT));
            ObjectNode acknowledged = timeline.putObject("acknowledged");
            round.timeline().acknowledged().forEach((instance, counts) -> {
                ArrayNode slots = acknowledged.putArray(instance);
                counts.forEach(slots::add);
            });
            rounds.add(each);
        });
        ArrayNode skipped = json.putArray("skipped");
        result.skipped().forEach(fault -> skipped.add(fault.toString()));
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
                        seconds(round.gap().span()),
                        round.steps().stream()
                                .filter(step -> step.name().equals(RoundResult.WHOLE))
                                .map(step -> seconds(step.after()))
                                .findFirst()
                                .orElse(""),
                        Long.toString(round.attempted()),
                        Long.toString(round.acknowledged()),
                        Long.toString(round.verdict().lost()),
                        Long.toString(round.errant()),
                        round.passed() ? "passed" : paint.red("failed")));
        Table steps = new Table("FAULT", "STEP", "AFTER");
        result.rounds()
                .forEach(round -> round.steps()
                        .forEach(step -> steps.row(round.fault().toString(), step.name(), seconds(step.after()))));
        return "\n" + faults.text(paint) + "\n" + steps.text(paint) + "\n" + end() + "\n";
    }

    private String end() {
        StringBuilder text = new StringBuilder();
        if (!result.skipped().isEmpty()) {
            text.append("Not injected any more: ").append(result.skipped()).append(". ");
        }
        return text.append(
                        result.passed()
                                ? "Every acknowledged row is on every member exactly once."
                                : "It did not pass: " + String.join("; ", result.complaints()) + ".")
                .toString();
    }

    private static String seconds(Duration span) {
        return String.format(Locale.ROOT, "%.2f", Samples.seconds(span));
    }
}
