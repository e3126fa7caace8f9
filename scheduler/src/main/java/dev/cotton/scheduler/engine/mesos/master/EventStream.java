package dev.cotton.scheduler.engine.mesos.master;

import java.io.IOException;
import java.io.InputStream;
import java.net.http.HttpTimeoutException;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.Flow.Subscriber;
import java.util.concurrent.Flow.Subscription;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;

/**
 * The body of an answer that never ends, as a stream whose reads have a limit. Asks for more only when all of what came
 * was read. Read by one thread; may be broken off by any.
 */
final class EventStream extends InputStream implements Subscriber<List<ByteBuffer>> {

    private sealed interface Piece {}

    private record Data(List<ByteBuffer> buffers) implements Piece {}

    private record End() implements Piece {}

    private record Broken(IOException why) implements Piece {}

    private final BlockingQueue<Piece> pieces = new LinkedBlockingQueue<>();
    private final AtomicReference<@Nullable Subscription> subscription = new AtomicReference<>();
    private Piece current = new Data(List.of());
    private int buffer;
    private Duration limit;

    /** @param limit of a read; see {@link #limit(Duration)} */
    EventStream(Duration limit) {
        this.limit = limit;
    }

    /** From now on a read that gets no byte within that time fails with {@link HttpTimeoutException}. By the reader. */
    void limit(Duration silence) {
        limit = silence;
    }

    /** Reads fail with that, once the little that has come is read. */
    void breakOff(IOException why) {
        Subscription upstream = subscription.get();
        if (upstream != null) {
            upstream.cancel();
        }
        pieces.add(new Broken(why));
    }

    @Override
    public void close() {
        breakOff(new IOException("the stream was closed here"));
    }

    @Override
    public int read() throws IOException {
        ByteBuffer bytes = readable();
        return bytes == null ? -1 : bytes.get() & 0xff;
    }

    @Override
    public int read(byte[] into, int offset, int length) throws IOException {
        if (length == 0) {
            return 0;
        }
        ByteBuffer bytes = readable();
        if (bytes == null) {
            return -1;
        }
        int count = Math.min(length, bytes.remaining());
        bytes.get(into, offset, count);
        return count;
    }

    /** A buffer with something left, or none at the end. */
    private @Nullable ByteBuffer readable() throws IOException {
        while (true) {
            switch (current) {
                case Data(List<ByteBuffer> buffers)
                when buffer < buffers.size() -> {
                    if (buffers.get(buffer).hasRemaining()) {
                        return buffers.get(buffer);
                    }
                    buffer++;
                }
                case Data _ -> {
                    current = await();
                    buffer = 0;
                }
                case End _ -> {
                    return null;
                }
                case Broken(IOException why) -> throw why;
            }
        }
    }

    private Piece await() throws IOException {
        Piece arrived = pieces.peek();
        Subscription upstream = subscription.get();
        if (arrived == null && upstream != null) {
            upstream.request(1);
        }
        try {
            Piece piece = pieces.poll(limit.toNanos(), TimeUnit.NANOSECONDS);
            if (piece == null) {
                throw new HttpTimeoutException("nothing was heard for " + limit.toMillis() + " ms");
            }
            return piece;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IOException("interrupted", e);
        }
    }

    @Override
    public void onSubscribe(Subscription upstream) {
        subscription.set(upstream);
    }

    @Override
    public void onNext(List<ByteBuffer> buffers) {
        pieces.add(new Data(buffers));
    }

    @Override
    public void onError(Throwable failed) {
        pieces.add(new Broken(failed instanceof IOException io ? io : new IOException(failed)));
    }

    @Override
    public void onComplete() {
        pieces.add(new End());
    }
}
