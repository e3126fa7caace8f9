package dev.cotton.cli.drill;

import static org.assertj.core.api.Assertions.assertThat;

import dev.cotton.cli.client.Event;
import dev.cotton.cli.drill.RoundResult.Step;
import dev.cotton.cli.faults.Fault;
import dev.cotton.cli.terminal.Paint;
import dev.cotton.cli.writers.History;
import dev.cotton.cli.writers.Insert;
import dev.cotton.cli.writers.Insert.Reign;
import dev.cotton.cli.writers.Verdict;
import java.io.StringReader;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import javax.xml.parsers.DocumentBuilderFactory;
import org.junit.jupiter.api.Test;
import org.xml.sax.InputSource;
import tools.jackson.databind.JsonNode;

final class DrillReportTest {
    private static final Instant NOON = Instant.parse("2026-11-22T12:00:00Z");
    private static final Verdict CLEAN = new Verdict(0, 0, 1, Map.of());
    private static final Verdict TWO_LOST = new Verdict(2, 0, 0, Map.of("demo-2", 2L));

    @Test
    void aLostRowFailsTheDrillInEveryReport() {
        DrillResult result = drill(TWO_LOST);

        JsonNode json = new DrillReport(result).json();
        assertThat(result.passed()).isFalse();
        assertThat(json.path("passed").asBoolean()).isFalse();
        assertThat(json.path("faults").path(0).path("lost").asLong()).isEqualTo(2);
        assertThat(new DrillReport(result).text(Paint.NONE)).contains("demo-2 lacks 2 acknowledged rows");
        assertThat(new DrillPage(result).html()).contains("demo-2 lacks 2 acknowledged rows");
    }

    @Test
    void aCleanDrillSaysSo() {
        DrillResult result = drill(CLEAN);

        assertThat(result.passed()).isTrue();
        assertThat(new DrillReport(result).text(Paint.NONE))
                .contains("kill-primary  0.40", "Every acknowledged row is on every member exactly once.");
    }

    @Test
    void theTimelineCountsAcknowledgedWritesByInstanceAndTenthOfASecond() {
        Timeline timeline = drill(CLEAN).rounds().getFirst().timeline();

        assertThat(timeline.acknowledged().keySet()).containsExactly("demo-0", "demo-1");
        assertThat(timeline.acknowledged().get("demo-0")).startsWith(0, 0, 0, 0, 0, 0, 0, 0, 0, 1, 0);
        assertThat(timeline.acknowledged().get("demo-1")).startsWith(0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 2, 0);
        assertThat(timeline.most()).isEqualTo(2);
    }

    @Test
    void thePageIsWellFormedNeedsNothingElseAndEscapesWhatWasSaid() throws Exception {
        String page = new DrillPage(drill(CLEAN)).html();

        DocumentBuilderFactory.newInstance()
                .newDocumentBuilder()
                .parse(new InputSource(new StringReader(page.replaceFirst("<!DOCTYPE html>", ""))));
        assertThat(page)
                .startsWith("<!DOCTYPE html>")
                .doesNotContain("src=", "<link", "<script", "@import", "url(")
                .contains(
                        "<html lang=\"en\"",
                        "prefers-color-scheme: dark",
                        "mysqld &lt;1&gt; has exited",
                        "0 lost, 0 doubled.",
                        "0 times two servers acknowledged at once.",
                        "1 of 1 times the cluster healed by itself",
                        "Faults that this drill did not inject",
                        "power cut of the machine");
    }

    @Test
    void thePictureSaysInWordsWhatItShowsAndNamesBothServers() {
        String picture = new TimelinePicture(drill(CLEAN).rounds().getFirst(), 0).html();

        assertThat(picture)
                .contains(
                        "role=\"img\"",
                        "Acknowledged writes over time, kill-primary: demo-0, then demo-1; 0.40 s without any.",
                        "demo-1</li>",
                        "class=\"gap\"",
                        "class=\"m1\"");
    }

    @Test
    void stepsAreReadFromTheEventsOfTheCluster() {
        List<Step> steps = Progress.of(
                List.of(
                        event(1, "primary-lost", "demo-0", 120),
                        event(2, "primary-chosen", "demo-1", 200),
                        event(3, "member-announced", "demo-1", 210),
                        event(4, "primary-named", "demo-1", 300),
                        event(5, "member-announced", "demo-2", 310),
                        event(6, "member-announced", "demo-1", 350)),
                NOON);

        assertThat(steps)
                .containsExactly(
                        new Step("lost", Duration.ofMillis(120), "it is so"),
                        new Step("chosen", Duration.ofMillis(200), "it is so"),
                        new Step("named", Duration.ofMillis(300), "it is so"),
                        new Step("announced", Duration.ofMillis(350), "it is so"));
    }

    private static Event event(long sequence, String kind, String instance, long millis) {
        return new Event("demo", sequence, NOON.plusMillis(millis), kind, Optional.of(instance), "it is so");
    }

    private static DrillResult drill(Verdict verdict) {
        History history = new History(
                List.of(insert(1, -60, "demo-0", 1), insert(2, 340, "demo-1", 2), insert(3, 341, "demo-1", 2)));
        History.Gap gap = history.longestGap(0, Duration.ofMillis(341).toNanos());
        RoundResult round = new RoundResult(
                Fault.KILL_PRIMARY,
                NOON,
                List.of(
                        new Step("lost", Duration.ofMillis(120), "mysqld <1> has exited"),
                        new Step("named", Duration.ofMillis(300), "")),
                RoundResult.Writes.of(history, gap),
                verdict,
                List.of(event(1, "primary-lost", "demo-0", 120), event(2, "member-errant", "demo-0", 4000)),
                List.of(),
                Timeline.of(history, 0, gap));
        return new DrillResult(
                new DrillResult.Setting(NOON, Duration.ofSeconds(75), "0.1.0", "9.7.4", "drill", 3, 8, true),
                List.of(round),
                LeftOut.BEYOND,
                Optional.of(verdict));
    }

    private static Insert insert(long id, long millis, String instance, long epoch) {
        long ended = Duration.ofMillis(millis).toNanos();
        return new Insert(id, ended - 1000, ended, new Reign(instance, "uuid-" + instance, epoch), true);
    }
}
