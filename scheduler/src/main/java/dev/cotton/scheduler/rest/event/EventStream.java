package dev.cotton.scheduler.rest.event;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;
import java.util.function.Consumer;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * One listener: a bounded queue between the fleet, which is never kept waiting, and one client. A client that does not
 * take what there is in time is dropped, so that it learns of the gap by having to connect again. Thread-safe.
 */
public final class EventStream implements AutoCloseable {
    private static final int QUEUED = 256;
    private static final Duration LOOK_AROUND = Duration.ofSeconds(1);

    private final StreamStart start;
    private final Duration keepAlive;
    private final BooleanSupplier ready;
    private final Consumer<EventStream> onClose;
    private final BlockingQueue<NumberedEvent> queue = new ArrayBlockingQueue<>(QUEUED);
    private boolean closed;
    private @Nullable Thread writer;

    /**
     * @param start what it begins with
     * @param keepAlive how long the stream may be quiet before it says that it is still there; looked at each second
     * @param ready whether there is anything to listen to
     */
    EventStream(StreamStart start, Duration keepAlive, BooleanSupplier ready, Consumer<EventStream> onClose) {
        this.start = start;
        this.keepAlive = keepAlive;
        this.ready = ready;
        this.onClose = onClose;
    }

    void offer(NumberedEvent happened) {
        if (!queue.offer(happened)) {
            close();
        }
    }

    /**
     * Writes events to {@code out} on the calling thread until the stream is closed.
     *
     * @param frame an event as it is written
     * @throws IOException when the client is gone, or the stream was closed while the client kept it waiting
     */
    public void writeTo(OutputStream out, Function<NumberedEvent, String> frame) throws IOException {
        if (!begin()) {
            return;
        }
        try {
            write(out, start.greeting());
            for (NumberedEvent missed : start.missed()) {
                write(out, frame.apply(missed));
            }
            Duration quiet = Duration.ZERO;
            while (isOpen() && ready.getAsBoolean()) {
                @Nullable NumberedEvent next = queue.poll(LOOK_AROUND.toMillis(), TimeUnit.MILLISECONDS);
                quiet = next == null ? quiet.plus(LOOK_AROUND) : Duration.ZERO;
                if (next != null) {
                    write(out, frame.apply(next));
                } else if (quiet.compareTo(keepAlive) >= 0) {
                    write(out, ": still here\n\n");
                    quiet = Duration.ZERO;
                }
            }
        } catch (InterruptedException e) {
            // Only close() interrupts, and the stream ends by that.
        } finally {
            end();
        }
    }

    private static void write(OutputStream out, String text) throws IOException {
        out.write(text.getBytes(StandardCharsets.UTF_8));
        out.flush();
    }

    private synchronized boolean isOpen() {
        return !closed;
    }

    private synchronized boolean begin() {
        writer = closed ? null : Thread.currentThread();
        return !closed;
    }

    private synchronized void end() {
        writer = null;
        close();
    }

    /** Ends the stream, also while it waits for its client. */
    @Override
    public synchronized void close() {
        closed = true;
        onClose.accept(this);
        if (writer != null) {
            writer.interrupt();
            writer = null;
        }
    }
}
