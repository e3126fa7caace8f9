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
        StringBuilder svg = new StringBuilder("""
                <figure>
                <svg class="timeline" xmlns="http://www.w3.org/2000/svg" viewBox="0 0 960 %d" role="img" aria-labelledby="gaps">
                <title id="gaps">Seconds without writes, fault by fault; the figures are in the table below.</title>
                """.formatted(bottom + 8));
        MARKS.forEach(mark -> svg.append(mark(mark, bottom)));
        for (int row = 0; row < rounds.size(); row++) {
            svg.append(bar(rounds.get(row), TOP + ROW * row));
        }
        return svg.append("""
                </svg>
                <figcaption>Time without writes, fault by fault. The scale is logarithmic.</figcaption>
                </figure>
                """).toString();
    }

    private static String mark(String seconds, int bottom) {
        double x = at(Double.parseDouble(seconds));
        return String.format(Locale.ROOT, """
                <line class="axis" x1="%1$.1f" y1="%2$d" x2="%1$.1f" y2="%3$d"/>
                <text x="%1$.1f" y="14" text-anchor="middle">%4$s s</text>
                """, x, TOP - 4, bottom, seconds);
    }

    private static String bar(RoundResult round, int top) {
        double end = at(Samples.seconds(round.gap()));
        String kind = round.passed() ? "m0" : "bad";
        return String.format(
                Locale.ROOT,
                """
                <text class="bar-name" x="%1$d" y="%2$d">%3$s</text>
                <rect class="%4$s" x="%5$d" y="%6$d" width="%7$.1f" height="%8$d"/>
                <text class="bar-word" x="%9$.1f" y="%2$d">%10$s</text>
                """,
                LEFT - 10,
                top + 16,
                round.fault(),
                kind,
                LEFT,
                top + 4,
                Math.max(1, end - LEFT),
                ROW - 8,
                end + 6,
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
