package dev.cotton.testing.simulation;

import dev.cotton.core.control.Detachments;
import dev.cotton.core.control.Observation;
import dev.cotton.core.control.Observation.Sight;
import dev.cotton.core.control.Standing;
import dev.cotton.core.model.ClusterRecord;
import dev.cotton.core.model.InstanceId;
import dev.cotton.core.model.Member;
import dev.cotton.core.port.Engine.Place;
import dev.cotton.core.port.Executors.Heard;
import dev.cotton.core.wire.Status;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** What one scheduler has heard, since it began to listen. */
final class Ears {
    private static final Instant BEGINNING = Instant.parse("2026-01-01T00:00:00Z");

    /** The last report, when it came, and whether the last attempt brought one. */
    private record Last(Optional<Status> status, long at, boolean reachable) {}

    private final Timeline timeline;
    private final SimulatedEngine engine;
    private final Network network;
    private final Runnable onNews;
    private final Map<InstanceId, Last> last = new HashMap<>();
    private Detachments detachments = new Detachments();
    private Standing standing = new Standing();
    private final Set<InstanceId> asking = new HashSet<>();
    private long silenced;
    private boolean listening;

    /** @param onNews told after each report */
    Ears(Timeline timeline, World world, SimulatedEngine engine, Network network, Runnable onNews) {
        this.timeline = timeline;
        this.engine = engine;
        this.network = network;
        this.onNews = onNews;
        world.onNews(id -> world.instance(id).ifPresent(this::listen));
        timeline.every(100, 300, () -> world.instances().forEach(this::listen));
    }

    /** Begins to listen, as a leader does. */
    void begin() {
        listening = true;
    }

    /** Listens no longer and forgets everything. */
    void forget() {
        listening = false;
        last.clear();
        detachments = new Detachments();
        standing = new Standing();
        asking.clear();
        silenced++;
    }

    /** Wall time. */
    Instant now() {
        return BEGINNING.plusMillis(timeline.now());
    }

    private void listen(SimulatedInstance instance) {
        if (listening && asking.add(instance.id)) {
            long process = silenced;
            timeline.after(1, 8, () -> {
                asking.remove(instance.id);
                Status status = instance.status();
                network.report(instance, () -> hear(process, status), () -> hearNothing(process, instance.id));
            });
        }
    }

    private void hear(long process, Status status) {
        Last before = last.get(status.instance());
        boolean older = before != null
                && before.status()
                        .filter(old -> old.revision() > status.revision())
                        .isPresent();
        if (process == silenced && !older) {
            boolean same = before != null
                    && before.reachable()
                    && before.status()
                            .filter(old -> old.revision() == status.revision())
                            .isPresent();
            last.put(status.instance(), new Last(Optional.of(status), timeline.now(), true));
            if (!same) {
                onNews.run();
            }
        }
    }

    private void hearNothing(long process, InstanceId id) {
        if (process == silenced) {
            Last before = last.getOrDefault(id, new Last(Optional.empty(), timeline.now(), false));
            last.put(id, new Last(before.status(), before.at(), false));
        }
    }

    Observation observe(ClusterRecord record) {
        Map<InstanceId, Place> places = engine.observe();
        Map<InstanceId, Heard> heard = new HashMap<>();
        places.forEach((id, place) -> heard(id, place).ifPresent(known -> heard.put(id, known)));
        Map<InstanceId, Duration> detached = detachments.spans(record, heard, Duration.ofMillis(timeline.now()));
        Map<InstanceId, Sight> sights = new HashMap<>();
        for (Member member : record.members()) {
            InstanceId id = member.id();
            Optional.ofNullable(places.get(id))
                    .ifPresent(place -> sights.put(
                            id,
                            new Sight(
                                    place,
                                    Optional.ofNullable(heard.get(id)),
                                    detached.getOrDefault(id, Duration.ZERO))));
        }
        return new Observation(now(), sights, standing.span(record, Duration.ofMillis(timeline.now())));
    }

    private Optional<Heard> heard(InstanceId id, Place place) {
        boolean listened = switch (place.presence()) {
            case STARTING, RUNNING, UNREACHABLE -> true;
            case LOST, WAITING, BINNED -> false;
        };
        if (!listened) {
            last.remove(id);
            return Optional.empty();
        }
        return Optional.ofNullable(last.get(id))
                .map(known -> new Heard(
                        known.status(),
                        Duration.ofMillis(timeline.now() - known.at()),
                        known.reachable(),
                        known.reachable() ? "" : "no answer"));
    }
}
