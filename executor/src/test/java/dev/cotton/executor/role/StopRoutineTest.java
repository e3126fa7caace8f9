package dev.cotton.executor.role;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import org.junit.jupiter.api.Test;

final class StopRoutineTest {
    private final FakeMysql mysql = new FakeMysql();

    @Test
    void waitsUntilNoApplierIsBeingStarted() throws InterruptedException {
        mysql.connections.put(71L, "cotton_repl_1");
        mysql.starting = 3;
        StopRoutine.awaitStarts(mysql, StopRoutine.START_LIMIT);
        assertThat(mysql.starting).isZero();
    }

    @Test
    void doesNotWaitForeverForAnApplierThatDoesNotStart() {
        mysql.starting = Integer.MAX_VALUE;
        assertThatThrownBy(() -> StopRoutine.awaitStarts(mysql, Duration.ZERO)).isInstanceOf(Obstacle.class);
    }

    @Test
    void everyClientIsSentAwayBeforeItsMysqldStops() {
        mysql.connections.put(71L, "app");
        mysql.connections.put(72L, "cotton_repl_1");
        StopRoutine.sendAway(mysql);
        assertThat(mysql.at("SET GLOBAL super_read_only = ON")).isLessThan(mysql.at("SET GLOBAL offline_mode = ON"));
        assertThat(mysql.connections).isEmpty();
    }
}
