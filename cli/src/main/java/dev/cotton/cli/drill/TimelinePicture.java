package dev.cotton.cli.drill;

import dev.cotton.cli.bench.Samples;
import dev.cotton.cli.drill.RoundResult.Step;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/**
 * A round as a picture: acknowledged writes in every tenth of a second, in a colour for each instance, over the seconds
 * from the fault; the steps as lines.
 */
record TimelinePicture(RoundResult round) {
    private static final int WIDTH = 900;
    private static final int HEIGHT = 260;
    private static final int TOP = 90;
    private static final int BOTTOM = HEIGHT - 25;
    private static final List<String> COLOURS =
            List.of("#2b6cb0", "#c05621", "#2f855a", "#6b46c1", "#b83280", "#718096", "#975a16", "#285e61", "#702459");

    String svg() {
        Timeline timeline = round.timeline();
        StringBuilder svg = new StringBuilder("<svg viewBox=\"0 0 " + WIDTH + " " + HEIGHT
                + "\" role=\"img\" aria-label=\"Acknowledged writes over time\">\n");
        int colour = 0;
        for (Map.Entry<String, List<Integer>> instance : timeline.acknowledged().entrySet()) {
            bars(svg, instance.getValue(), COLOURS.get(colour % COLOURS.size()));
            svg.append(text(10 + 150 * colour, HEIGHT - 2, COLOURS.get(colour % COLOURS.size()), instance.getKey()));
            colour++;
        }
        axis(svg);
        steps(svg);
        return svg.append("</svg>\n").toString();
    }

    private void bars(StringBuilder svg, List<Integer> counts, String colour) {
        double width = (double) WIDTH / Math.max(1, round.timeline().slots());
        for (int slot = 0; slot < counts.size(); slot++) {
            if (counts.get(slot) > 0) {
                double height = (double) (BOTTOM - TOP) * counts.get(slot) / most();
                svg.append(String.format(
                        Locale.ROOT,
                        "<rect x=\"%.1f\" y=\"%.1f\" width=\"%.1f\" height=\"%.1f\" fill=\"%s\" fill-opacity=\"0.75\"/>%n",
                        slot * width,
                        BOTTOM - height,
                        width,
                        height,
                        colour));
            }
        }
    }

    private int most() {
        return round.timeline().acknowledged().values().stream()
                .flatMap(List::stream)
                .max(Integer::compare)
                .orElse(1);
    }

    private void axis(StringBuilder svg) {
        svg.append(line(0, BOTTOM, WIDTH, BOTTOM, "#9aa3b2"));
        double last = round.timeline().slots() * Samples.seconds(Timeline.SLOT)
                + Samples.seconds(round.timeline().begin());
        for (int second = 0; second <= last; second++) {
            double x = at(Duration.ofSeconds(second));
            svg.append(line(x, BOTTOM, x, BOTTOM + 4, "#9aa3b2"))
                    .append(text(x + 2, BOTTOM + 12, "#444c5a", second + " s"));
        }
    }

    private void steps(StringBuilder svg) {
        svg.append(line(at(Duration.ZERO), 10, at(Duration.ZERO), BOTTOM, "#b3261e"))
                .append(text(at(Duration.ZERO) + 3, 12, "#b3261e", round.fault().toString()));
        int row = 1;
        for (Step step : round.steps()) {
            double x = at(step.after());
            if (x <= WIDTH) {
                double y = 12 + 13 * row;
                svg.append(line(x, y - 8, x, BOTTOM, "#5a6475"));
                svg.append(text(Math.min(x + 3, WIDTH - 170), y, "#444c5a", step.name()));
                row = row % 6 + 1;
            }
        }
    }

    private double at(Duration sinceFault) {
        double slots = Samples.seconds(sinceFault.minus(round.timeline().begin())) / Samples.seconds(Timeline.SLOT);
        return slots * WIDTH / Math.max(1, round.timeline().slots());
    }

    private static String line(double fromX, double fromY, double toX, double toY, String colour) {
        return String.format(
                Locale.ROOT,
                "<line x1=\"%.1f\" y1=\"%.1f\" x2=\"%.1f\" y2=\"%.1f\" stroke=\"%s\"/>%n",
                fromX,
                fromY,
                toX,
                toY,
                colour);
    }

    private static String text(double x, double y, String colour, String words) {
        return String.format(
                Locale.ROOT,
                "<text x=\"%.1f\" y=\"%.1f\" style=\"fill:%s\">%s</text>%n",
                x,
                y,
                colour,
                DrillPage.escaped(words));
    }
}
