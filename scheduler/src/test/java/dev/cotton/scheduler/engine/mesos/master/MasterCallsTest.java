package dev.cotton.scheduler.engine.mesos.master;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.cotton.core.mesos.AgentId;
import dev.cotton.core.mesos.Bytes;
import dev.cotton.core.mesos.Call;
import dev.cotton.core.mesos.Event;
import dev.cotton.core.mesos.TaskId;
import dev.cotton.scheduler.engine.mesos.master.MesosMaster.CallRefusedException;
import dev.cotton.scheduler.engine.mesos.master.MesosMaster.NotConnectedException;
import dev.cotton.scheduler.engine.mesos.master.MesosMaster.Refusal;
import dev.cotton.scheduler.engine.mesos.master.MesosMaster.Refusal.Reason;
import dev.cotton.scheduler.engine.mesos.master.PlayedMaster.Request;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.JsonNode;

/** Calls, credentials and refusals, against masters that answer as real ones were seen to. */
final class MasterCallsTest {
    @RegisterExtension
    private final Links links = new Links();

    @Test
    void subscribesAndMakesItsCallsOnThatSubscription() throws Exception {
        try (PlayedMaster master = PlayedMaster.start(PlayedMaster.willing((_, out) -> out.record(Links.RESCIND)))) {
            MasterLink mesos = links.started(master.endpoint());
            assertThat(links.told.next(Recorder.Subscribed.class).framework()).isEqualTo(PlayedMaster.FRAMEWORK);
            assertThat(links.told.next(Event.Rescind.class).offerId().value()).isEqualTo("o-1");
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
    void endsWithAnExplanationWhenItsSecretIsNotAccepted() throws Exception {
        try (PlayedMaster master = PlayedMaster.start((_, out) -> out.whole(
                "401 Unauthorized",
                "WWW-Authenticate: Basic realm=\"mesos-master-scheduler\"\r\n",
                "401 Unauthorized."))) {
            links.link(Links.QUICK, Optional.of(new Credentials("sched", "wrong")), master.endpoint())
                    .start(Optional.empty(), links.told);
            Refusal refusal = links.told.next(Refusal.class);
            assertThat(refusal.reason()).isEqualTo(Reason.UNAUTHORIZED);
            assertThat(refusal.why()).contains("principal and secret (401)").doesNotContain("wrong");
            assertThat(master.request().header("authorization")).contains("Basic c2NoZWQ6d3Jvbmc=");
            assertThatThrownBy(() -> links.made().call(Links.REVIVE)).isInstanceOf(NotConnectedException.class);
            assertThat(master.waiting()).isEmpty();
        }
    }

    @Test
    void sendsItsCredentialsWithEveryCall() throws Exception {
        try (PlayedMaster master = PlayedMaster.start(PlayedMaster.willing((_, out) -> {}))) {
            MasterLink mesos =
                    links.link(Links.QUICK, Optional.of(new Credentials("sched", "s3cret")), master.endpoint());
            mesos.start(Optional.empty(), links.told);
            links.told.next(Recorder.Subscribed.class);
            mesos.call(Links.REVIVE);
            assertThat(master.request().header("authorization")).contains("Basic c2NoZWQ6czNjcmV0");
            assertThat(master.request().header("authorization")).contains("Basic c2NoZWQ6czNjcmV0");
        }
    }

    @Test
    void takesPartInMoreRolesAtOnceAndInLaterSubscriptions() throws Exception {
        try (PlayedMaster master = PlayedMaster.start(PlayedMaster.willing((_, out) -> {}))) {
            MasterLink mesos = links.started(master.endpoint());
            links.told.next(Recorder.Subscribed.class);
            master.request();
            mesos.roles(List.of("cotton", "web"), List.of("cotton"));
            JsonNode update = master.request().body();
            assertThat(update.get("type").asString()).isEqualTo("UPDATE_FRAMEWORK");
            JsonNode said = update.get("update_framework");
            assertThat(said.get("framework_info").get("roles").valueStream().map(JsonNode::asString))
                    .containsExactly("cotton", "web");
            assertThat(said.get("framework_info").get("id").get("value").asString())
                    .isEqualTo(PlayedMaster.FRAMEWORK);
            assertThat(said.get("suppressed_roles").valueStream().map(JsonNode::asString))
                    .containsExactly("cotton");
        }
        try (PlayedMaster other = PlayedMaster.start(PlayedMaster.willing((_, out) -> {}))) {
            MasterLink mesos = links.link(Links.QUICK, Optional.empty(), other.endpoint());
            mesos.roles(List.of("cotton", "web"), List.of());
            mesos.start(Optional.empty(), links.told);
            assertThat(other.request()
                            .body()
                            .get("subscribe")
                            .get("framework_info")
                            .get("roles")
                            .valueStream()
                            .map(JsonNode::asString))
                    .containsExactly("cotton", "web");
        }
    }

    @Test
    void staysInItsRolesWhenTheMasterRefusesOneMore() throws Exception {
        CountDownLatch refused = new CountDownLatch(1);
        try (PlayedMaster master = PlayedMaster.start((request, out) -> {
            if (request.type().equals("SUBSCRIBE")) {
                out.subscribed(15);
                Links.awaitQuietly(refused);
                out.end();
            } else {
                out.whole("403 Forbidden", "", "Not authorized to use role 'web'");
            }
        })) {
            MasterLink mesos = links.started(master.endpoint());
            links.told.next(Recorder.Subscribed.class);
            assertThatThrownBy(() -> mesos.roles(List.of("cotton", "web"), List.of()))
                    .isInstanceOf(CallRefusedException.class)
                    .hasMessageContaining("Not authorized to use role 'web'");
            master.request();
            master.request();
            refused.countDown();
            assertThat(master.request()
                            .body()
                            .get("subscribe")
                            .get("framework_info")
                            .get("roles")
                            .valueStream()
                            .map(JsonNode::asString))
                    .containsExactly("cotton");
        }
    }

    @Test
    void readsWhatTheMasterShowsToOperators() throws Exception {
        String roles = "{\"roles\":[{\"name\":\"cotton\"}]}";
        try (PlayedMaster master = PlayedMaster.start((request, out) -> {
            switch (request.line()) {
                case "GET /roles HTTP/1.1" -> out.whole("200 OK", "Content-Type: application/json\r\n", roles);
                case "GET /slaves HTTP/1.1" -> out.whole("403 Forbidden", "", "");
                default -> {
                    out.subscribed(15);
                    out.hold();
                }
            }
        })) {
            MasterLink mesos = links.link(Links.QUICK, Optional.of(new Credentials("s", "x")), master.endpoint());
            mesos.start(Optional.empty(), links.told);
            links.told.next(Recorder.Subscribed.class);
            master.request();

            String shown = mesos.shown("/roles", body -> new String(body.readAllBytes(), UTF_8));
            assertThat(shown).isEqualTo(roles);
            assertThat(master.request().header("authorization")).contains("Basic czp4");
            assertThatThrownBy(() -> mesos.shown("/slaves", body -> body.read()))
                    .isInstanceOf(CallRefusedException.class)
                    .hasMessageContaining("/slaves");
            assertThatThrownBy(() -> mesos.shown("/roles", body -> {
                        throw new IOException("it is not an object");
                    }))
                    .isInstanceOf(NotConnectedException.class)
                    .hasMessageContaining("could not be read: it is not an object");
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
            links.started(master.endpoint());
            links.told.next(Recorder.Subscribed.class);
            Refusal refusal = links.told.next(Refusal.class);
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
            assertThat(links.told.silent()).isTrue();
        }
    }

    @Test
    void isRefusedWithoutEverBeingSubscribed() throws Exception {
        try (PlayedMaster master = PlayedMaster.start((_, out) -> {
            out.stream();
            out.record("{\"type\":\"ERROR\",\"error\":{\"message\":\"Framework has been removed\"}}");
            out.end();
        })) {
            links.link(Links.QUICK, Optional.empty(), master.endpoint()).start(Optional.of("gone"), links.told);
            assertThat(links.told.next(Refusal.class).reason()).isEqualTo(Reason.REMOVED);
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
            MasterLink mesos = links.link(Links.QUICK, Optional.empty(), master.endpoint());
            assertThatThrownBy(() -> mesos.call(Links.REVIVE)).isInstanceOf(NotConnectedException.class);
            mesos.start(Optional.empty(), links.told);
            links.told.next(Recorder.Subscribed.class);
            assertThatThrownBy(() -> mesos.call(Links.REVIVE))
                    .isInstanceOf(CallRefusedException.class)
                    .hasMessage(
                            "The Mesos master at " + master.endpoint() + " did not take REVIVE: 400 Failed to convert"
                                    + " JSON into Call protobuf: Missing required fields.");
            assertThatThrownBy(() -> mesos.call(new Call.Suppress(List.of())))
                    .isInstanceOf(NotConnectedException.class)
                    .hasMessageContaining("it answered 503");
            assertThat(links.told.next(Recorder.Disconnected.class).why()).contains("it answered 503");
            links.told.next(Recorder.Subscribed.class);
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
            MasterLink mesos = links.started(master.endpoint());
            links.told.next(Recorder.Subscribed.class);
            assertThatThrownBy(() -> mesos.call(Links.REVIVE)).isInstanceOf(NotConnectedException.class);
            links.told.next(Recorder.Disconnected.class);
            links.told.next(Recorder.Subscribed.class);
            assertThat(subscriptions).hasValue(2);
        }
    }

    /** Whether it was heard is not known: in the next subscription everything is asked anew. */
    @Test
    void aCallHasALimitAndSubscribesAgainAfterIt() throws Exception {
        try (PlayedMaster master = PlayedMaster.start((request, out) -> {
            if (request.type().equals("SUBSCRIBE")) {
                out.subscribed(15);
            }
            out.hold();
        })) {
            Timing timing = new Timing(Duration.ofMillis(300), 2, Duration.ofMillis(10), Duration.ofMillis(100));
            MasterLink mesos = links.link(timing, Optional.empty(), master.endpoint());
            mesos.start(Optional.empty(), links.told);
            links.told.next(Recorder.Subscribed.class);
            assertThatThrownBy(() -> mesos.call(Links.REVIVE))
                    .isInstanceOf(NotConnectedException.class)
                    .hasMessageContaining("no answer within 300 ms");
            links.told.next(Recorder.Disconnected.class);
            links.told.next(Recorder.Subscribed.class);
        }
    }
}
