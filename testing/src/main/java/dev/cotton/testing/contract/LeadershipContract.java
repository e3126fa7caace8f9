package dev.cotton.testing.contract;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import dev.cotton.core.model.ClusterRecord;
import dev.cotton.core.port.Leadership;
import dev.cotton.core.port.StateStore.StateException;
import java.time.Duration;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** What every {@link Leadership} does, together with the state store of the same scheduler. */
public abstract class LeadershipContract {
    private static final Duration PATIENCE = Duration.ofSeconds(20);

    /** Connects another scheduler; closed by the subclass. */
    protected abstract Participant participant();

    private static void seesLeader(Participant participant, String url) {
        await().atMost(PATIENCE)
                .untilAsserted(
                        () -> assertThat(participant.leadership().leader()).isEqualTo(Optional.of(url)));
    }

    @Test
    void nobodyLeadsBeforeAnybodyJoins() {
        assertThat(participant().leadership().leader()).isEmpty();
    }

    @Test
    void electsTheOnlyOne() throws InterruptedException {
        Participant only = participant();

        assertThat(Term.join(only, "http://only").next()).isPositive();
        seesLeader(only, "http://only");
    }

    @Test
    void electsOneAtATimeEachUnderAHigherTerm() throws InterruptedException {
        Participant first = participant();
        Participant second = participant();
        Participant third = participant();
        Term firstNews = Term.join(first, "http://first");
        long firstTerm = firstNews.next();
        Term secondNews = Term.join(second, "http://second");
        seesLeader(second, "http://first");
        Term thirdNews = Term.join(third, "http://third");
        seesLeader(third, "http://first");
        assertThat(secondNews.silent() && thirdNews.silent()).isTrue();

        first.leadership().close();
        assertThat(firstNews.next()).isEqualTo(Term.DEPOSED);
        long secondTerm = secondNews.next();
        assertThat(secondTerm).isGreaterThan(firstTerm);
        seesLeader(third, "http://second");
        assertThat(thirdNews.silent()).isTrue();

        second.leadership().close();
        assertThat(thirdNews.next()).isGreaterThan(secondTerm);
        seesLeader(third, "http://third");
    }

    @Test
    void deposesALeaderThatIsCutOffAndElectsAnother() throws InterruptedException {
        Participant first = participant();
        Participant second = participant();
        Term firstNews = Term.join(first, "http://first");
        long firstTerm = firstNews.next();
        ClusterRecord record = Records.fresh("demo", "uid", firstTerm);
        first.store().create(record);
        Term secondNews = Term.join(second, "http://second");

        first.cutOff();

        assertThat(firstNews.next()).isEqualTo(Term.DEPOSED);
        long secondTerm = secondNews.next();
        assertThat(secondTerm).isGreaterThan(firstTerm);
        ClusterRecord taken = Records.next(record, change -> change.term(secondTerm));
        second.store().replace(record, taken);
        assertThatThrownBy(() -> first.store().replace(taken, Records.next(taken, change -> change.term(firstTerm))))
                .isInstanceOf(StateException.class);

        first.reconnect();
        seesLeader(first, "http://second");
        assertThatThrownBy(() -> first.store().replace(taken, Records.next(taken, change -> change.term(firstTerm))))
                .isInstanceOf(StateException.class);
        assertThat(second.store().load()).containsExactly(taken);
    }

    @Test
    void aLeaderThatComesBackWaitsItsTurn() throws InterruptedException {
        Participant first = participant();
        Participant second = participant();
        Term firstNews = Term.join(first, "http://first");
        long firstTerm = firstNews.next();
        Term secondNews = Term.join(second, "http://second");
        first.cutOff();
        assertThat(firstNews.next()).isEqualTo(Term.DEPOSED);
        long secondTerm = secondNews.next();
        first.reconnect();
        seesLeader(first, "http://second");

        second.leadership().close();

        assertThat(firstNews.next()).isGreaterThan(secondTerm).isGreaterThan(firstTerm);
        seesLeader(first, "http://first");
    }
}
