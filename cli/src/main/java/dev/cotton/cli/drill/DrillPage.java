package dev.cotton.cli.drill;

import static dev.cotton.cli.drill.Html.cell;
import static dev.cotton.cli.drill.Html.columns;
import static dev.cotton.cli.drill.Html.element;
import static dev.cotton.cli.drill.Html.escaped;
import static dev.cotton.cli.drill.Html.head;
import static dev.cotton.cli.drill.Html.number;
import static dev.cotton.cli.drill.Html.verdict;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.temporal.ChronoUnit;
import java.util.Comparator;
import java.util.Locale;
import java.util.Objects;

/** What {@code drill} says as one page that needs nothing else. */
record DrillPage(DrillResult result) {
    private static final String TERMS = """
            <p class="soft">Without writes: the longest time in which no client that follows the primary was told OK, from the
            fault until every member was in sync again. Errant: members that came back with transactions which the cluster does
            not have; they had not been acknowledged, and were saved before the member got a new copy of the data.</p>
            """;

    String html() {
        StringBuilder body = new StringBuilder();
        body.append(summary())
                .append("<h2 id=\"gaps-and-losses\">How long, and what was lost</h2>\n")
                .append(new GapPicture(result.rounds()).html())
                .append(faults())
                .append(TERMS)
                .append(new DrillProof(result).html())
                .append(leftOut());
        body.append("<h2 id=\"faults\">Fault by fault</h2>\n");
        for (int i = 0; i < result.rounds().size(); i++) {
            body.append(new FaultSection(result.rounds().get(i), i).html());
        }
        return """
                <!DOCTYPE html>
                <html lang="en" xmlns="http://www.w3.org/1999/xhtml">
                <head>
                <meta charset="utf-8"/>
                <meta name="viewport" content="width=device-width, initial-scale=1"/>
                <title>Cotton drill: %s</title>
                <style>
                %s</style>
                </head>
                <body>
                <main>
                %s</main>
                </body>
                </html>
                """.formatted(result.passed() ? "passed" : "not passed", style(), body);
    }

    private static String style() {
        try (InputStream style = Objects.requireNonNull(DrillPage.class.getResourceAsStream("drill.css"))) {
            return new String(style.readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private String summary() {
        DrillResult.Setting setting = result.setting();
        String what = (setting.throwaway() ? "A throwaway cluster of " : "The cluster " + setting.cluster() + " of ")
                + setting.instances() + " instances, MySQL " + setting.mysql() + ", Cotton " + setting.cotton() + "; "
                + setting.writers() + " clients writing without a pause. Begun "
                + setting.begun().truncatedTo(ChronoUnit.SECONDS) + ".";
        return "<h1>Cotton drill</h1>\n<p class=\"soft\">" + escaped(what) + "</p>\n" + outcome()
                + "<dl class=\"figures\">\n"
                + figure("Faults", Integer.toString(result.rounds().size()))
                + figure("Inserts acknowledged", grouped(result.acknowledged()))
                + figure("Acknowledged and lost", grouped(result.lost()))
                + figure("Longest time without writes", seconds(longest()))
                + figure(
                        "Took",
                        setting.took().toMinutes() + " min " + setting.took().toSecondsPart() + " s")
                + "</dl>\n";
    }

    private Duration longest() {
        return result.rounds().stream()
                .map(RoundResult::gap)
                .max(Comparator.naturalOrder())
                .orElse(Duration.ZERO);
    }

    private String outcome() {
        if (result.passed()) {
            return "<div class=\"verdict passed\"><p><strong>Passed</strong></p><p>Every acknowledged row is on every member"
                    + " exactly once, no two servers acknowledged at the same time, and the cluster is healthy.</p></div>\n";
        }
        StringBuilder text = new StringBuilder("<div class=\"verdict failed\"><p><strong>Not passed</strong></p>");
        result.complaints().forEach(complaint -> text.append(element("p", complaint)));
        return text.append("</div>\n").toString();
    }

    private static String figure(String what, String value) {
        return "<div>" + element("dt", what) + element("dd", value) + "</div>\n";
    }

    private String faults() {
        StringBuilder rows =
                new StringBuilder("<div class=\"scroll\"><table><caption>Every fault, in the order of time</caption>"
                        + columns(
                                "Fault",
                                "Without writes",
                                "Healthy after",
                                "Attempted",
                                "Acknowledged",
                                "Lost",
                                "Doubled",
                                "Errant",
                                "Result")
                        + "<tbody>\n");
        for (int i = 0; i < result.rounds().size(); i++) {
            RoundResult round = result.rounds().get(i);
            rows.append("<tr><th scope=\"row\"><a href=\"#fault-" + i + "\">")
                    .append(round.fault())
                    .append("</a></th>")
                    .append(number(seconds(round.gap())))
                    .append(number(round.whole().map(DrillPage::seconds).orElse("never")))
                    .append(number(grouped(round.writes().attempted())))
                    .append(number(grouped(round.writes().acknowledged())))
                    .append(number(round.verdict().lost()))
                    .append(number(round.verdict().doubled()))
                    .append(number(round.errant()))
                    .append(verdict(round.passed()))
                    .append("</tr>\n");
        }
        return rows.append("</tbody></table></div>\n").toString();
    }

    private String leftOut() {
        StringBuilder rows =
                new StringBuilder("<h2 id=\"left-out\">What was left out</h2>\n<div class=\"scroll\"><table>"
                        + "<caption>Faults that this drill did not inject</caption>" + columns("Fault", "Why")
                        + "<tbody>\n");
        result.leftOut().forEach(each -> rows.append("<tr>" + head(each.fault()) + cell(each.why()) + "</tr>\n"));
        return rows.append("</tbody></table></div>\n").toString();
    }

    static String grouped(long number) {
        return String.format(Locale.ROOT, "%,d", number);
    }

    static String seconds(Duration span) {
        return DrillReport.seconds(span) + " s";
    }
}
