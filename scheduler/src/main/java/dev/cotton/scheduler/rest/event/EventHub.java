package dev.cotton.scheduler.rest.event;

import dev.cotton.core.model.Event.Kind;
import dev.cotton.scheduler.fleet.Fleet;
import dev.cotton.scheduler.fleet.Fleet.Happened;
import dev.cotton.scheduler.rest.edge.RequestRefused;
import dev.cotton.scheduler.rest.resource.ProblemCode;
import java.time.Duration;
import java.util.Arrays;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.LongAdder;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Listens to the fleet once, from its making to {@link #close}, on behalf of all streams. Thread-safe. */
public final class EventHub implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(EventHub.class);
    private static final int MOST_STREAMS = 64;
    private static final Duration KEEP_ALIVE = Duration.ofSeconds(15);

    private final Fleet fleet;
    private final Map<Kind, LongAdder> counts = Arrays.stream(Kind.values())
            .collect(Collectors.toUnmodifiableMap(Function.identity(), k -> new LongAdder()));
    private final Set<EventStream> streams = ConcurrentHashMap.newKeySet();
    private final AutoCloseable subscription;
    private volatile boolean closed;

    public EventHub(Fleet fleet) {
        this.fleet = fleet;
        this.subscription = fleet.subscribe(this::publish);
    }

    private void publish(Happened happened) {
        counts.getOrDefault(happened.event().kind(), new LongAdder()).increment();
        streams.forEach(stream -> stream.offer(happened));
    }

    /** How many events of {@code kind} there were since the hub was made. */
    public long count(Kind kind) {
        return counts.getOrDefault(kind, new LongAdder()).sum();
    }

    /** How many streams are open. */
    public int openStreams() {
        return streams.size();
    }

    /**
     * A stream of all events from now on, which ends when the fleet is no longer this scheduler's to speak for.
     *
     * @throws RequestRefused when too many are open
     */
    public EventStream open() {
        EventStream stream = new EventStream(KEEP_ALIVE, fleet::ready, streams::remove);
        streams.add(stream);
        if (closed) {
            stream.close();
        }
        if (streams.size() > MOST_STREAMS) {
            stream.close();
            throw new RequestRefused(
                    ProblemCode.TOO_MANY_STREAMS,
                    MOST_STREAMS + " event streams are open, and more are not allowed. Close one, or poll"
                            + " /api/v1/clusters/<name>/events.");
        }
        return stream;
    }

    @Override
    public void close() {
        closed = true;
        try {
            subscription.close();
        } catch (Exception e) {
            LOG.warn("The subscription to the fleet's events did not end as it should", e);
        }
        streams.forEach(EventStream::close);
    }
}
