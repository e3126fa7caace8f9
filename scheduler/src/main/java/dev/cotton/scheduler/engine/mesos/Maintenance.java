package dev.cotton.scheduler.engine.mesos;

import dev.cotton.core.mesos.InverseOffer;
import dev.cotton.core.mesos.Offer;
import dev.cotton.core.mesos.OfferId;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.time.temporal.ChronoUnit;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.LongSupplier;
import java.util.stream.Collectors;

/**
 * Which agents are to be left: the master says so by inverse offers, and in offers; that an agent is drained shows only in
 * the tasks that it kills. An offer that does not speak of it says that the agent may be used. Not thread-safe.
 */
final class Maintenance {
    /** An agent is left from so long before its maintenance begins: data take their time to be copied. */
    static final Duration AHEAD = Duration.ofDays(1);

    /** The master makes another inverse offer about once a second when it takes one back and still means it. */
    private static final Duration DOUBT = Duration.ofMinutes(1);

    private static final String DRAINED = "its agent is drained";

    private final LongSupplier nanos;
    private final InstantSource wall;
    private final Map<String, Plan> plans = new HashMap<>();
    private final Map<String, Long> doubted = new HashMap<>();
    private final Map<OfferId, String> asked = new LinkedHashMap<>();

    /** What an agent is to be left for. */
    private record Plan(Instant start, String why) {
        static Plan of(Offer.Unavailability away) {
            Instant start = away.start().toInstant();
            return new Plan(start, "maintenance of its agent begins at " + start.truncatedTo(ChronoUnit.SECONDS));
        }
    }

    /**
     * @param nanos a monotonic clock
     * @param wall what masters count the beginning of a maintenance by
     */
    Maintenance(LongSupplier nanos, InstantSource wall) {
        this.nanos = nanos;
        this.wall = wall;
    }

    /** What an earlier leadership knew; nothing is concluded from the master's silence before {@link #subscribed}. */
    void remember(String agent, String why) {
        plans.put(agent, new Plan(Instant.MIN, why));
    }

    /** Inverse offers are made anew. */
    void subscribed() {
        asked.clear();
        plans.keySet().forEach(this::doubt);
    }

    void offered(List<Offer> offers) {
        offers.forEach(offer -> plan(offer.agentId().value(), offer.unavailability()));
    }

    void asked(List<InverseOffer> offers) {
        for (InverseOffer offer : offers) {
            offer.agentId().ifPresent(agent -> {
                asked.put(offer.id(), agent.value());
                plan(agent.value(), Optional.of(offer.unavailability()));
            });
        }
    }

    private void plan(String agent, Optional<Offer.Unavailability> away) {
        doubted.remove(agent);
        away.ifPresentOrElse(window -> plans.put(agent, Plan.of(window)), () -> plans.remove(agent));
    }

    /** An inverse offer is good for nothing any more. Another one follows, or the agent may be used again. */
    void rescinded(OfferId id) {
        Optional.ofNullable(asked.remove(id)).ifPresent(this::doubt);
    }

    private void doubt(String agent) {
        boolean drained = Optional.ofNullable(plans.get(agent))
                .filter(plan -> plan.why().equals(DRAINED))
                .isPresent();
        if (!drained) {
            doubted.putIfAbsent(agent, nanos.getAsLong());
        }
    }

    /** A task was killed because its agent is drained. Nothing is offered of it until it is in use again. */
    void drained(String agent) {
        doubted.remove(agent);
        plans.put(agent, new Plan(Instant.MIN, DRAINED));
    }

    /** Ends what the master does not speak of any more. */
    void tick() {
        Set<String> over = doubted.entrySet().stream()
                .filter(doubt -> nanos.getAsLong() - doubt.getValue() > DOUBT.toNanos())
                .map(Map.Entry::getKey)
                .collect(Collectors.toSet());
        plans.keySet().removeAll(over);
        doubted.keySet().removeAll(over);
    }

    /** Why that agent is to be left now; absent while it may be used. */
    Optional<String> notice(String agent) {
        return Optional.ofNullable(plans.get(agent)).filter(this::soon).map(Plan::why);
    }

    private boolean soon(Plan plan) {
        return plan.start().isBefore(wall.instant().plus(AHEAD));
    }

    /** All agents that are to be left now. */
    Set<String> closing() {
        return plans.entrySet().stream()
                .filter(entry -> soon(entry.getValue()))
                .map(Map.Entry::getKey)
                .collect(Collectors.toSet());
    }

    /** Inverse offers that nobody has answered, with their agents. */
    Map<OfferId, String> unanswered() {
        return Map.copyOf(asked);
    }

    void answered(OfferId id) {
        asked.remove(id);
    }
}
