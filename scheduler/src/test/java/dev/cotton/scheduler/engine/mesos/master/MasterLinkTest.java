package dev.cotton.scheduler.engine.mesos.master;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import dev.cotton.core.mesos.Event;
import dev.cotton.core.model.Endpoint;
import dev.cotton.scheduler.engine.mesos.master.MesosMaster.NotConnectedException;
import dev.cotton.scheduler.engine.mesos.master.PlayedMaster.Request;
import java.time.Duration;
import java.util.Arrays;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** How a link finds a master, subscribes and stays subscribed, against masters that answer as real ones were seen to. */
final class MasterLinkTest {
    @RegisterExtension
    private final Links links = new Links();

    @Test
    void saysInBothPlacesWhichFrameworkItIs() throws Exception {
        try (PlayedMaster master = PlayedMaster.start(PlayedMaster.willing((_, out) -> {}))) {
            links.link(Links.QUICK, Optional.empty(), master.endpoint())
                    .start(Optional.of(PlayedMaster.FRAMEWORK), links.told);
            links.told.next(Recorder.Subscribed.class);
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
            byte[] records = (PlayedMaster.framed(Links.RESCIND)
                            + PlayedMaster.framed(PlayedMaster.HEARTBEAT)
                            + PlayedMaster.framed(Links.RESCIND.replace("o-1", "öäü-2")))
                    .getBytes(UTF_8);
            for (int i = 0; i < records.length; i += 3) {
                out.chunk(Arrays.copyOfRange(records, i, Math.min(records.length, i + 3)));
            }
        }))) {
            links.started(master.endpoint());
            links.told.next(Recorder.Subscribed.class);
            assertThat(links.told.next(Event.Rescind.class).offerId().value()).isEqualTo("o-1");
            assertThat(links.told.next(Event.Rescind.class).offerId().value()).isEqualTo("öäü-2");
        }
    }

    @Test
    void leavesOutAnEventThatCannotBeRead() throws Exception {
        try (PlayedMaster master = PlayedMaster.start(PlayedMaster.willing((_, out) -> {
            out.record("{\"type\":\"UPDATE\",\"update\":{\"status\":7}}");
            out.record(Links.RESCIND);
        }))) {
            links.started(master.endpoint());
            links.told.next(Recorder.Subscribed.class);
            links.told.next(Event.Rescind.class);
        }
    }

    @Test
    void followsTheRedirectToTheLeader() throws Exception {
        try (PlayedMaster leader = PlayedMaster.start(PlayedMaster.willing((_, out) -> {}));
                PlayedMaster follower = PlayedMaster.start((_, out) -> out.whole(
                        "307 Temporary Redirect",
                        "Location: //" + leader.endpoint() + "/master/api/v1/scheduler\r\n",
                        ""))) {
            MasterLink mesos = links.started(follower.endpoint());
            links.told.next(Recorder.Subscribed.class);
            mesos.call(Links.REVIVE);
            assertThat(follower.waiting()).hasSize(1);
            assertThat(leader.request().type()).isEqualTo("SUBSCRIBE");
            assertThat(leader.request().type()).isEqualTo("REVIVE");
        }
    }

    @Test
    void goesOnAskingWhileTheFollowersNameADeadLeader() throws Exception {
        Endpoint dead = Links.nobody();
        try (PlayedMaster follower = PlayedMaster.start(
                (_, out) -> out.whole("307 Temporary Redirect", "Location: //" + dead + "/x\r\n", ""))) {
            links.started(follower.endpoint());
            follower.request();
            follower.request();
            follower.now(PlayedMaster.willing((_, out) -> {}));
            links.told.next(Recorder.Subscribed.class);
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
            links.started(Links.nobody(), master.endpoint());
            links.told.next(Recorder.Subscribed.class);
            assertThat(asked).hasValue(3);
        }
    }

    @Test
    void subscribesAgainWhenTheStreamEnds() throws Exception {
        CountDownLatch seen = new CountDownLatch(1);
        try (PlayedMaster master = PlayedMaster.start((_, out) -> {
            out.subscribed(15);
            Links.awaitQuietly(seen);
            out.end();
        })) {
            MasterLink mesos = links.started(master.endpoint());
            links.told.next(Recorder.Subscribed.class);
            master.request();
            master.now(PlayedMaster.willing((_, out) -> {}));
            seen.countDown();
            assertThat(links.told.next(Recorder.Disconnected.class).why())
                    .isEqualTo("The Mesos master at " + master.endpoint() + " ended the stream of events.");
            links.told.next(Recorder.Subscribed.class);
            assertThat(master.request().body().get("framework_id").get("value").asString())
                    .isEqualTo(PlayedMaster.FRAMEWORK);
            mesos.call(Links.REVIVE);
        }
    }

    @Test
    void givesUpAStreamThatFallsSilent() throws Exception {
        try (PlayedMaster master = PlayedMaster.start((_, out) -> {
            out.subscribed(0.1);
            out.record(PlayedMaster.HEARTBEAT);
            out.hold();
        })) {
            links.started(master.endpoint());
            links.told.next(Recorder.Subscribed.class);
            assertThat(links.told.next(Recorder.Disconnected.class).why())
                    .isEqualTo("The stream of events from the Mesos master at " + master.endpoint()
                            + " broke: nothing was heard for 200 ms.");
            links.told.next(Recorder.Subscribed.class);
        }
    }

    @Test
    void heartbeatsKeepAStreamAlive() throws Exception {
        try (PlayedMaster master = PlayedMaster.start((_, out) -> {
            out.subscribed(0.9);
            for (int beats = 0; beats < 15; beats++) {
                Links.pause(new CountDownLatch(1), 100);
                out.record(PlayedMaster.HEARTBEAT);
            }
            out.record(Links.RESCIND);
            out.hold();
        })) {
            Timing timing = new Timing(Duration.ofSeconds(5), 1, Duration.ofMillis(10), Duration.ofMillis(100));
            links.link(timing, Optional.empty(), master.endpoint()).start(Optional.empty(), links.told);
            links.told.next(Recorder.Subscribed.class);
            links.told.next(Event.Rescind.class);
        }
    }

    @Test
    void subscribesAgainWhenItsListenerThrows() throws Exception {
        AtomicInteger events = new AtomicInteger();
        MesosMaster.Listener failing = new MesosMaster.Listener() {
            @Override
            public void subscribed(String frameworkId) {
                links.told.subscribed(frameworkId);
            }

            @Override
            public void event(Event event) {
                if (events.incrementAndGet() == 1) {
                    throw new IllegalStateException("the state cannot be written");
                }
                links.told.event(event);
            }

            @Override
            public void disconnected(String why) {
                links.told.disconnected(why);
            }

            @Override
            public void refused(MesosMaster.Refusal refusal) {
                links.told.refused(refusal);
            }
        };
        try (PlayedMaster master = PlayedMaster.start(PlayedMaster.willing((_, out) -> out.record(Links.RESCIND)))) {
            links.link(Links.QUICK, Optional.empty(), master.endpoint()).start(Optional.empty(), failing);
            links.told.next(Recorder.Subscribed.class);
            assertThat(links.told.next(Recorder.Disconnected.class).why())
                    .isEqualTo("An event of the Mesos master at " + master.endpoint() + " could not be handled here.");
            links.told.next(Recorder.Subscribed.class);
            links.told.next(Event.Rescind.class);
        }
    }

    @Test
    void isNoMasterWithoutAStreamId() throws Exception {
        AtomicInteger asked = new AtomicInteger();
        try (PlayedMaster master = PlayedMaster.start((_, out) -> {
            asked.incrementAndGet();
            out.whole("200 OK", "", "<html></html>");
        })) {
            links.started(master.endpoint());
            await().until(() -> asked.get() >= 2);
            assertThat(links.told.silent()).isTrue();
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
            MasterLink mesos = links.started(master.endpoint());
            links.told.next(Recorder.Subscribed.class);
            master.request();
            mesos.close();
            await().until(() -> hungUp.getCount() == 0);
            assertThat(master.waiting()).isEmpty();
            assertThat(links.told.silent()).isTrue();
            assertThatThrownBy(() -> mesos.call(Links.REVIVE)).isInstanceOf(NotConnectedException.class);
        }
    }

    @Test
    void isStartedOnce() throws Exception {
        MasterLink mesos = links.started(Links.nobody());
        assertThatThrownBy(() -> mesos.start(Optional.empty(), links.told)).isInstanceOf(IllegalStateException.class);
    }
}
