package dev.cotton.executor.role;

import static org.assertj.core.api.Assertions.assertThat;

import dev.cotton.executor.role.SourceWatch.Counted;
import org.junit.jupiter.api.Test;

final class SourceWatchTest {
    private static final Counted BEFORE = new Counted("ON", 5, "uuid:1-9", 700);

    @Test
    void aHeartbeatAndATransactionShowLife() {
        assertThat(new Counted("ON", 6, "uuid:1-9", 700).showsLifeAfter(BEFORE)).isTrue();
        assertThat(new Counted("ON", 5, "uuid:1-10", 700).showsLifeAfter(BEFORE))
                .isTrue();
    }

    @Test
    void aReceiverThatHasConnectedShowsLife() {
        assertThat(BEFORE.showsLifeAfter(new Counted("CONNECTING", 5, "uuid:1-9", 700)))
                .isTrue();
    }

    @Test
    void theSameCountsShowNothing() {
        assertThat(BEFORE.showsLifeAfter(BEFORE)).isFalse();
    }

    @Test
    void aReceiverThatBeginsToCountAnewOrDoesNotReceiveShowsNothing() {
        assertThat(new Counted("ON", 0, "uuid:1-9", 700).showsLifeAfter(BEFORE)).isFalse();
        assertThat(new Counted("CONNECTING", 6, "uuid:1-9", 700).showsLifeAfter(BEFORE))
                .isFalse();
    }
}
