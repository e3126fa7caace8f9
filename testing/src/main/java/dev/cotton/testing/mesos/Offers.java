package dev.cotton.testing.mesos;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Predicate;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/** The offers that are outstanding. */
final class Offers {
    private final Master master;
    private final Map<String, Offer> outstanding = new LinkedHashMap<>();

    Offers(Master master) {
        this.master = master;
    }

    Optional<Offer> find(String id) {
        return Optional.ofNullable(outstanding.get(id));
    }

    List<Offer> of(Predicate<Offer> wanted) {
        return outstanding.values().stream().filter(wanted).toList();
    }

    /** Makes an offer and returns its JSON. */
    JsonNode make(Framework framework, AgentEntry agent, String role, Resources resources) {
        Offer offer = new Offer(master.newOfferId(), framework.id, agent.id, role, resources.allocatedTo(role));
        outstanding.put(offer.id(), offer);
        master.options
                .offerTimeout()
                .ifPresent(limit -> master.cluster
                        .loop()
                        .after(limit, () -> find(offer.id()).ifPresent(this::rescind)));
        return json(offer, framework, agent);
    }

    /** Takes an offer back without a word: it was used, declined, or its framework has gone. */
    void remove(Offer offer) {
        outstanding.remove(offer.id());
    }

    /** Takes an offer back and tells its framework. */
    void rescind(Offer offer) {
        remove(offer);
        master.framework(offer.framework())
                .ifPresent(each -> each.send(Json.event("RESCIND", Json.object("offer_id", Json.id(offer.id())))));
    }

    private static ObjectNode json(Offer offer, Framework framework, AgentEntry entry) {
        boolean multiRole = framework.can("MULTI_ROLE");
        ObjectNode json = Json.object();
        json.set("id", Json.id(offer.id()));
        json.set("framework_id", Json.id(offer.framework()));
        json.set("agent_id", Json.id(offer.agent()));
        entry.agent.describe(json);
        json.set("resources", offer.resources().json(framework.can("RESERVATION_REFINEMENT"), multiRole));
        List<ObjectNode> executors = framework.executors.keySet().stream()
                .filter(each -> each.agent().equals(offer.agent()))
                .map(each -> Json.id(each.executor()))
                .toList();
        if (!executors.isEmpty()) {
            json.set("executor_ids", Json.array(executors));
        }
        entry.unavailability.ifPresent(each -> json.set("unavailability", each));
        if (multiRole) {
            json.set("allocation_info", Json.object().put("role", offer.role()));
        }
        return json;
    }
}
