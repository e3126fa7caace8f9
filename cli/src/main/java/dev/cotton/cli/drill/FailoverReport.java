package dev.cotton.cli.drill;

import dev.cotton.cli.bench.Samples;
import dev.cotton.cli.bench.Timed;
import dev.cotton.cli.terminal.Paint;
import dev.cotton.cli.terminal.Table;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/** What {@code bench failover} says, for programs and for people. */
record FailoverReport(FailoverResult result) {
    ObjectNode json() {
        ObjectNode json = JsonMapper.shared().createObjectNode();
        json.putObject("machine")
                .put("mysql", result.mysql())
                .put("cores", result.setting().cores())
                .put("loadBefore", result.setting().load())
                .put("ownHosts", result.setting().hosts());
        json.put("writers", result.setting().writers())
                .put("data", result.setting().data().toString());
        ArrayNode faults = json.putArray("faults");
        result.rounds().forEach((fault, rounds) -> {
            ObjectNode each = faults.addObject().put("fault", fault.toString());
            each.set("gap", FailoverResult.gaps(rounds).json());
            ObjectNode steps = each.putObject("steps");
            FailoverResult.steps(rounds).forEach((step, after) -> steps.set(step, after.json()));
            ArrayNode all = each.putArray("rounds");
            rounds.forEach(round -> all.add(RoundJson.of(round)));
        });
        ArrayNode floor = json.putArray("floor");
        result.floor().forEach((fault, rounds) -> {
            ObjectNode each = floor.addObject().put("fault", fault.toString());
            each.set("gap", FailoverResult.floorGaps(rounds).json());
            ObjectNode steps = each.putObject("steps");
            FailoverResult.floorSteps(rounds).forEach((step, after) -> steps.set(step, after.json()));
        });
        ArrayNode targets = json.putArray("targets");
        result.targets()
                .forEach(target -> targets.addObject()
                        .put("what", target.what())
                        .put("limit", target.limit())
                        .put("measured", Math.round(target.measured() * 1000) / 1000.0)
                        .put("met", target.met()));
        ArrayNode leftOut = json.putArray("leftOut");
        result.leftOut()
                .forEach(each -> leftOut.addObject().put("fault", each.fault()).put("why", each.why()));
        return json.put("lossless", result.lossless());
    }

    String text(Paint paint) {
        return gaps(paint) + "\n" + steps(paint) + "\n" + targets(paint) + leftOut(paint);
    }

    private String gaps(Paint paint) {
        Table table = new Table("FAULT", "ROUNDS", "MEDIAN", "P95", "MAX", "ACKNOWLEDGED", "LOST", "ERRANT");
        result.rounds().forEach((fault, rounds) -> {
            Samples gaps = FailoverResult.gaps(rounds);
            long lost =
                    rounds.stream().mapToLong(round -> round.verdict().lost()).sum();
            table.row(
                    fault.toString(),
                    Integer.toString(rounds.size()),
                    seconds(gaps.median()),
                    seconds(gaps.p95()),
                    seconds(gaps.max()),
                    Long.toString(rounds.stream()
                            .mapToLong(round -> round.writes().acknowledged())
                            .sum()),
                    lost == 0 ? "0" : paint.red(Long.toString(lost)),
                    Long.toString(rounds.stream().mapToLong(RoundResult::errant).sum()));
        });
        return "\nThe longest time without an acknowledged write, in seconds, with "
                + result.setting().writers()
                + " writers (MySQL " + result.mysql() + ", " + result.setting().cores() + " cores, load before "
                + String.format(Locale.ROOT, "%.1f", result.setting().load())
                + (result.setting().hosts() ? ", every instance on a host of its own" : "") + ")\n\n"
                + table.text(paint);
    }

    private String steps(Paint paint) {
        Table table = new Table("FAULT", "STEP", "MEDIAN", "P95", "MAX");
        result.rounds().forEach((fault, rounds) -> {
            FailoverResult.steps(rounds).forEach((step, after) -> row(table, fault.toString(), step, after));
            List<Timed> floor = result.floor().getOrDefault(fault, List.of());
            if (!floor.isEmpty()) {
                String byHand = fault + ", by hand";
                FailoverResult.floorSteps(floor).forEach((step, after) -> row(table, byHand, step, after));
                row(table, byHand, "without writes", FailoverResult.floorGaps(floor));
            }
        });
        return table.text(paint);
    }

    private static void row(Table table, String fault, String step, Samples after) {
        table.row(fault, step, seconds(after.median()), seconds(after.p95()), seconds(after.max()));
    }

    private String targets(Paint paint) {
        Table table = new Table("MEASURED", "AT MOST", "");
        List<FailoverResult.Target> targets = result.targets();
        targets.forEach(target -> table.row(
                String.format(Locale.ROOT, "%.2f", target.measured()),
                String.format(Locale.ROOT, "%.2f", target.limit()),
                target.what() + (target.met() ? "" : paint.red(" (missed)"))));
        return targets.isEmpty() ? "" : table.text(paint);
    }

    private String leftOut(Paint paint) {
        if (result.leftOut().isEmpty()) {
            return "";
        }
        Table table = new Table("LEFT OUT", "WHY");
        result.leftOut().forEach(each -> table.row(each.fault(), each.why()));
        return "\n" + table.text(paint);
    }

    private static String seconds(Duration span) {
        return String.format(Locale.ROOT, "%.3f", Samples.seconds(span));
    }
}
