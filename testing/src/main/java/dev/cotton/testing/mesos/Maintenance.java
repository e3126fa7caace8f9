package dev.cotton.testing.mesos;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/** Planned maintenance: inverse offers to frameworks with tasks on the machine, and their answers. */
final class Maintenance {
    private final Master master;
    private final Map<String, InverseOffer> outstanding = new LinkedHashMap<>();
    private final Map<String, Instant> refused = new HashMap<>();
    private final Map<String, Answer> answers = new LinkedHashMap<>();

    private record InverseOffer(String id, String framework, String agent) {
        String key() {
            return framework + "@" + agent;
        }
    }

    private record Answer(String status, long nanoseconds) {}

    Maintenance(Master master) {
        this.master = master;
    }

    /** Tells all frameworks when an agent will be away, by new offers and inverse offers. */
    void schedule(AgentEntry agent, JsonNode unavailability) {
        agent.unavailability = Optional.of(unavailability);
        master.offers.of(each -> each.agent().equals(agent.id)).forEach(master.offers::rescind);
        master.allocator.allocate();
    }

    /** The last answers, ACCEPT or DECLINE, by framework and agent. */
    Map<String, String> answers() {
        Map<String, String> statuses = new LinkedHashMap<>();
        answers.forEach((key, answer) -> statuses.put(key, answer.status()));
        return statuses;
    }

    /** What the operator endpoint for it says. */
    ObjectNode status() {
        List<JsonNode> machines = new ArrayList<>();
        for (AgentEntry agent : master.agents.values()) {
            if (agent.unavailability.isPresent()) {
                String hostname = agent.agent.options().hostname();
                ObjectNode machine = Json.object(
                        "id", Json.object().put("hostname", hostname).put("ip", "127.0.0.1"));
                machine.set("statuses", Json.array(statuses(agent.id)));
                machines.add(machine);
            }
        }
        return Json.object("draining_machines", Json.array(machines));
    }

    private List<ObjectNode> statuses(String agent) {
        List<ObjectNode> statuses = new ArrayList<>();
        answers.forEach((key, answer) -> {
            if (key.endsWith("@" + agent)) {
                ObjectNode status = Json.object("framework_id", Json.id(key.substring(0, key.indexOf('@'))));
                status.put("status", answer.status());
                status.set("timestamp", Json.object().put("nanoseconds", answer.nanoseconds()));
                statuses.add(status);
            }
        });
        return statuses;
    }

    void offerInverse() {
        for (Framework framework : master.frameworks.values()) {
            List<JsonNode> made = new ArrayList<>();
            for (AgentEntry agent : master.agents.values()) {
                InverseOffer offer = new InverseOffer("", framework.id, agent.id);
                if (agent.unavailability.isPresent() && isWanted(framework, agent, offer.key())) {
                    made.add(make(offer, agent));
                }
            }
            if (!made.isEmpty()) {
                framework.send(Json.event("INVERSE_OFFERS", Json.object("inverse_offers", Json.array(made))));
            }
        }
    }

    private boolean isWanted(Framework framework, AgentEntry agent, String key) {
        boolean used = framework.tasks.values().stream().anyMatch(each -> each.agent.equals(agent.id));
        boolean pending =
                outstanding.values().stream().anyMatch(each -> each.key().equals(key));
        Instant until = refused.getOrDefault(key, Instant.MIN);
        return framework.isConnected()
                && agent.connected
                && used
                && !pending
                && until.isBefore(master.cluster.loop().now());
    }

    private ObjectNode make(InverseOffer wanted, AgentEntry agent) {
        InverseOffer offer = new InverseOffer(master.newOfferId(), wanted.framework(), wanted.agent());
        outstanding.put(offer.id(), offer);
        ObjectNode json = Json.object();
        json.set("id", Json.id(offer.id()));
        json.set("framework_id", Json.id(offer.framework()));
        json.set("agent_id", Json.id(offer.agent()));
        json.set("url", agent.agent.url());
        agent.unavailability.ifPresent(each -> json.set("unavailability", each));
        return json;
    }

    void answered(Framework framework, JsonNode body, boolean accepted) {
        double seconds = Allocator.refusal(body.path("filters"));
        for (JsonNode each : body.path("inverse_offer_ids")) {
            InverseOffer offer = outstanding.remove(Json.text(each, "value"));
            if (offer != null && offer.framework().equals(framework.id)) {
                answers.put(offer.key(), new Answer(accepted ? "ACCEPT" : "DECLINE", Status.nowNanoseconds()));
                refused.put(
                        offer.key(), master.cluster.loop().now().plus(Duration.ofMillis(Math.round(seconds * 1000))));
            }
        }
    }

    /** Takes the inverse offers of an agent back and tells their frameworks. */
    void rescind(String agent) {
        for (InverseOffer each : List.copyOf(outstanding.values())) {
            if (each.agent().equals(agent)) {
                outstanding.remove(each.id());
                JsonNode rescind = Json.object("inverse_offer_id", Json.id(each.id()));
                master.framework(each.framework())
                        .ifPresent(one -> one.send(Json.event("RESCIND_INVERSE_OFFER", rescind)));
            }
        }
    }

    /** Forgets what a framework was asked. */
    void drop(Framework framework) {
        outstanding.values().removeIf(each -> each.framework().equals(framework.id));
    }
}
