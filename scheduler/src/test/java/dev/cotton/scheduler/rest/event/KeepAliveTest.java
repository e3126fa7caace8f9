package dev.cotton.scheduler.rest.event;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import org.junit.jupiter.api.Test;

/** A stream without events. */
final class KeepAliveTest {
    @Test
    void saysThatItIsStillThereAndEndsWhenItIsClosed() throws InterruptedException {
        EventStream stream =
                new EventStream(StreamStart.fromNow("3-0"), Duration.ofSeconds(1), () -> true, closed -> {});
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        Thread writer = Thread.ofVirtual().name("stream").start(() -> write(stream, out));

        await().untilAsserted(() ->
                assertThat(out.toString(StandardCharsets.UTF_8)).isEqualTo(": connected\nid: 3-0\n\n: still here\n\n"));
        stream.close();

        assertThat(writer.join(Duration.ofSeconds(10))).isTrue();
    }

    private static void write(EventStream stream, ByteArrayOutputStream out) {
        try {
            stream.writeTo(out, event -> "");
        } catch (IOException e) {
            throw new IllegalStateException(e);
        }
    }
}
