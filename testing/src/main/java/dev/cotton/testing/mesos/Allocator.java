package dev.cotton.testing.mesos;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Predicate;
import java.util.stream.Stream;
import tools.jackson.databind.JsonNode;

/** Offers what is free: the role with the smallest dominant share first, a whole agent at a time. */
final class Allocator {
    static final double DEFAULT_REFUSAL = 5;
    private final Master master;
    private final List<Filter> filters = new ArrayList<>();
    private final Map<String, Integer> turns = new HashMap<>();

    private record Filter(String framework, String role, String agent, Resources refused, Instant until) {
        boolean covers(Candidate candidate, String onAgent, Resources free) {
            return framework.equals(candidate.framework().id)
                    && role.equals(candidate.role())
                    && agent.equals(onAgent)
                    && refused.contains(free);
        }
    }

    private record Candidate(Framework framework, String role) {}

    Allocator(Master master) {
        this.master = master;
    }

    /** Offers everything free that is not filtered. */
    void allocate() {
        Instant now = master.cluster.loop().now();
        filters.removeIf(each -> !each.until().isAfter(now));
        Map<String, List<JsonNode>> made = new LinkedHashMap<>();
        for (AgentEntry agent : List.copyOf(master.agents.values()).reversed()) {
            if (agent.connected && !agent.deactivated) {
                allocate(agent, made);
            }
        }
        made.forEach((framework, offers) -> master.framework(framework)
                .ifPresent(each -> each.send(Json.event("OFFERS", Json.object("offers", Json.array(offers))))));
        master.maintenance.offerInverse();
    }

    private void allocate(AgentEntry agent, Map<String, List<JsonNode>> made) {
        for (Candidate each : candidates()) {
            String reserved = each.role();
            Resources free = available(agent)
                    .filter(one ->
                            one.reservations().isEmpty() || one.reservedRole().equals(reserved));
            boolean filtered = filters.stream().anyMatch(filter -> filter.covers(each, agent.id, free));
            if (free.isEmpty() || filtered || !mayUse(each.framework(), agent)) {
                continue;
            }
            turns.merge(each.framework().id, 1, Integer::sum);
            made.computeIfAbsent(each.framework().id, id -> new ArrayList<>())
                    .add(master.offers.make(each.framework(), agent, each.role(), free));
        }
    }

    private List<Candidate> candidates() {
        return master.frameworks.values().stream()
                .filter(Framework::isConnected)
                .flatMap(each -> each.roles().stream()
                        .filter(role -> !each.suppressed.contains(role))
                        .map(role -> new Candidate(each, role)))
                .sorted(Comparator.comparingDouble((Candidate each) -> share(each.role()))
                        .thenComparingDouble(each -> share(each.framework(), each.role()))
                        .thenComparingInt(each -> turns.getOrDefault(each.framework().id, 0)))
                .toList();
    }

    /** An agent in another region is only for frameworks that know of regions. */
    private boolean mayUse(Framework framework, AgentEntry agent) {
        return framework.can("REGION_AWARE")
                || master.options.domain().isEmpty()
                || agent.agent
                        .options()
                        .domain()
                        .filter(each -> !each.region()
                                .equals(master.options.domain().get().region()))
                        .isEmpty();
    }

    private double share(String role) {
        return share(held(each -> true, each -> true), role);
    }

    private double share(Framework framework, String role) {
        return share(held(each -> true, framework::equals), role);
    }

    private double share(Resources held, String role) {
        Resources ofRole = held.filter(each -> each.role().equals(role));
        Resources total = Resources.NONE;
        for (AgentEntry each : master.agents.values()) {
            total = total.plus(each.total);
        }
        double share = 0;
        for (String name : List.of("cpus", "mem", "disk")) {
            double all = Math.max(1.0, (double) total.thousandths(name));
            share = Math.max(share, ofRole.thousandths(name) / all);
        }
        return share;
    }

    /** What is neither used by tasks and executors nor offered, allocated to nobody. */
    Resources available(AgentEntry agent) {
        return agent.total.minus(held(agent.id::equals, each -> true).allocatedTo(""));
    }

    /** What tasks, executors and offers have, each with the role that it is allocated to. */
    private Resources held(Predicate<String> onAgent, Predicate<Framework> of) {
        Resources held = Resources.NONE;
        for (Framework framework : master.frameworks.values()) {
            if (of.test(framework)) {
                held = held.plus(held(onAgent, framework));
            }
        }
        return held;
    }

    private Resources held(Predicate<String> onAgent, Framework framework) {
        Stream<Resources> tasks = framework.tasks.values().stream()
                .filter(each -> onAgent.test(each.agent) && !each.hasEnded())
                .map(each -> each.resources);
        Stream<Resources> executors = framework.executors.entrySet().stream()
                .filter(each -> onAgent.test(each.getKey().agent()))
                .map(Map.Entry::getValue);
        Stream<Resources> offers =
                master
                        .offers
                        .of(each ->
                                onAgent.test(each.agent()) && each.framework().equals(framework.id))
                        .stream()
                        .map(Offer::resources);
        Resources held = Resources.NONE;
        for (Resources each :
                Stream.of(tasks, executors, offers).flatMap(each -> each).toList()) {
            held = held.plus(each);
        }
        return held;
    }

    /** Takes offers back that a framework does not want, for {@code seconds}. */
    void decline(Framework framework, JsonNode offerIds, double seconds) {
        for (JsonNode each : offerIds) {
            master.offers
                    .find(Json.text(each, "value"))
                    .filter(offer -> offer.framework().equals(framework.id))
                    .ifPresent(offer -> {
                        master.offers.remove(offer);
                        refuse(framework, offer.role(), offer.agent(), offer.resources(), seconds);
                    });
        }
    }

    /** Does not offer these resources of an agent again for so many seconds. */
    void refuse(Framework framework, String role, String agent, Resources refused, double seconds) {
        if (seconds > 0 && !refused.isEmpty()) {
            Instant until = master.cluster.loop().now().plus(Duration.ofMillis(Math.round(seconds * 1000)));
            filters.add(new Filter(framework.id, role, agent, refused.allocatedTo(""), until));
        }
    }

    /** Wants offers again, of all roles when none is named: forgets what was refused, and allocates at once. */
    void revive(Framework framework, JsonNode roles) {
        List<String> meant = meant(framework, roles);
        framework.suppressed.removeAll(meant);
        filters.removeIf(each -> each.framework().equals(framework.id) && meant.contains(each.role()));
        allocate();
    }

    /** Wants no offers for now, of all roles when none is named. */
    void suppress(Framework framework, JsonNode roles) {
        framework.suppressed.addAll(meant(framework, roles));
    }

    /** Forgets what a framework refused. */
    void forget(Framework framework) {
        filters.removeIf(each -> each.framework().equals(framework.id));
    }

    static double refusal(JsonNode filters) {
        return Json.number(filters, "refuse_seconds", DEFAULT_REFUSAL);
    }

    private static List<String> meant(Framework framework, JsonNode roles) {
        List<String> named = Json.elements(roles.path("roles")).stream()
                .map(JsonNode::asString)
                .toList();
        return named.isEmpty() ? List.copyOf(framework.roles()) : named;
    }
}
