package dev.cotton.scheduler.fleet;

import dev.cotton.core.control.Detachments;
import dev.cotton.core.control.Observation;
import dev.cotton.core.control.Observation.Sight;
import dev.cotton.core.control.Standing;
import dev.cotton.core.model.ClusterRecord;
import dev.cotton.core.model.InstanceId;
import dev.cotton.core.model.Member;
import dev.cotton.core.model.Ports;
import dev.cotton.core.port.Engine.Place;
import dev.cotton.core.port.Executors.Heard;
import java.time.Duration;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * Gathers one cluster's observations, and listens to exactly those of its executors that run. Used by the cluster's
 * loop only.
 */
final class Gathering implements AutoCloseable {
    private final Outside outside;
    private final Runnable news;
    private final Map<InstanceId, Ports> watched = new HashMap<>();
    private final Detachments detachments = new Detachments();
    private final Standing standing = new Standing();

    /** @param news called on any thread when there is something new to gather */
    Gathering(Outside outside, Runnable news) {
        this.outside = outside;
        this.news = news;
    }

    Observation observe(ClusterRecord record) {
        Map<InstanceId, Place> places = outside.engine().observe();
        Map<InstanceId, Heard> heard = new HashMap<>();
        for (Member member : record.members()) {
            listen(record, member, Optional.ofNullable(places.get(member.id())));
            if (watched.containsKey(member.id())) {
                heard.put(member.id(), outside.executors().heard(member.id()));
            }
        }
        forgetOthers(record);
        Duration now = Duration.ofNanos(System.nanoTime());
        Map<InstanceId, Duration> detached = detachments.spans(record, heard, now);
        Map<InstanceId, Sight> sights = new HashMap<>();
        for (Member member : record.members()) {
            Place place = places.get(member.id());
            if (place != null) {
                sights.put(
                        member.id(),
                        new Sight(
                                place,
                                Optional.ofNullable(heard.get(member.id())),
                                detached.getOrDefault(member.id(), Duration.ZERO)));
            }
        }
        return new Observation(outside.wall().instant(), sights, standing.span(record, now));
    }

    private void listen(ClusterRecord record, Member member, Optional<Place> place) {
        Optional<Ports> ports = place.filter(there -> switch (there.presence()) {
                    case STARTING, RUNNING, UNREACHABLE -> true;
                    case LOST, WAITING, BINNED -> false;
                })
                .flatMap(Place::ports);
        Ports known = watched.get(member.id());
        if (known != null && !Optional.of(known).equals(ports)) {
            outside.executors().forget(member.id());
            watched.remove(member.id());
        }
        if (ports.isPresent() && !watched.containsKey(member.id())) {
            String token = outside.secrets().enrolmentToken(record, member.id());
            outside.executors().watch(member.id(), ports.get(), token, news);
            watched.put(member.id(), ports.get());
        }
    }

    private void forgetOthers(ClusterRecord record) {
        Set<InstanceId> gone = new HashSet<>(watched.keySet());
        record.members().forEach(member -> gone.remove(member.id()));
        gone.forEach(outside.executors()::forget);
        watched.keySet().removeAll(gone);
    }

    /** Stops listening. */
    @Override
    public void close() {
        watched.keySet().forEach(outside.executors()::forget);
        watched.clear();
    }
}
