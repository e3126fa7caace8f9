package dev.cotton.cli.drill;

import static org.assertj.core.api.Assertions.assertThat;

import dev.cotton.cli.client.Event;
import dev.cotton.cli.drill.RoundResult.Step;
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
        assertThat(timeline.acknowledged().get("demo-0")).startsWith(0, 0, 0, 0, 0, 0, 0, 0, 0, 1);
        assertThat(timeline.acknowledged().get("demo-1")).endsWith(0, 0, 2);
    }

    @Test
    void thePictureIsWellFormedAndShowsTheStepsAndBothServers() throws Exception {
        String svg = new TimelinePicture(drill(CLEAN).rounds().getFirst()).svg();

        DocumentBuilderFactory.newInstance().newDocumentBuilder().parse(new InputSource(new StringReader(svg)));
        assertThat(svg).contains(">lost<", ">named<", ">demo-0<", ">demo-1<", "<rect");
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
                        new Step("lost", Duration.ofMillis(120)),
                        new Step("chosen", Duration.ofMillis(200)),
                        new Step("named", Duration.ofMillis(300)),
                        new Step("announced", Duration.ofMillis(350)));
    }

    private static Event event(long sequence, String kind, String instance, long millis) {
        return new Event("demo", sequence, NOON.plusMillis(millis), kind, Optional.of(instance), "");
    }

    private static DrillResult drill(Verdict verdict) {
        History history = new History(
                List.of(insert(1, -60, "demo-0", 1), insert(2, 340, "demo-1", 2), insert(3, 341, "demo-1", 2)));
        RoundResult round = new RoundResult(
                Fault.KILL_PRIMARY,
                NOON,
                history.longestGap(0, Duration.ofMillis(341).toNanos()),
                List.of(new Step("lost", Duration.ofMillis(120)), new Step("named", Duration.ofMillis(300))),
                4,
                3,
                verdict,
                List.of(),
                1,
                List.of(),
                Timeline.of(history, 0));
        return new DrillResult(NOON, "9.7.4", 3, 8, List.of(round), List.of(), Optional.of(verdict));
    }

    private static Insert insert(long id, long millis, String instance, long epoch) {
        long ended = Duration.ofMillis(millis).toNanos();
        return new Insert(id, ended - 1000, ended, new Reign(instance, "uuid-" + instance, epoch), true);
    }
}
