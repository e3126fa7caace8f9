package dev.cotton.scheduler.rest.original;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.cotton.core.model.ClusterName;
import dev.cotton.scheduler.fleet.Refusal;
import dev.cotton.scheduler.rest.edge.RequestRefused;
import java.time.Instant;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.Test;

final class WrongPasswordsTest {
    private static final ClusterName DEMO = new ClusterName("demo");

    private final AtomicReference<Instant> now = new AtomicReference<>(Instant.parse("2026-11-22T10:00:00Z"));
    private final WrongPasswords passwords = new WrongPasswords(now::get);

    private String ask(String address, boolean right) {
        return passwords.guard(DEMO, address, () -> {
            if (!right) {
                throw new Refusal(Refusal.Code.FORBIDDEN, "Wrong.");
            }
            return "done";
        });
    }

    private void guessWrongly(int times) {
        for (int i = 0; i < times; i++) {
            assertThatThrownBy(() -> ask("a", false)).isInstanceOf(Refusal.class);
        }
    }

    @Test
    void looksAtTheRightOneAgainWhenTheWindowIsOver() {
        guessWrongly(WrongPasswords.ALLOWED);
        now.updateAndGet(instant -> instant.plus(WrongPasswords.WINDOW).minusMillis(1));
        assertThatThrownBy(() -> ask("a", true)).isInstanceOf(RequestRefused.class);

        now.updateAndGet(instant -> instant.plusMillis(1));

        assertThat(ask("a", true)).isEqualTo("done");
    }

    @Test
    void countsEachAddressForItself() {
        guessWrongly(WrongPasswords.ALLOWED);

        assertThat(ask("b", true)).isEqualTo("done");
    }

    @Test
    void countsWrongOnesOnly() {
        guessWrongly(WrongPasswords.ALLOWED - 1);
        for (int i = 0; i < 20; i++) {
            assertThat(ask("a", true)).isEqualTo("done");
            assertThatThrownBy(() -> passwords.guard(DEMO, "a", () -> {
                        throw new Refusal(Refusal.Code.NOT_READY, "Later.");
                    }))
                    .isInstanceOf(Refusal.class);
        }
        guessWrongly(1);

        assertThatThrownBy(() -> ask("a", true)).isInstanceOf(RequestRefused.class);
    }

    @Test
    void isNotBlockedForEverByAClockThatWasSetBack() {
        guessWrongly(WrongPasswords.ALLOWED);

        now.updateAndGet(instant -> instant.minus(WrongPasswords.WINDOW));

        assertThat(ask("a", true)).isEqualTo("done");
    }
}
