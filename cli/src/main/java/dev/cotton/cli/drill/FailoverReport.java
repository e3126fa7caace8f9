package dev.cotton.cli.drill;

import dev.cotton.cli.bench.Samples;
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
    /** What the same takes without Cotton. */
    private static final String FLOOR = "By hand on two busy cores, six rounds: kill -9: detect 0.12-0.20, fence"
            + " 0.03-0.22, choose 0.00-0.03, drain 0.00-0.52, promote 0.02-0.10, repoint 0.12-0.21, without writes"
            + " 0.49-1.02 s; switchover: without writes 0.20-0.38 s.";

    ObjectNode json() {
        ObjectNode json = JsonMapper.shared().createObjectNode();
        json.putObject("machine")
                .put("mysql", result.mysql())
                .put("cores", result.cores())
                .put("loadBefore", result.loadBefore());
        json.put("writers", result.writers());
        ArrayNode faults = json.putArray("faults");
        result.rounds().forEach((fault, rounds) -> {
            ObjectNode each = faults.addObject().put("fault", fault.toString());
            each.set("gap", FailoverResult.gaps(rounds).json());
            ObjectNode steps = each.putObject("steps");
            FailoverResult.steps(rounds).forEach((step, after) -> steps.put(step, Samples.rounded(after)));
            ArrayNode all = each.putArray("rounds");
            rounds.forEach(round -> all.add(RoundJson.of(round)));
        });
        ArrayNode targets = json.putArray("targets");
        result.targets()
                .forEach(target -> targets.addObject()
                        .put("what", target.what())
                        .put("limit", target.limit())
                        .put("measured", Math.round(target.measured() * 1000) / 1000.0)
                        .put("met", target.met()));
        return json.put("lossless", result.lossless());
    }

    String text(Paint paint) {
        return gaps(paint) + "\n" + steps(paint) + "\n" + targets(paint) + "\n" + FLOOR + "\n";
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
                    Long.toString(
                            rounds.stream().mapToLong(RoundResult::acknowledged).sum()),
                    lost == 0 ? "0" : paint.red(Long.toString(lost)),
                    Long.toString(rounds.stream().mapToLong(RoundResult::errant).sum()));
        });
        return "\nThe longest time without an acknowledged write, in seconds, with " + result.writers()
                + " writers (MySQL " + result.mysql() + ", " + result.cores() + " cores, load before "
                + String.format(Locale.ROOT, "%.1f", result.loadBefore()) + ")\n\n" + table.text(paint);
    }

    private String steps(Paint paint) {
        Table table = new Table("FAULT", "STEP", "AFTER");
        result.rounds()
                .forEach((fault, rounds) -> FailoverResult.steps(rounds)
                        .forEach((step, after) -> table.row(fault.toString(), step, seconds(after))));
        return table.text(paint);
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

    private static String seconds(Duration span) {
        return String.format(Locale.ROOT, "%.3f", Samples.seconds(span));
    }
}
