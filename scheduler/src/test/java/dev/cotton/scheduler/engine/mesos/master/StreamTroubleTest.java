package dev.cotton.scheduler.engine.mesos.master;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.cotton.core.mesos.Event;
import dev.cotton.scheduler.engine.mesos.master.PlayedMaster.Answering;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.time.Duration;
import java.util.Arrays;
import java.util.Optional;
import java.util.Random;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * Whatever becomes of a stream on its way, its events are heard again soon: by the same subscription or by the next one.
 */
final class StreamTroubleTest {
    private static final int LIVES = 20;
    private static final Timing TIMING =
            new Timing(Duration.ofSeconds(1), 2, Duration.ofMillis(10), Duration.ofMillis(100));
    private static final String LATER = Links.RESCIND.replace("o-1", "later");

    @RegisterExtension
    final Links links = new Links();

    private enum Trouble {
        /** The connection is cut anywhere. */
        CUT,
        /** The answer ends as a whole one does, anywhere. */
        END,
        /** The connection stays, and nothing comes any more. */
        SILENCE,
        /** A few bytes of the records are others. */
        GARBLED,
        /** A record says that it is far longer than it is. */
        LONG,
        /** A few bytes of the chunks around records are others. */
        TORN
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 2, 3, 4, 5})
    void eventsAreHeardAgain(int series) throws Exception {
        for (int life = 0; life < LIVES; life++) {
            long seed = series * 1000L + life;
            assertThat(heardAgain(new Random(seed))).as("seed " + seed).isTrue();
            links.made().close();
        }
    }

    private boolean heardAgain(Random random) throws Exception {
        AtomicInteger subscriptions = new AtomicInteger();
        Recorder told = new Recorder();
        try (PlayedMaster master = PlayedMaster.start((_, out) -> {
            if (subscriptions.getAndIncrement() == 0) {
                trouble(random, out);
            } else {
                out.subscribed(15);
                out.record(LATER);
                out.hold();
            }
        })) {
            links.link(TIMING, Optional.empty(), master.endpoint()).start(Optional.empty(), told);
            boolean subscribed = false;
            while (true) {
                switch (told.next(Object.class)) {
                    case Recorder.Subscribed _ -> subscribed = true;
                    case Recorder.Disconnected _ -> subscribed = false;
                    case Event.Rescind(var id)
                    when "later".equals(id.value()) -> {
                        return subscribed;
                    }
                    case Event _ -> assertThat(subscribed).isTrue();
                    case Object other -> throw new AssertionError("told " + other);
                }
            }
        }
    }

    /** Answers with a stream that has a trouble of some kind; where it can go on, it does, until the other side hangs up. */
    private static void trouble(Random random, Answering out) throws IOException {
        Trouble trouble = Trouble.values()[random.nextInt(Trouble.values().length)];
        byte[] records = records(random, trouble);
        int stop = switch (trouble) {
            case CUT, END, SILENCE -> random.nextInt(records.length + 1);
            case GARBLED, LONG, TORN -> records.length;
        };
        out.stream();
        byte[] wire = chunked(random, Arrays.copyOf(records, stop));
        if (trouble == Trouble.TORN) {
            garble(random, wire);
        }
        out.out().write(wire);
        out.out().flush();
        switch (trouble) {
            case CUT -> out.socket().close();
            case END -> out.end();
            case SILENCE -> out.hold();
            case GARBLED, LONG, TORN -> goOn(out);
        }
    }

    private static void goOn(Answering out) throws IOException {
        while (true) {
            Links.pause(new CountDownLatch(1), 10);
            out.record(PlayedMaster.HEARTBEAT);
            out.record(LATER);
        }
    }

    private static byte[] records(Random random, Trouble trouble) {
        StringBuilder all = new StringBuilder(
                PlayedMaster.framed("{\"type\":\"SUBSCRIBED\",\"subscribed\":{\"framework_id\":{\"value\":\""
                        + PlayedMaster.FRAMEWORK + "\"},\"heartbeat_interval_seconds\":0.05}}"));
        int more = 1 + random.nextInt(6);
        for (int i = 0; i < more; i++) {
            all.append(PlayedMaster.framed(random.nextBoolean() ? PlayedMaster.HEARTBEAT : Links.RESCIND));
        }
        if (trouble == Trouble.LONG) {
            all.append("9".repeat(1 + random.nextInt(6))).append(PlayedMaster.framed(Links.RESCIND));
        }
        byte[] records = all.toString().getBytes(UTF_8);
        if (trouble == Trouble.GARBLED) {
            garble(random, records);
        }
        return records;
    }

    private static void garble(Random random, byte[] bytes) {
        int count = 1 + random.nextInt(3);
        for (int i = 0; i < count && bytes.length > 0; i++) {
            bytes[random.nextInt(bytes.length)] = (byte) random.nextInt(256);
        }
    }

    private static byte[] chunked(Random random, byte[] records) {
        ByteArrayOutputStream wire = new ByteArrayOutputStream();
        int from = 0;
        while (from < records.length) {
            int to = Math.min(records.length, from + 1 + random.nextInt(200));
            wire.writeBytes((Integer.toHexString(to - from) + "\r\n").getBytes(UTF_8));
            wire.write(records, from, to - from);
            wire.writeBytes("\r\n".getBytes(UTF_8));
            from = to;
        }
        return wire.toByteArray();
    }
}
