package dev.cotton.executor.role;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

final class ApplierPauseTest {
    private final ApplierPause pause = new ApplierPause();

    @Test
    void theApplierIsStartedAgainOnceWhenItEnds() {
        pause.begin();
        assertThat(pause.held()).isTrue();
        assertThat(pause.end()).isTrue();
        assertThat(pause.held()).isFalse();
        assertThat(pause.resumes()).isTrue();
        assertThat(pause.resumes()).isFalse();
    }

    @Test
    void whoBreaksItOffIsNotAskedAgain() {
        pause.begin();
        assertThat(pause.breakOff()).isTrue();
        assertThat(pause.held()).isFalse();
        assertThat(pause.end()).isFalse();
        assertThat(pause.resumes()).isFalse();
    }

    @Test
    void untilTheApplierIsSeenStoppedNobodyMayRelyOnIt() {
        pause.begin();
        pause.breakOff();
        assertThat(pause.unsettled()).isTrue();
        pause.settled();
        assertThat(pause.unsettled()).isFalse();
    }
}
