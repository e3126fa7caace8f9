package dev.cotton.cli.follow;

import dev.cotton.cli.ExitCode;
import dev.cotton.cli.Failure;
import dev.cotton.cli.client.Cluster;
import dev.cotton.cli.client.Document;
import dev.cotton.cli.client.Event;
import dev.cotton.cli.client.EventStream;
import dev.cotton.cli.client.SchedulerClient;
import java.time.Duration;
import java.time.InstantSource;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.function.Predicate;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** The events of one cluster or of all, each once and without gaps. Used by one thread. */
public final class EventTail {
    private static final Comparator<Document<Event>> BY_TIME =
            Comparator.comparing(document -> document.value().at());

    private final SchedulerClient client;
    private final Optional<String> cluster;
    private final Duration absence;
    private final InstantSource clock;
    private final Map<String, Event> told = new HashMap<>();
    private final Consumer<String> remarks;
    private Optional<String> lastSeen = Optional.empty();
    private boolean opened;

    /**
     * @param cluster the only one of interest; all when absent
     * @param absence how long the scheduler may be away before following ends
     * @param remarks told, in a sentence, when events were missed for good
     */
    public EventTail(
            SchedulerClient client,
            Optional<String> cluster,
            Duration absence,
            InstantSource clock,
            Consumer<String> remarks) {
        this.remarks = remarks;
        this.client = client;
        this.cluster = cluster;
        this.absence = absence;
        this.clock = clock;
    }

    /** What is remembered and was not returned or told before, in the order of time. */
    public List<Document<Event>> history() {
        return clusters()
                .flatMap(name -> remembered(name).stream())
                .filter(document -> isNews(document.value()))
                .sorted(BY_TIME)
                .toList();
    }

    /**
     * Tells what is remembered and then what happens.
     *
     * @param listener returns false to end it
     * @throws Failure when the scheduler is away for long
     */
    public void follow(Predicate<Document<Event>> listener) {
        boolean goOn = true;
        while (goOn) {
            try (EventStream stream = openAgain()) {
                goOn = tellAll(history(), listener) && tellFrom(stream, listener);
            }
        }
    }

    private static boolean tellAll(List<Document<Event>> events, Predicate<Document<Event>> listener) {
        return events.stream().allMatch(listener);
    }

    private boolean tellFrom(EventStream stream, Predicate<Document<Event>> listener) {
        for (Optional<Document<Event>> next = stream.next(); next.isPresent(); next = stream.next()) {
            lastSeen = stream.lastSeen();
            if (isNews(next.get().value()) && !listener.test(next.get())) {
                return false;
            }
        }
        return true;
    }

    /** A cluster that is made anew under a name begins to count again, later. */
    private boolean isNews(Event event) {
        if (cluster.filter(only -> !only.equals(event.cluster())).isPresent()) {
            return false;
        }
        Event last = told.get(event.cluster());
        boolean news =
                last == null || event.sequence() > last.sequence() || event.at().isAfter(last.at());
        if (news) {
            remarkGap(last, event);
            told.put(event.cluster(), event);
        }
        return news;
    }

    private void remarkGap(@Nullable Event last, Event next) {
        long missed = last == null ? 0 : next.sequence() - last.sequence() - 1;
        if (missed > 0) {
            remarks.accept(missed + " events of " + next.cluster()
                    + " were missed: the scheduler has forgotten them already.");
        }
    }

    private EventStream openAgain() {
        Patience patience = new Patience(absence, clock);
        while (true) {
            try {
                EventStream stream = client.stream(lastSeen);
                opened = true;
                return stream;
            } catch (Failure failure) {
                if (failure.exitCode() != ExitCode.UNREACHABLE || !opened || !patience.pause()) {
                    throw failure;
                }
            }
        }
    }

    private Stream<String> clusters() {
        return cluster.map(Stream::of)
                .orElseGet(() -> client.clusters().value().clusters().stream().map(Cluster::name));
    }

    private List<Document<Event>> remembered(String name) {
        JsonNode events = client.events(name, 0).json().path("events");
        return events.values().stream()
                .map(json -> new Document<>(json, JsonMapper.shared().treeToValue(json, Event.class)))
                .toList();
    }
}
