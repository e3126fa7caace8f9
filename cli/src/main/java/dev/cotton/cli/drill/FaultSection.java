package dev.cotton.cli.drill;

import static dev.cotton.cli.drill.DrillPage.grouped;
import static dev.cotton.cli.drill.Html.cell;
import static dev.cotton.cli.drill.Html.columns;
import static dev.cotton.cli.drill.Html.element;
import static dev.cotton.cli.drill.Html.escaped;
import static dev.cotton.cli.drill.Html.head;
import static dev.cotton.cli.drill.Html.number;

import dev.cotton.cli.client.Event;
import dev.cotton.cli.drill.RoundResult.Step;
import java.time.Duration;

/**
 * What a page says of one fault.
 *
 * @param index counts the faults from 0
 */
record FaultSection(RoundResult round, int index) {
    String html() {
        StringBuilder text = new StringBuilder("<section class=\"fault\" id=\"fault-" + index
                + "\" aria-labelledby=\"name-"
                + index + "\">\n<h3 id=\"name-" + index + "\">" + (index + 1) + ". " + round.fault() + " <span class=\""
                + (round.passed() ? "passed\">passed" : "failed\">failed") + "</span></h3>\n"
                + element("p", round.fault().description()) + "\n");
        round.complaints()
                .forEach(complaint -> text.append("<p class=\"failed\">")
                        .append(escaped(complaint))
                        .append("</p>\n"));
        return text.append(element("p", said()))
                .append('\n')
                .append(new TimelinePicture(round, index).html())
                .append(steps())
                .append(events())
                .append("</section>\n")
                .toString();
    }

    private String said() {
        RoundResult.Writes writes = round.writes();
        String gap =
                writes.gap().over() ? DrillPage.seconds(round.gap()) + " without writes. " : "Writes were not back. ";
        return gap + grouped(writes.acknowledged()) + " of " + grouped(writes.attempted()) + " inserts acknowledged, "
                + round.verdict().lost() + " of them lost; "
                + grouped(round.verdict().unanswered())
                + " rows are there although their client was told nothing. Clients that stay with one member were refused "
                + grouped(writes.refusedToStayers()) + " times.";
    }

    private String steps() {
        StringBuilder rows =
                new StringBuilder("<div class=\"scroll\"><table><caption>Steps, counted from the fault</caption>"
                        + columns("", "Step", "After", "Since the step before", "Evidence") + "<tbody>\n");
        Duration before = Duration.ZERO;
        int mark = 1;
        for (Step step : round.steps()) {
            rows.append("<tr>" + number(mark++) + head(step.name()) + number(DrillPage.seconds(step.after()))
                    + number(DrillPage.seconds(step.after().minus(before))) + cell(step.evidence()) + "</tr>\n");
            before = step.after();
        }
        return rows.append("</tbody></table></div>\n").toString();
    }

    private String events() {
        StringBuilder rows =
                new StringBuilder("<details><summary>All " + round.events().size()
                        + " events of the cluster since the fault</summary><div class=\"scroll\"><table>"
                        + columns("After", "Event", "Instance", "What was said") + "<tbody>\n");
        for (Event event : round.events()) {
            rows.append("<tr>" + number(DrillPage.seconds(Duration.between(round.at(), event.at())))
                    + cell(event.kind()) + cell(event.instance().orElse("")) + cell(event.text()) + "</tr>\n");
        }
        return rows.append("</tbody></table></div></details>\n").toString();
    }
}
