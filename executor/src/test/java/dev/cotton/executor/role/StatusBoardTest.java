package dev.cotton.executor.role;

import static org.assertj.core.api.Assertions.assertThat;

import dev.cotton.core.model.DataSize;
import dev.cotton.core.model.GtidSet;
import dev.cotton.core.model.InstanceId;
import dev.cotton.core.wire.Lifecycle;
import dev.cotton.core.wire.MysqlReport;
import dev.cotton.core.wire.Status;
import dev.cotton.core.wire.Status.Usage;
import java.time.Duration;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.junit.jupiter.api.Test;

final class StatusBoardTest {
    private final StatusBoard board = new StatusBoard(InstanceId.parse("demo-0"), "test", "boot");

    @Test
    void aWaitingPollIsAnsweredByAChange() throws InterruptedException, ExecutionException, TimeoutException {
        long before = board.status().revision();
        CompletableFuture<Status> poll = new CompletableFuture<>();
        Thread.ofVirtual().start(() -> {
            try {
                poll.complete(board.await(before, Duration.ofMinutes(1)));
            } catch (InterruptedException stop) {
                poll.completeExceptionally(stop);
            }
        });
        board.update(picture -> picture.withLifecycle(Lifecycle.RUNNING, "here"));
        Status status = poll.get(10, TimeUnit.SECONDS);
        assertThat(status.lifecycle()).isEqualTo(Lifecycle.RUNNING);
        assertThat(status.revision()).isNotEqualTo(before);
    }

    @Test
    void aPollThatKnowsAnotherRevisionIsAnsweredAtOnce() throws InterruptedException {
        assertThat(board.await(-1, Duration.ofDays(1)).instance()).isEqualTo(InstanceId.parse("demo-0"));
    }

    @Test
    void freshAgesAndMemoryAreNoNews() {
        board.update(picture -> picture.withMysql(Optional.of(report(Duration.ofMillis(100)))));
        long before = board.status().revision();
        board.update(picture ->
                picture.withMysql(Optional.of(report(Duration.ofMillis(1900)))).withUsage(using(4, 96)));
        assertThat(board.status().revision()).isEqualTo(before);
        assertThat(board.status().mysql().orElseThrow().heartbeatAge()).contains(Duration.ofMillis(1900));
    }

    private static Usage using(long used, long free) {
        return new Usage(
                Optional.empty(),
                0,
                DataSize.ofMegabytes(100),
                DataSize.ofMegabytes(used),
                DataSize.ofMegabytes(free),
                Optional.empty());
    }

    @Test
    void aDiskThatFillsIsNews() {
        board.update(picture -> picture.withUsage(using(83, 17)));
        long before = board.status().revision();
        board.update(picture -> picture.withUsage(using(84, 16)));
        assertThat(board.status().revision()).isEqualTo(before);
        board.update(picture -> picture.withUsage(using(86, 14)));
        assertThat(board.status().revision()).isGreaterThan(before);
    }

    @Test
    void aHeartbeatThatFailsToComeIsNews() {
        board.update(picture -> picture.withMysql(Optional.of(report(Duration.ofMillis(100)))));
        long before = board.status().revision();
        board.update(picture -> picture.withMysql(Optional.of(report(Duration.ofMillis(3100)))));
        assertThat(board.status().revision()).isGreaterThan(before);
    }

    @Test
    void whatWasReachedGoesOutWithMysqlsReport() {
        GtidSet reached = GtidSet.parse("6e81e9c2-e685-11f1-acff-02fc00000001:1-9");
        board.update(picture ->
                picture.withMysql(Optional.of(report(Duration.ZERO))).withRole(Optional.empty(), Optional.of(reached)));
        assertThat(board.status().mysql().orElseThrow().reached()).contains(reached);
    }

    private static MysqlReport report(Duration heartbeatAge) {
        return new MysqlReport(
                "9.7.4",
                "6e81e9c2-e685-11f1-acff-02fc00000001",
                false,
                false,
                GtidSet.EMPTY,
                GtidSet.EMPTY,
                Optional.empty(),
                Optional.of(heartbeatAge),
                Optional.empty(),
                new MysqlReport.SemiSync(true, 1, 2, false, 0),
                Set.of(1, 2));
    }
}
