package dev.cotton.cli.drill;

import dev.cotton.cli.bench.Samples;
import java.time.Duration;
import java.util.List;
import java.util.Locale;

/** The times without writes of all rounds as bars, on a scale on which a tenth of a second shows beside a minute. */
record GapPicture(List<RoundResult> rounds) {
    private static final int LEFT = 280;
    private static final int RIGHT = 900;
    private static final int ROW = 24;
    private static final int TOP = 24;

    /** Seconds at the left edge. */
    private static final double LEAST = 0.05;

    private static final double MOST = 100;
    private static final List<String> MARKS = List.of("0.1", "0.3", "1", "3", "10", "30");

    GapPicture {
        rounds = List.copyOf(rounds);
    }

    String html() {
        int bottom = TOP + ROW * rounds.size();
        StringBuilder svg = new StringBuilder(String.format(
                Locale.ROOT,
                "<figure>\n<svg class=\"timeline\" xmlns=\"http://www.w3.org/2000/svg\" viewBox=\"0 0 960 %d\" role=\"img\""
                        + " aria-labelledby=\"gaps\">\n<title id=\"gaps\">Seconds without writes, fault by fault; the"
                        + " figures are in the table below.</title>\n",
                bottom + 8));
        for (String mark : MARKS) {
            double x = at(Double.parseDouble(mark));
            svg.append(String.format(
                    Locale.ROOT,
                    "<line class=\"axis\" x1=\"%.1f\" y1=\"%d\" x2=\"%.1f\" y2=\"%d\"/>\n"
                            + "<text x=\"%.1f\" y=\"14\" text-anchor=\"middle\">%s s</text>\n",
                    x,
                    TOP - 4,
                    x,
                    bottom,
                    x,
                    mark));
        }
        for (int row = 0; row < rounds.size(); row++) {
            svg.append(bar(rounds.get(row), TOP + ROW * row));
        }
        return svg.append(
                        "</svg>\n<figcaption>Time without writes, fault by fault. The scale is logarithmic.</figcaption>\n")
                .append("</figure>\n")
                .toString();
    }

    private static String bar(RoundResult round, int top) {
        double end = at(Samples.seconds(round.gap()));
        return String.format(
                Locale.ROOT,
                "<text class=\"bar-name\" x=\"%d\" y=\"%d\">%s</text>\n"
                        + "<rect class=\"%s\" x=\"%d\" y=\"%d\" width=\"%.1f\" height=\"%d\"/>\n"
                        + "<text class=\"bar-word\" x=\"%.1f\" y=\"%d\">%s</text>\n",
                LEFT - 10,
                top + 16,
                round.fault(),
                round.passed() ? "m0" : "bad",
                LEFT,
                top + 4,
                Math.max(1, end - LEFT),
                ROW - 8,
                end + 6,
                top + 16,
                Html.escaped(label(round)));
    }

    private static String label(RoundResult round) {
        Duration gap = round.gap();
        return round.writes().gap().over() ? DrillPage.seconds(gap) : "more than " + DrillPage.seconds(gap);
    }

    private static double at(double seconds) {
        double part = Math.log(Math.clamp(seconds, LEAST, MOST) / LEAST) / Math.log(MOST / LEAST);
        return LEFT + part * (RIGHT - LEFT);
    }
}
