package dev.cotton.scheduler.rest.event;

import dev.cotton.core.model.Event.Kind;
import dev.cotton.scheduler.fleet.Fleet;
import dev.cotton.scheduler.fleet.Fleet.Happened;
import dev.cotton.scheduler.rest.edge.RequestRefused;
import dev.cotton.scheduler.rest.resource.ProblemCode;
import java.time.Duration;
import java.util.Arrays;
import java.util.Map;
import java.util.Optional;
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
    private final RecentEvents recent = new RecentEvents();
    private final AutoCloseable subscription;
    private volatile boolean closed;

    public EventHub(Fleet fleet) {
        this.fleet = fleet;
        this.subscription = fleet.subscribe(this::publish);
    }

    private void publish(Happened happened) {
        counts.getOrDefault(happened.event().kind(), new LongAdder()).increment();
        synchronized (recent) {
            NumberedEvent numbered = recent.add(fleet.term(), happened);
            streams.forEach(stream -> stream.offer(numbered));
        }
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
     * A stream of all events, which ends when the fleet is no longer this scheduler's to speak for.
     *
     * @param lastSeen the id of the last event that the listener has; its stream begins with those after it, or says that
     *     some are not known any more. Without it, with what happens from now on
     * @throws RequestRefused when too many are open
     */
    public EventStream open(Optional<String> lastSeen) {
        EventStream stream = begin(lastSeen);
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

    /** At once with finding out what was missed, so that nothing that happens meanwhile is. */
    private EventStream begin(Optional<String> lastSeen) {
        synchronized (recent) {
            long term = fleet.term();
            String position = recent.position(term);
            StreamStart start = lastSeen.map(id -> StreamStart.again(position, recent.after(term, id)))
                    .orElseGet(() -> StreamStart.fromNow(position));
            EventStream stream = new EventStream(start, KEEP_ALIVE, fleet::ready, streams::remove);
            streams.add(stream);
            return stream;
        }
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
