package dev.cotton.executor.role;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.cotton.core.model.ClusterName;
import dev.cotton.core.model.Endpoint;
import dev.cotton.core.model.InstanceId;
import dev.cotton.core.wire.Lifecycle;
import dev.cotton.core.wire.Setup;
import org.junit.jupiter.api.Test;

class CopyAttemptsTest {
    private final StatusBoard board = new StatusBoard(id(1), "test", "boot");
    private final CopyAttempts attempts = new CopyAttempts(board);
    private int made;

    private static InstanceId id(int ordinal) {
        return new InstanceId(new ClusterName("demo"), ordinal);
    }

    private static Setup.Clone from(int donor) {
        return new Setup.Clone(id(donor), new Endpoint("127.0.0.1", 3306));
    }

    private void fail(int donor) {
        assertThatThrownBy(() -> attempts.attempt(from(donor), "the data of demo-" + donor, () -> {
                    made++;
                    throw new Obstacle("No space left on device.");
                }))
                .isInstanceOf(Obstacle.class)
                .hasMessage("A copy of the data of demo-" + donor
                        + " was not made, and is tried again: No space left on device.");
    }

    @Test
    void isTriedAgainAtOnceAndThenAfterAPause() {
        fail(0);
        fail(0);
        fail(0);
        assertThat(made).isEqualTo(2);
    }

    @Test
    void theStatusSaysWhyItFailed() {
        fail(0);
        assertThat(board.status().lifecycle()).isEqualTo(Lifecycle.PREPARING);
        assertThat(board.status().detail()).contains("No space left on device.");
    }

    @Test
    void anotherDonorIsAskedAtOnce() throws InterruptedException {
        fail(0);
        fail(0);
        fail(2);
        attempts.attempt(from(3), "the data of demo-3", () -> made++);
        assertThat(made).isEqualTo(4);
    }
}
