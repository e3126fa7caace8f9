package dev.cotton.scheduler.engine.mesos.master;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import dev.cotton.core.mesos.AgentId;
import dev.cotton.core.mesos.Bytes;
import dev.cotton.core.mesos.Call;
import dev.cotton.core.mesos.Event;
import dev.cotton.core.mesos.FrameworkInfo;
import dev.cotton.core.mesos.TaskId;
import dev.cotton.core.model.Endpoint;
import dev.cotton.scheduler.engine.mesos.master.MesosMaster.CallRefusedException;
import dev.cotton.scheduler.engine.mesos.master.MesosMaster.NotConnectedException;
import dev.cotton.scheduler.engine.mesos.master.MesosMaster.Refusal;
import dev.cotton.scheduler.engine.mesos.master.MesosMaster.Refusal.Reason;
import dev.cotton.scheduler.engine.mesos.master.PlayedMaster.Request;
import java.io.IOException;
import java.net.ServerSocket;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** A link against masters that answer as real ones were seen to. */
final class MasterLinkTest {
    private static final Timing QUICK =
            new Timing(Duration.ofSeconds(5), 2, Duration.ofMillis(10), Duration.ofMillis(100));
    private static final String RESCIND = "{\"type\":\"RESCIND\",\"rescind\":{\"offer_id\":{\"value\":\"o-1\"}}}";
    private static final Call REVIVE = new Call.Revive(List.of());

    private final Recorder told = new Recorder();
    private Optional<MasterLink> link = Optional.empty();

    static FrameworkInfo framework() {
        return new FrameworkInfo(
                "cotton",
                "cotton",
                Optional.empty(),
                OptionalDouble.of(1_209_600),
                Optional.of(true),
                List.of("cotton"),
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                List.of(new FrameworkInfo.Capability(FrameworkInfo.CapabilityType.MULTI_ROLE)),
                Optional.empty());
    }

    private MasterLink link(Timing timing, Optional<Credentials> credentials, Endpoint... masters) {
        MasterLink made = new MasterLink(new MasterSettings(
                new MasterAddress.Listed(Arrays.asList(masters)), Optional.empty(), credentials, framework(), timing));
        link = Optional.of(made);
        return made;
    }

    private MasterLink started(Endpoint... masters) {
        MasterLink made = link(QUICK, Optional.empty(), masters);
        made.start(Optional.empty(), told);
        return made;
    }

    @AfterEach
    void close() {
        link.ifPresent(MasterLink::close);
    }

    @Test
    void subscribesAndMakesItsCallsOnThatSubscription() throws Exception {
        try (PlayedMaster master = PlayedMaster.start(PlayedMaster.willing((_, out) -> out.record(RESCIND)))) {
            MasterLink mesos = started(master.endpoint());
            assertThat(told.next(Recorder.Subscribed.class).framework()).isEqualTo(PlayedMaster.FRAMEWORK);
            assertThat(told.next(Event.Rescind.class).offerId().value()).isEqualTo("o-1");
            Request subscription = master.request();
            assertThat(subscription.line()).isEqualTo("POST /api/v1/scheduler HTTP/1.1");
            assertThat(subscription.header("mesos-stream-id")).isEmpty();
            assertThat(subscription.header("content-type")).contains("application/json");
            assertThat(subscription.header("upgrade")).isEmpty();
            assertThat(subscription.body().has("framework_id")).isFalse();
            mesos.call(new Call.Acknowledge(new AgentId("a"), new TaskId("t"), Bytes.of(new byte[16])));
            Request call = master.request();
            assertThat(call.header("mesos-stream-id")).contains(PlayedMaster.STREAM);
            assertThat(call.body().get("framework_id").get("value").asString()).isEqualTo(PlayedMaster.FRAMEWORK);
            assertThat(call.body().get("acknowledge").get("uuid").asString()).isEqualTo("AAAAAAAAAAAAAAAAAAAAAA==");
        }
    }

    @Test
    void saysInBothPlacesWhichFrameworkItIs() throws Exception {
        try (PlayedMaster master = PlayedMaster.start(PlayedMaster.willing((_, out) -> {}))) {
            link(QUICK, Optional.empty(), master.endpoint()).start(Optional.of(PlayedMaster.FRAMEWORK), told);
            told.next(Recorder.Subscribed.class);
            Request subscription = master.request();
            assertThat(subscription.body().get("framework_id").get("value").asString())
                    .isEqualTo(PlayedMaster.FRAMEWORK);
            assertThat(subscription
                            .body()
                            .get("subscribe")
                            .get("framework_info")
                            .get("id")
                            .get("value")
                            .asString())
                    .isEqualTo(PlayedMaster.FRAMEWORK);
        }
    }

    @Test
    void readsRecordsThatAreSplitAtOddPlaces() throws Exception {
        try (PlayedMaster master = PlayedMaster.start(PlayedMaster.willing((_, out) -> {
            byte[] records = (PlayedMaster.framed(RESCIND)
                            + PlayedMaster.framed(PlayedMaster.HEARTBEAT)
                            + PlayedMaster.framed(RESCIND.replace("o-1", "öäü-2")))
                    .getBytes(UTF_8);
            for (int i = 0; i < records.length; i += 3) {
                out.chunk(Arrays.copyOfRange(records, i, Math.min(records.length, i + 3)));
            }
        }))) {
            started(master.endpoint());
            told.next(Recorder.Subscribed.class);
            assertThat(told.next(Event.Rescind.class).offerId().value()).isEqualTo("o-1");
            assertThat(told.next(Event.Rescind.class).offerId().value()).isEqualTo("öäü-2");
        }
    }

    @Test
    void leavesOutAnEventThatCannotBeRead() throws Exception {
        try (PlayedMaster master = PlayedMaster.start(PlayedMaster.willing((_, out) -> {
            out.record("{\"type\":\"UPDATE\",\"update\":{\"status\":7}}");
            out.record(RESCIND);
        }))) {
            started(master.endpoint());
            told.next(Recorder.Subscribed.class);
            told.next(Event.Rescind.class);
        }
    }

    @Test
    void followsTheRedirectToTheLeader() throws Exception {
        try (PlayedMaster leader = PlayedMaster.start(PlayedMaster.willing((_, out) -> {}));
                PlayedMaster follower = PlayedMaster.start((_, out) -> out.whole(
                        "307 Temporary Redirect",
                        "Location: //" + leader.endpoint() + "/master/api/v1/scheduler\r\n",
                        ""))) {
            MasterLink mesos = started(follower.endpoint());
            told.next(Recorder.Subscribed.class);
            mesos.call(REVIVE);
            assertThat(follower.waiting()).hasSize(1);
            assertThat(leader.request().type()).isEqualTo("SUBSCRIBE");
            assertThat(leader.request().type()).isEqualTo("REVIVE");
        }
    }

    @Test
    void goesOnAskingWhileTheFollowersNameADeadLeader() throws Exception {
        Endpoint dead = nobody();
        try (PlayedMaster follower = PlayedMaster.start(
                (_, out) -> out.whole("307 Temporary Redirect", "Location: //" + dead + "/x\r\n", ""))) {
            started(follower.endpoint());
            follower.request();
            follower.request();
            follower.now(PlayedMaster.willing((_, out) -> {}));
            told.next(Recorder.Subscribed.class);
        }
    }

    @Test
    void endsWithAnExplanationWhenItsSecretIsNotAccepted() throws Exception {
        try (PlayedMaster master = PlayedMaster.start((_, out) -> out.whole(
                "401 Unauthorized",
                "WWW-Authenticate: Basic realm=\"mesos-master-scheduler\"\r\n",
                "401 Unauthorized."))) {
            link(QUICK, Optional.of(new Credentials("sched", "wrong")), master.endpoint())
                    .start(Optional.empty(), told);
            Refusal refusal = told.next(Refusal.class);
            assertThat(refusal.reason()).isEqualTo(Reason.UNAUTHORIZED);
            assertThat(refusal.why()).contains("principal and secret (401)").doesNotContain("wrong");
            assertThat(master.request().header("authorization")).contains("Basic c2NoZWQ6d3Jvbmc=");
            assertThatThrownBy(() -> link.orElseThrow().call(REVIVE)).isInstanceOf(NotConnectedException.class);
            assertThat(master.waiting()).isEmpty();
        }
    }

    @Test
    void sendsItsCredentialsWithEveryCall() throws Exception {
        try (PlayedMaster master = PlayedMaster.start(PlayedMaster.willing((_, out) -> {}))) {
            MasterLink mesos = link(QUICK, Optional.of(new Credentials("sched", "s3cret")), master.endpoint());
            mesos.start(Optional.empty(), told);
            told.next(Recorder.Subscribed.class);
            mesos.call(REVIVE);
            assertThat(master.request().header("authorization")).contains("Basic c2NoZWQ6czNjcmV0");
            assertThat(master.request().header("authorization")).contains("Basic c2NoZWQ6czNjcmV0");
        }
    }

    @Test
    void waitsForAMasterThatIsNotThereOrNotReady() throws Exception {
        AtomicInteger asked = new AtomicInteger();
        try (PlayedMaster master = PlayedMaster.start((request, out) -> {
            if (asked.incrementAndGet() < 3) {
                out.whole("503 Service Unavailable", "", "Master has not finished recovery");
            } else {
                PlayedMaster.willing((_, _) -> {}).play(request, out);
            }
        })) {
            started(nobody(), master.endpoint());
            told.next(Recorder.Subscribed.class);
            assertThat(asked).hasValue(3);
        }
    }

    @Test
    void subscribesAgainWhenTheStreamEnds() throws Exception {
        CountDownLatch seen = new CountDownLatch(1);
        try (PlayedMaster master = PlayedMaster.start((_, out) -> {
            out.subscribed(15);
            awaitQuietly(seen);
            out.end();
        })) {
            MasterLink mesos = started(master.endpoint());
            told.next(Recorder.Subscribed.class);
            master.request();
            master.now(PlayedMaster.willing((_, out) -> {}));
            seen.countDown();
            assertThat(told.next(Recorder.Disconnected.class).why())
                    .isEqualTo("The Mesos master at " + master.endpoint() + " ended the stream of events.");
            told.next(Recorder.Subscribed.class);
            assertThat(master.request().body().get("framework_id").get("value").asString())
                    .isEqualTo(PlayedMaster.FRAMEWORK);
            mesos.call(REVIVE);
        }
    }

    @Test
    void givesUpAStreamThatFallsSilent() throws Exception {
        try (PlayedMaster master = PlayedMaster.start((_, out) -> {
            out.subscribed(0.1);
            out.record(PlayedMaster.HEARTBEAT);
            out.hold();
        })) {
            started(master.endpoint());
            told.next(Recorder.Subscribed.class);
            assertThat(told.next(Recorder.Disconnected.class).why())
                    .isEqualTo("The stream of events from the Mesos master at " + master.endpoint()
                            + " broke: nothing was heard for 200 ms.");
            told.next(Recorder.Subscribed.class);
        }
    }

    @Test
    void heartbeatsKeepAStreamAlive() throws Exception {
        try (PlayedMaster master = PlayedMaster.start((_, out) -> {
            out.subscribed(0.9);
            for (int beats = 0; beats < 15; beats++) {
                pause(new CountDownLatch(1), 100);
                out.record(PlayedMaster.HEARTBEAT);
            }
            out.record(RESCIND);
            out.hold();
        })) {
            Timing timing = new Timing(Duration.ofSeconds(5), 1, Duration.ofMillis(10), Duration.ofMillis(100));
            link(timing, Optional.empty(), master.endpoint()).start(Optional.empty(), told);
            told.next(Recorder.Subscribed.class);
            told.next(Event.Rescind.class);
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"Framework failed over", "Framework has been removed", "'FrameworkInfo.role' must not be set"})
    void endsForEverWhenTheMasterSaysError(String message) throws Exception {
        try (PlayedMaster master = PlayedMaster.start(PlayedMaster.willing((_, out) -> {
            out.record("{\"type\":\"ERROR\",\"error\":{\"message\":\"" + message + "\"}}");
            out.end();
        }))) {
            started(master.endpoint());
            told.next(Recorder.Subscribed.class);
            Refusal refusal = told.next(Refusal.class);
            assertThat(refusal.reason())
                    .isEqualTo(
                            switch (message) {
                                case "Framework failed over" -> Reason.FAILED_OVER;
                                case "Framework has been removed" -> Reason.REMOVED;
                                default -> Reason.INVALID;
                            });
            if (refusal.reason() == Reason.INVALID) {
                assertThat(refusal.why()).contains(message);
            }
            master.request();
            assertThat(master.waiting()).isEmpty();
            assertThat(told.silent()).isTrue();
        }
    }

    @Test
    void isRefusedWithoutEverBeingSubscribed() throws Exception {
        try (PlayedMaster master = PlayedMaster.start((_, out) -> {
            out.stream();
            out.record("{\"type\":\"ERROR\",\"error\":{\"message\":\"Framework has been removed\"}}");
            out.end();
        })) {
            link(QUICK, Optional.empty(), master.endpoint()).start(Optional.of("gone"), told);
            assertThat(told.next(Refusal.class).reason()).isEqualTo(Reason.REMOVED);
        }
    }

    @Test
    void tellsACallThatIsRefusedFromOneThatCannotBeMade() throws Exception {
        try (PlayedMaster master = PlayedMaster.start((request, out) -> {
            if (request.type().equals("SUBSCRIBE")) {
                out.subscribed(15);
                out.hold();
            } else if (request.type().equals("REVIVE")) {
                out.whole("400 Bad Request", "", "Failed to convert JSON into Call protobuf: Missing required fields");
            } else {
                out.whole("503 Service Unavailable", "", "");
            }
        })) {
            MasterLink mesos = link(QUICK, Optional.empty(), master.endpoint());
            assertThatThrownBy(() -> mesos.call(REVIVE)).isInstanceOf(NotConnectedException.class);
            mesos.start(Optional.empty(), told);
            told.next(Recorder.Subscribed.class);
            assertThatThrownBy(() -> mesos.call(REVIVE))
                    .isInstanceOf(CallRefusedException.class)
                    .hasMessage(
                            "The Mesos master at " + master.endpoint() + " did not take REVIVE: 400 Failed to convert"
                                    + " JSON into Call protobuf: Missing required fields.");
            assertThatThrownBy(() -> mesos.call(new Call.Suppress(List.of())))
                    .isInstanceOf(NotConnectedException.class)
                    .hasMessageContaining("it answered 503");
            assertThat(told.silent()).isTrue();
        }
    }

    @ParameterizedTest
    @CsvSource({"403 Forbidden, Framework is not subscribed", "400 Bad Request, Framework cannot be found"})
    void subscribesAgainWhenACallSaysThatItIsNotSubscribed(String status, String said) throws Exception {
        AtomicInteger subscriptions = new AtomicInteger();
        try (PlayedMaster master = PlayedMaster.start((request, out) -> {
            if (request.type().equals("SUBSCRIBE")) {
                subscriptions.incrementAndGet();
                out.subscribed(15);
                out.hold();
            } else {
                out.whole(status, "", said);
            }
        })) {
            MasterLink mesos = started(master.endpoint());
            told.next(Recorder.Subscribed.class);
            assertThatThrownBy(() -> mesos.call(REVIVE)).isInstanceOf(NotConnectedException.class);
            told.next(Recorder.Disconnected.class);
            told.next(Recorder.Subscribed.class);
            assertThat(subscriptions).hasValue(2);
        }
    }

    @Test
    void aCallHasALimit() throws Exception {
        try (PlayedMaster master = PlayedMaster.start((request, out) -> {
            if (request.type().equals("SUBSCRIBE")) {
                out.subscribed(15);
            }
            out.hold();
        })) {
            Timing timing = new Timing(Duration.ofMillis(300), 2, Duration.ofMillis(10), Duration.ofMillis(100));
            MasterLink mesos = link(timing, Optional.empty(), master.endpoint());
            mesos.start(Optional.empty(), told);
            told.next(Recorder.Subscribed.class);
            assertThatThrownBy(() -> mesos.call(REVIVE))
                    .isInstanceOf(NotConnectedException.class)
                    .hasMessageContaining("no answer within 300 ms");
        }
    }

    @Test
    void isNoMasterWithoutAStreamId() throws Exception {
        AtomicInteger asked = new AtomicInteger();
        try (PlayedMaster master = PlayedMaster.start((_, out) -> {
            asked.incrementAndGet();
            out.whole("200 OK", "", "<html></html>");
        })) {
            started(master.endpoint());
            await().until(() -> asked.get() >= 2);
            assertThat(told.silent()).isTrue();
        }
    }

    @Test
    void closingHangsUpWithoutAWord() throws Exception {
        CountDownLatch hungUp = new CountDownLatch(1);
        try (PlayedMaster master = PlayedMaster.start(PlayedMaster.willing((_, out) -> {
            try {
                out.hold();
            } finally {
                hungUp.countDown();
            }
        }))) {
            MasterLink mesos = started(master.endpoint());
            told.next(Recorder.Subscribed.class);
            master.request();
            mesos.close();
            await().until(() -> hungUp.getCount() == 0);
            assertThat(master.waiting()).isEmpty();
            assertThat(told.silent()).isTrue();
            assertThatThrownBy(() -> mesos.call(REVIVE)).isInstanceOf(NotConnectedException.class);
        }
    }

    @Test
    void isStartedOnce() throws Exception {
        MasterLink mesos = started(nobody());
        assertThatThrownBy(() -> mesos.start(Optional.empty(), told)).isInstanceOf(IllegalStateException.class);
    }

    /** Where nobody listens. */
    private static Endpoint nobody() throws IOException {
        try (ServerSocket taken = new ServerSocket(0)) {
            return new Endpoint("127.0.0.1", taken.getLocalPort());
        }
    }

    private static void awaitQuietly(CountDownLatch latch) {
        pause(latch, 10_000);
    }

    private static void pause(CountDownLatch latch, long milliseconds) {
        try {
            latch.await(milliseconds, TimeUnit.MILLISECONDS);
        } catch (InterruptedException e) {
            throw new AssertionError(e);
        }
    }
}
