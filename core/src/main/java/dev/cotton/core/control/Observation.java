package dev.cotton.core.control;

import dev.cotton.core.model.ClusterRecord;
import dev.cotton.core.model.InstanceId;
import dev.cotton.core.model.Member;
import dev.cotton.core.port.Engine.Place;
import dev.cotton.core.port.Engine.Presence;
import dev.cotton.core.port.Executors.Heard;
import dev.cotton.core.wire.MysqlReport;
import dev.cotton.core.wire.Status;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;

/**
 * What executors and engine say now. Never persisted.
 *
 * @param now wall time, for people and retention only
 * @param standing how long which record has stood
 * @param members by instance; one that the engine does not know is absent
 */
public record Observation(Instant now, Map<InstanceId, Sight> members, Standing.Span standing) {
    public Observation {
        members = Map.copyOf(members);
    }

    /**
     * @param heard empty before anybody listens to it
     * @param detached how long the primary's reports have gone on showing no dump thread for this in-sync replica, see
     *     {@link Detachments}; zero when attached, not in sync, or when the primary says nothing
     */
    public record Sight(Place place, Optional<Heard> heard, Duration detached) {
        /** The latest report of an executor that answers. */
        public Optional<Status> status() {
            return heard.filter(Heard::reachable).flatMap(Heard::status);
        }
    }

    /** Before anybody has looked: each of {@code members} may run, and has been listened to for no time. */
    public static Observation beginning(Instant now, List<Member> members) {
        Place somewhere = new Place(Presence.UNREACHABLE, "", Optional.empty(), "", "");
        Heard nothing = new Heard(Optional.empty(), Duration.ZERO, false, "");
        Sight unseen = new Sight(somewhere, Optional.of(nothing), Duration.ZERO);
        return new Observation(
                now, members.stream().collect(Collectors.toMap(Member::id, member -> unseen)), Standing.Span.NONE);
    }

    /** How long {@code record} has stood as it is. */
    public Duration stood(ClusterRecord record) {
        return standing.stamp().equals(record.stamp()) ? standing.time() : Duration.ZERO;
    }

    public Optional<Sight> sight(InstanceId id) {
        return Optional.ofNullable(members.get(id));
    }

    /** The latest report of {@code id}, if its executor answers. */
    public Optional<Status> status(InstanceId id) {
        return sight(id).flatMap(Sight::status);
    }

    /** What the mysqld of {@code id} says, if it and its executor answer. */
    public Optional<MysqlReport> mysql(InstanceId id) {
        return status(id).flatMap(Status::mysql);
    }

    /** Whether the engine says that place or data of {@code id} are gone for certain. */
    public boolean lost(InstanceId id) {
        return sight(id)
                .filter(sight -> sight.place().presence() == Presence.LOST)
                .isPresent();
    }
}
