package dev.cotton.cli.writers;

import dev.cotton.cli.Failure;
import dev.cotton.cli.client.Cluster;
import dev.cotton.cli.client.Document;
import dev.cotton.cli.client.Event;
import dev.cotton.cli.client.EventStream;
import dev.cotton.cli.client.SchedulerClient;
import java.time.Duration;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.function.Consumer;
import java.util.function.Supplier;

/**
 * Keeps knowing which instance is a cluster's primary: it looks whenever something happens to the cluster, and now and
 * then. What it knew stays known while no scheduler answers. Thread-safe.
 */
final class PrimaryFollower implements PrimarySource {
    private static final Duration LOOK = Duration.ofMillis(250);

    private final Supplier<SchedulerClient> client;
    private final String cluster;
    private volatile Consumer<Primary> changed = nobodyAsks -> {};
    private final Thread looking;
    private final Thread listening;
    private volatile Primary primary;
    private volatile boolean closed;

    PrimaryFollower(Supplier<SchedulerClient> client, String cluster, Primary first) {
        this.client = client;
        this.cluster = cluster;
        this.primary = first;
        this.looking = Thread.ofVirtual().name("primary-look").unstarted(this::lookNowAndThen);
        this.listening = Thread.ofVirtual().name("primary-listen").unstarted(this::listen);
    }

    /** The thread that it is told on is one of this object's. */
    @Override
    public void start(Consumer<Primary> changed) {
        this.changed = changed;
        looking.start();
        listening.start();
    }

    @Override
    public Primary primary() {
        return primary;
    }

    static Optional<Primary> of(Document<Cluster> seen) {
        Cluster cluster = seen.value();
        return cluster.primaryInstance()
                .flatMap(instance -> instance.mysqlEndpoint()
                        .map(endpoint -> new Primary(
                                instance.id(),
                                endpoint,
                                OptionalLong.of(seen.json().path("epoch").asLong()))));
    }

    private void lookNowAndThen() {
        while (!closed) {
            look();
            pause();
        }
    }

    private void listen() {
        while (!closed) {
            try (EventStream events = client.get().stream(Optional.empty())) {
                Optional<Document<Event>> event = events.next();
                while (event.isPresent() && !closed) {
                    if (event.get().value().cluster().equals(cluster)) {
                        look();
                    }
                    event = events.next();
                }
            } catch (Failure nobodyAnswers) {
                // The other thread goes on looking; what was known stays known.
            }
            pause();
        }
    }

    private synchronized void look() {
        try {
            of(client.get().cluster(cluster))
                    .filter(seen -> !seen.equals(primary))
                    .ifPresent(seen -> {
                        primary = seen;
                        changed.accept(seen);
                    });
        } catch (Failure nobodyAnswers) {
            // What was known stays known.
        }
    }

    private void pause() {
        if (!closed) {
            try {
                Thread.sleep(LOOK);
            } catch (InterruptedException toEnd) {
                closed = true;
            }
        }
    }

    @Override
    public void close() {
        closed = true;
        looking.interrupt();
        listening.interrupt();
    }
}
