package dev.cotton.cli.drill;

import dev.cotton.cli.bench.Samples;
import java.time.Duration;
import java.util.Locale;
import java.util.stream.Collectors;

/** What {@code drill} says as one page that needs nothing else. */
record DrillPage(DrillResult result) {
    private static final String STYLE = """
            body { font: 15px/1.5 system-ui, sans-serif; max-width: 60rem; margin: 2rem auto; padding: 0 1rem;
                color: #1d2430; background: #fff }
            h1 { margin-bottom: 0 } h2 { margin: 2.5rem 0 0 }
            table { border-collapse: collapse; margin: 1rem 0 } td, th { padding: .2rem .9rem .2rem 0; text-align: left }
            .number { text-align: right; font-variant-numeric: tabular-nums }
            .passed { color: #1a7f4b } .failed { color: #b3261e; font-weight: 600 }
            svg { width: 100%; height: auto } svg text { font: 11px system-ui, sans-serif; fill: #444c5a }
            """;

    String html() {
        return "<!DOCTYPE html>\n<html lang=\"en\"><head><meta charset=\"utf-8\"><title>Cotton drill</title>\n<style>\n"
                + STYLE + "</style></head><body>\n<h1>Cotton drill</h1>\n<p>" + escaped(summary()) + "</p>\n"
                + overview()
                + result.rounds().stream().map(DrillPage::section).collect(Collectors.joining())
                + "</body></html>\n";
    }

    private String summary() {
        String skipped = result.skipped().isEmpty()
                ? ""
                : " Not injected any more: "
                        + result.skipped().stream().map(Fault::toString).collect(Collectors.joining(", ")) + ".";
        return result.begun() + ": " + result.instances() + " instances of MySQL " + result.mysql() + ", "
                + result.writers() + " writers. "
                + (result.passed()
                        ? "Passed: every acknowledged row is on every member exactly once."
                        : "Not passed: " + String.join("; ", result.complaints()) + ".")
                + skipped;
    }

    private String overview() {
        StringBuilder rows = new StringBuilder(
                "<table><tr><th>Fault</th><th>Without writes</th><th>Attempted</th><th>Acknowledged</th><th>Lost</th>"
                        + "<th>Errant members</th><th></th></tr>\n");
        result.rounds()
                .forEach(round -> rows.append("<tr><td><a href=\"#")
                        .append(round.fault())
                        .append("\">")
                        .append(round.fault())
                        .append("</a></td>")
                        .append(number(seconds(round.gap().span()) + " s"))
                        .append(number(Long.toString(round.attempted())))
                        .append(number(Long.toString(round.acknowledged())))
                        .append(number(Long.toString(round.verdict().lost())))
                        .append(number(Long.toString(round.errant())))
                        .append(
                                round.passed()
                                        ? "<td class=\"passed\">passed</td></tr>\n"
                                        : "<td class=\"failed\">failed</td></tr>\n"));
        return rows.append("</table>\n").toString();
    }

    private static String number(String text) {
        return "<td class=\"number\">" + text + "</td>";
    }

    private static String section(RoundResult round) {
        StringBuilder text = new StringBuilder("<h2 id=\"" + round.fault() + "\">" + round.fault() + "</h2>\n<p>"
                + escaped(round.fault().description()) + "</p>\n");
        round.complaints()
                .forEach(complaint -> text.append("<p class=\"failed\">")
                        .append(escaped(complaint))
                        .append("</p>\n"));
        text.append(new TimelinePicture(round).svg()).append("<table>\n");
        round.steps()
                .forEach(step -> text.append("<tr><td>")
                        .append(escaped(step.name()))
                        .append("</td>")
                        .append(number(seconds(step.after()) + " s"))
                        .append("</tr>\n"));
        return text.append("</table>\n").toString();
    }

    private static String seconds(Duration span) {
        return String.format(Locale.ROOT, "%.2f", Samples.seconds(span));
    }

    static String escaped(String text) {
        return text.replace("&", "&amp;")
                .replace("<", "&lt;")
                .replace(">", "&gt;")
                .replace("\"", "&quot;");
    }
}
