package dev.cotton.cli.drill;

import dev.cotton.cli.bench.Samples;
import dev.cotton.cli.drill.RoundResult.Step;
import dev.cotton.cli.writers.History;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/**
 * A round as a picture: acknowledged writes over the seconds from the fault, stacked in a colour for each instance; the
 * time without any shaded; the steps as numbered lines.
 *
 * @param number makes the ids of its parts unique on a page
 */
record TimelinePicture(RoundResult round, int number) {
    private static final int LEFT = 46;
    private static final int RIGHT = 950;
    private static final int HEIGHT = 290;
    private static final int TOP = 98;
    private static final int BOTTOM = HEIGHT - 22;
    private static final int MARK_ROWS = 4;

    /** The picture with its legend. */
    String html() {
        return "<figure>\n" + svg() + legend() + "</figure>\n";
    }

    String svg() {
        StringBuilder svg = new StringBuilder(String.format(
                Locale.ROOT,
                "<svg class=\"timeline\" xmlns=\"http://www.w3.org/2000/svg\" viewBox=\"0 0 %d %d\" role=\"img\""
                        + " aria-labelledby=\"picture-%d\">\n<title id=\"picture-%d\">%s</title>\n",
                RIGHT + 10,
                HEIGHT,
                number,
                number,
                Html.escaped(title())));
        gap(svg);
        bars(svg);
        axes(svg);
        steps(svg);
        return svg.append("</svg>\n").toString();
    }

    private String title() {
        return "Acknowledged writes over time, " + round.fault() + ": " + String.join(", then ", servers()) + "; "
                + DrillPage.seconds(round.gap()) + " without any.";
    }

    private List<String> servers() {
        return List.copyOf(round.timeline().acknowledged().keySet());
    }

    private void gap(StringBuilder svg) {
        History.Gap gap = round.writes().gap();
        double end = at(Duration.ofNanos(gap.ended()));
        double begin = Math.max(LEFT, at(Duration.ofNanos(gap.begun())));
        svg.append(String.format(
                Locale.ROOT,
                "<rect class=\"gap\" x=\"%.1f\" y=\"%d\" width=\"%.1f\" height=\"%d\"/>\n",
                begin,
                TOP,
                Math.max(0.5, end - begin),
                BOTTOM - TOP));
        svg.append(text(
                "gap-word", Math.min(begin, RIGHT - 150), TOP - 6, DrillPage.seconds(round.gap()) + " without writes"));
    }

    private void bars(StringBuilder svg) {
        Timeline timeline = round.timeline();
        double width = (double) (RIGHT - LEFT) / timeline.slots();
        double unit = (double) (BOTTOM - TOP) / Math.max(1, timeline.most());
        List<List<Integer>> instances = new ArrayList<>(timeline.acknowledged().values());
        for (int slot = 0; slot < timeline.slots(); slot++) {
            double y = BOTTOM;
            for (int i = 0; i < instances.size(); i++) {
                double height = instances.get(i).get(slot) * unit;
                if (height > 0) {
                    y -= height;
                    svg.append(String.format(
                            Locale.ROOT,
                            "<rect class=\"m%d\" x=\"%.1f\" y=\"%.1f\" width=\"%.2f\" height=\"%.1f\"/>\n",
                            i % 9,
                            LEFT + slot * width,
                            y,
                            width * 0.92,
                            height));
                }
            }
        }
    }

    private void axes(StringBuilder svg) {
        svg.append(line("axis", LEFT, BOTTOM, RIGHT, BOTTOM)).append(line("axis", LEFT, TOP, LEFT, BOTTOM));
        double perSecond =
                round.timeline().most() / Samples.seconds(round.timeline().slot());
        svg.append(text("", 0, TOP + 4, String.format(Locale.ROOT, "%.0f/s", perSecond)))
                .append(text("", 26, BOTTOM, "0"));
        double last = Samples.seconds(round.timeline().end());
        int every = last > 45 ? 10 : last > 18 ? 5 : 1;
        for (int second = 0; second <= last; second += every) {
            double x = at(Duration.ofSeconds(second));
            svg.append(line("axis", x, BOTTOM, x, BOTTOM + 5)).append(text("", x + 3, BOTTOM + 15, second + " s"));
        }
    }

    private void steps(StringBuilder svg) {
        double fault = at(Duration.ZERO);
        svg.append(line("fault-line", fault, 6, fault, BOTTOM)).append(text("fault-word", fault - 5, 16, "fault"));
        int mark = 0;
        for (Step step : round.steps()) {
            double x = at(step.after());
            mark++;
            if (x <= RIGHT) {
                double y = 12 + 18 * ((mark - 1) % MARK_ROWS);
                svg.append(line("step", x, y, x, BOTTOM))
                        .append(String.format(
                                Locale.ROOT, "<circle class=\"mark\" cx=\"%.1f\" cy=\"%.1f\" r=\"8\"/>\n", x, y))
                        .append(text("mark-word", x, y + 4, Integer.toString(mark)));
            }
        }
    }

    private String legend() {
        StringBuilder legend = new StringBuilder("<figcaption>Acknowledged writes in every "
                + round.timeline().slot().toMillis() + " ms. Numbers are the steps below.</figcaption>\n");
        if (!servers().isEmpty()) {
            legend.append("<ul class=\"legend\">");
            for (int i = 0; i < servers().size(); i++) {
                legend.append(String.format(
                        Locale.ROOT,
                        "<li><svg viewBox=\"0 0 10 10\" aria-hidden=\"true\"><rect class=\"m%d\" width=\"10\" height=\"10\"/>"
                                + "</svg>%s</li>",
                        i % 9,
                        Html.escaped(servers().get(i))));
            }
            legend.append("</ul>\n");
        }
        return legend.toString();
    }

    private double at(Duration sinceFault) {
        Timeline timeline = round.timeline();
        double whole = Samples.seconds(timeline.end().minus(timeline.begin()));
        return LEFT + Samples.seconds(sinceFault.minus(timeline.begin())) * (RIGHT - LEFT) / whole;
    }

    private static String line(String kind, double fromX, double fromY, double toX, double toY) {
        return String.format(
                Locale.ROOT,
                "<line class=\"%s\" x1=\"%.1f\" y1=\"%.1f\" x2=\"%.1f\" y2=\"%.1f\"/>\n",
                kind,
                fromX,
                fromY,
                toX,
                toY);
    }

    private static String text(String kind, double x, double y, String words) {
        return String.format(
                Locale.ROOT, "<text class=\"%s\" x=\"%.1f\" y=\"%.1f\">%s</text>\n", kind, x, y, Html.escaped(words));
    }
}
