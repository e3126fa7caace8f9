package dev.cotton.scheduler.engine.mesos.master;

import java.io.IOException;
import java.io.InputStream;
import java.net.http.HttpResponse.BodySubscriber;
import java.net.http.HttpTimeoutException;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.Flow.Subscription;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;

/**
 * The body of an answer that never ends, as a stream whose reads have a limit, and so has what they read together: else
 * a record whose length is wrong would swallow heartbeats for ever. Asks for more only when all of what came
 * was read. Read by one thread; may be broken off by any.
 */
final class EventStream extends InputStream implements BodySubscriber<Optional<byte[]>> {

    private sealed interface Piece {}

    private record Data(List<ByteBuffer> buffers) implements Piece {}

    private record End() implements Piece {}

    private record Broken(IOException why) implements Piece {}

    private final BlockingQueue<Piece> pieces = new LinkedBlockingQueue<>();
    private final AtomicReference<@Nullable Subscription> subscription = new AtomicReference<>();
    private @Nullable Piece current;
    private int buffer;
    private Duration limit;
    private long due;
    private boolean begun;

    /** @param limit of a read; see {@link #limit(Duration)} */
    EventStream(Duration limit) {
        this.limit = limit;
        beginRecord();
    }

    /** From the next record on, one that is not whole within that time fails with {@link HttpTimeoutException}. By the reader. */
    void limit(Duration silence) {
        limit = silence;
    }

    /** What is read from now on is another record. By the reader. */
    void beginRecord() {
        due = System.nanoTime() + limit.toNanos();
        begun = false;
    }

    /** Reads fail with that, once the little that has come is read. */
    void breakOff(IOException why) {
        pieces.add(new Broken(why));
        Subscription upstream = subscription.get();
        if (upstream != null) {
            upstream.cancel();
        }
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
                case null -> current = await();
                case Data(List<ByteBuffer> buffers)
                when buffer < buffers.size() -> {
                    if (buffers.get(buffer).hasRemaining()) {
                        return buffers.get(buffer);
                    }
                    buffer++;
                }
                case Data _ -> {
                    askForMore();
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

    private void askForMore() {
        Subscription upstream = subscription.get();
        if (upstream != null) {
            upstream.request(1);
        }
    }

    private Piece await() throws IOException {
        try {
            Piece piece = pieces.poll(due - System.nanoTime(), TimeUnit.NANOSECONDS);
            if (piece == null) {
                String missing = begun ? "no whole event came within " : "nothing was heard for ";
                throw new HttpTimeoutException(missing + limit.toMillis() + " ms");
            }
            begun = true;
            return piece;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IOException("interrupted", e);
        }
    }

    /** Nothing, at once: the answer is there with its head, and the rest is read from here. */
    @Override
    public CompletionStage<Optional<byte[]>> getBody() {
        return CompletableFuture.completedStage(Optional.empty());
    }

    @Override
    public void onSubscribe(Subscription upstream) {
        subscription.set(upstream);
        upstream.request(1);
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
