package dev.cotton.scheduler.link;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import dev.cotton.core.model.ClusterName;
import dev.cotton.core.model.InstanceId;
import dev.cotton.core.model.Stamp;
import dev.cotton.core.port.Executors.Heard;
import dev.cotton.core.port.Executors.LogPiece;
import dev.cotton.core.port.Executors.UnreachableException;
import dev.cotton.core.wire.Answer;
import dev.cotton.core.wire.Assignment;
import dev.cotton.core.wire.ExecutorApi;
import dev.cotton.core.wire.QuarantineEntry;
import dev.cotton.core.wire.Role;
import dev.cotton.core.wire.Status;
import dev.cotton.core.wire.Trust;
import dev.cotton.scheduler.security.CertificateAuthority;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import org.awaitility.core.ConditionFactory;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Against servers that speak the wire on real ports. */
final class ExecutorLinksTest {
    private static final InstanceId ID = new InstanceId(new ClusterName("demo"), 0);
    private static final InstanceId OTHER = new InstanceId(new ClusterName("demo"), 1);
    private static final String TOKEN = "dGhlIHRva2VuIG9mIGRlbW8tMA==";
    private static final Duration MARGIN_FOR_A_BUSY_MACHINE = Duration.ofMillis(1200);

    private volatile Duration ahead = Duration.ZERO;
    private final InstantSource wall = () -> Instant.now().plus(ahead);
    private final CertificateAuthority authority = CertificateAuthority.generate(wall);
    private final ExecutorLinks links = new ExecutorLinks(authority, wall);
    private final List<StandInExecutor> executors = new ArrayList<>();
    private final AtomicInteger news = new AtomicInteger();

    @AfterEach
    void close() {
        links.close();
        executors.forEach(StandInExecutor::close);
    }

    private StandInExecutor executor(InstanceId id, String token) {
        StandInExecutor executor = new StandInExecutor(id, token);
        executors.add(executor);
        return executor;
    }

    private void watch(StandInExecutor executor, String token) {
        links.watch(ID, executor.ports, token, news::incrementAndGet);
    }

    private static ConditionFactory soon() {
        return await().atMost(Duration.ofSeconds(20)).pollInterval(Duration.ofMillis(5));
    }

    private Heard awaitReachable() {
        return soon().until(() -> links.heard(ID), Heard::reachable);
    }

    private Heard awaitUnreachable() {
        return soon().until(() -> links.heard(ID), heard -> !heard.reachable());
    }

    /** One that is enrolled and listened to. */
    private StandInExecutor watched() {
        StandInExecutor executor = executor(ID, TOKEN).start();
        watch(executor, TOKEN);
        awaitReachable();
        return executor;
    }

    @Test
    void anExecutorThatWaitsIsEnrolledAndHeard() {
        StandInExecutor executor = executor(ID, TOKEN).start();
        assertThat(links.heard(ID).reachable()).isFalse();
        watch(executor, TOKEN);
        Heard heard = awaitReachable();
        assertThat(heard.status().map(Status::instance)).contains(ID);
        assertThat(heard.trouble()).isEmpty();
        assertThat(news).hasPositiveValue();
    }

    @Test
    void anExecutorThatBeginsLaterIsEnrolledAtOnce() {
        StandInExecutor executor = executor(ID, TOKEN);
        watch(executor, TOKEN);
        soon().until(() -> links.heard(ID).trouble().equals("nothing listens there"));
        executor.start();
        await().atMost(Duration.ofSeconds(2)).until(() -> links.heard(ID).reachable());
    }

    @Test
    void anExecutorThatDoesNotKnowTheTokenIsNotEnrolled() {
        StandInExecutor executor = executor(ID, "YW5vdGhlciB0b2tlbg==").start();
        watch(executor, TOKEN);
        soon().until(() -> links.heard(ID).trouble().contains("does not prove that it knows its enrolment token"));
        assertThat(links.heard(ID).status()).isEmpty();
    }

    @Test
    void anExecutorThatSaysThatItIsAnotherIsNotHeard() {
        StandInExecutor executor = watched();
        executor.claimToBe(OTHER);
        executor.change();
        assertThat(awaitUnreachable().trouble()).contains("says that it is demo-1");
    }

    @Test
    void whoHoldsTheCertificateOfAnotherInstanceIsToldNothing() {
        StandInExecutor executor = executor(ID, TOKEN).start();
        watch(executor, TOKEN);
        awaitReachable();
        links.forget(ID);
        links.watch(OTHER, executor.ports, TOKEN, news::incrementAndGet);
        soon().untilAsserted(() -> assertThat(links.heard(OTHER).trouble()).contains("no trusted connection"));
        assertThatThrownBy(() -> links.trust(OTHER, new Trust(Stamp.NONE, "boot")))
                .isInstanceOf(UnreachableException.class);
        assertThat(executor.told).isEmpty();
    }

    @Test
    void changesAreHeardWithinMilliseconds() {
        StandInExecutor executor = watched();
        for (int change = 0; change < 5; change++) {
            long before = links.heard(ID).status().map(Status::revision).orElseThrow();
            int told = news.get();
            executor.change();
            long begun = System.nanoTime();
            soon().until(() -> links.heard(ID).status().map(Status::revision).orElseThrow() > before);
            assertThat(Duration.ofNanos(System.nanoTime() - begun)).isLessThan(MARGIN_FOR_A_BUSY_MACHINE);
            soon().until(() -> news.get() > told);
        }
    }

    @Test
    void whileNothingChangesNobodyIsToldAndSilenceStaysShort() {
        StandInExecutor executor = watched();
        int told = news.get();
        int polls = executor.polls();
        soon().until(() -> executor.polls() >= polls + 2);
        assertThat(news).hasValue(told);
        assertThat(links.heard(ID).silence()).isLessThan(Duration.ofSeconds(2));
    }

    @Test
    void oneThatVanishesIsNoticedAtOnce() {
        StandInExecutor executor = watched();
        int told = news.get();
        long begun = System.nanoTime();
        executor.stop();
        awaitUnreachable();
        assertThat(Duration.ofNanos(System.nanoTime() - begun)).isLessThan(MARGIN_FOR_A_BUSY_MACHINE);
        soon().until(() -> links.heard(ID).trouble().equals("nothing listens there"));
        assertThat(news.get()).isGreaterThan(told);
        assertThat(links.heard(ID).status()).isPresent();

        executor.start();
        awaitReachable();
    }

    @Test
    void oneThatHangsIsNoticedWithinThreeSeconds() {
        StandInExecutor executor = watched();
        executor.hang(true);
        long begun = System.nanoTime();
        Heard heard = awaitUnreachable();
        assertThat(Duration.ofNanos(System.nanoTime() - begun))
                .isLessThan(Duration.ofSeconds(3).plus(MARGIN_FOR_A_BUSY_MACHINE));
        assertThat(heard.trouble()).isEqualTo("it did not answer in time");
        assertThatThrownBy(() -> links.trust(ID, new Trust(Stamp.NONE, "boot")))
                .isInstanceOf(UnreachableException.class)
                .hasMessage("The executor of demo-0 gave no answer: it did not answer in time");
        executor.hang(false);
        awaitReachable();
    }

    @Test
    void oneThatHangsInTheMiddleOfAnAnswerIsNoticedToo() {
        StandInExecutor executor = watched();
        executor.tear();
        executor.change();
        assertThat(awaitUnreachable().trouble()).isEqualTo("it did not answer in time");
    }

    @Test
    void silenceGrowsWhileNobodyAnswers() {
        watched().stop();
        awaitUnreachable();
        soon().until(() -> links.heard(ID).silence().compareTo(Duration.ofSeconds(1)) > 0);
    }

    @Test
    void commandsArriveWhole() throws InterruptedException {
        StandInExecutor executor = watched();
        Stamp stamp = new Stamp(1, 2, 3);
        Answer answer = links.assign(ID, new Assignment(stamp, new Role.Fenced()));
        assertThat(answer).isEqualTo(new Answer(true, stamp, ""));
        StandInExecutor.Told told = executor.told.take();
        assertThat(told.path()).isEqualTo(ExecutorApi.ROLE);
        assertThat(told.body()).contains("\"role\":\"fenced\"").contains("\"version\":3");
        links.trust(ID, new Trust(stamp, "boot-1"));
        assertThat(executor.told.take().body()).contains("boot-1");
    }

    @Test
    void logsAreRead() {
        watched();
        assertThat(links.log(ID, "mysqld&x=1", -10, 100))
                .isEqualTo(new LogPiece("name=mysqld&x=1&offset=-10&limit=100", 7));
    }

    @Test
    void theQuarantineIsReadAndDiscarded() throws InterruptedException {
        StandInExecutor executor = watched();
        QuarantineEntry saved = StandInExecutor.SAVED;

        assertThat(links.quarantine(ID)).containsExactly(saved);
        String query = new String(links.quarantineText(ID, saved.id(), 5, 100), ISO_8859_1);
        assertThat(query).isEqualTo("éd=" + saved.id() + "&offset=5&limit=100");
        links.discard(ID, saved.id());
        assertThat(executor.told.take().body()).isEqualTo("id=" + saved.id());
        assertThatThrownBy(() -> links.discard(OTHER, saved.id())).isInstanceOf(UnreachableException.class);
    }

    @Test
    void aCommandToNobodySaysSo() {
        assertThatThrownBy(() -> links.trust(OTHER, new Trust(Stamp.NONE, "boot")))
                .isInstanceOf(UnreachableException.class)
                .hasMessageContaining("demo-1");
    }

    @Test
    void whatIsForgottenIsAskedNoMore() {
        StandInExecutor executor = watched();
        links.forget(ID);
        int told = news.get();
        executor.change();
        int polls = executor.polls();
        await().during(Duration.ofSeconds(2)).atMost(Duration.ofSeconds(4)).until(() -> executor.polls() <= polls + 1);
        assertThat(news).hasValue(told);
        assertThat(links.heard(ID).reachable()).isFalse();
    }

    @Test
    void aCertificateIsRenewedOnceBeforeItEnds() throws InterruptedException {
        StandInExecutor executor = watched();
        ahead = CertificateAuthority.LEAF_VALIDITY.minus(Duration.ofDays(29));
        executor.change();
        StandInExecutor.Told renewal = executor.told.take();
        assertThat(renewal.path()).isEqualTo(ExecutorApi.CERTIFICATE);
        int polls = executor.polls();
        soon().until(() -> executor.polls() >= polls + 2);
        assertThat(executor.told).isEmpty();
        assertThat(links.heard(ID).reachable()).isTrue();
    }
}
