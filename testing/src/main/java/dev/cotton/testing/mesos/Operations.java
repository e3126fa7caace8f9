package dev.cotton.testing.mesos;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/** RESERVE, UNRESERVE, CREATE and DESTROY: silent without an id, with feedback otherwise. */
final class Operations {
    private final Master master;

    /** By id, the statuses that were not acknowledged. */
    private final Map<String, ObjectNode> unacknowledged = new LinkedHashMap<>();

    /** What an operation takes, and what it gives for it. */
    private record Conversion(Resources taken, Resources given) {}

    /** An operation that is not performed. */
    private static final class Refused extends Exception {
        private static final long serialVersionUID = 1L;

        Refused(String why) {
            super(why);
        }
    }

    Operations(Master master) {
        this.master = master;
    }

    /** Performs one operation on what is left of the offers; returns what is left then. */
    Resources perform(Framework framework, AgentEntry agent, String role, Resources left, JsonNode operation) {
        try {
            Conversion conversion = conversion(framework, agent, role, left, operation);
            apply(agent, conversion);
            finished(framework, agent, operation);
            return left.minus(conversion.taken()).plus(conversion.given());
        } catch (Refused refused) {
            String why = String.valueOf(refused.getMessage());
            id(operation).ifPresent(id -> send(framework, status(id, "OPERATION_ERROR", why)));
            return left;
        }
    }

    /** An operation by an operator, on what is free of the agent; why it is refused, empty when it was performed. */
    Optional<String> performByOperator(AgentEntry agent, String type, JsonNode resources) {
        String body = type.toLowerCase(Locale.ROOT);
        String field = type.endsWith("RESERVE") ? "resources" : "volumes";
        ObjectNode operation = Json.object().put("type", type);
        operation.set(body, Json.object(field, resources));
        Resources free = master.allocator.available(agent);
        try {
            apply(agent, conversion(new Framework("", Json.object()), agent, "", free, operation));
            return Optional.empty();
        } catch (Refused refused) {
            return Optional.of(String.valueOf(refused.getMessage()));
        }
    }

    void dropped(Framework framework, JsonNode operation, String why) {
        id(operation).ifPresent(id -> send(framework, status(id, "OPERATION_DROPPED", why)));
    }

    void acknowledge(JsonNode body) {
        unacknowledged.remove(Json.idOr(body, "operation_id"));
    }

    void reconcile(Framework framework, JsonNode body) {
        for (JsonNode each : body.path("operations")) {
            String id = Json.idOr(each, "operation_id");
            ObjectNode known = unacknowledged.get(id);
            Optional<String> agent = Json.id(each, "agent_id");
            String unknown =
                    "Reconciliation: Operation is unknown" + (agent.isEmpty() ? " and no 'agent_id' was provided" : "");
            ObjectNode status = known != null ? known.deepCopy() : status(id, "OPERATION_UNKNOWN", unknown);
            agent.ifPresent(on -> status.set("agent_id", Json.id(on)));
            send(framework, status);
        }
    }

    private static Conversion conversion(
            Framework framework, AgentEntry agent, String role, Resources left, JsonNode operation) throws Refused {
        String type = Json.text(operation, "type");
        JsonNode body = operation.path(type.toLowerCase(Locale.ROOT));
        List<Resource> named = Resources.readEach(body.path(type.endsWith("RESERVE") ? "resources" : "volumes"), role);
        for (Resource each : named) {
            check(framework, agent, type, each);
        }
        Resources resources = Resources.of(named);
        Conversion conversion = switch (type) {
            case "RESERVE" -> new Conversion(unreserved(resources), resources);
            case "UNRESERVE" -> new Conversion(resources, unreserved(resources));
            case "CREATE" -> new Conversion(withoutVolumes(resources), resources);
            case "DESTROY" -> new Conversion(resources, withoutVolumes(resources));
            default -> throw new Refused("Unknown operation " + type);
        };
        if (!left.contains(conversion.taken())) {
            throw new Refused(
                    left.text() + " does not contain " + conversion.taken().text());
        }
        return conversion;
    }

    private static Resources unreserved(Resources reserved) {
        return Resources.of(reserved.all().stream()
                .map(each -> each.reservedAs(each.reservations()
                        .subList(0, Math.max(0, each.reservations().size() - 1))))
                .toList());
    }

    private static Resources withoutVolumes(Resources volumes) {
        return Resources.of(volumes.all().stream().map(Resource::withoutVolume).toList());
    }

    private static void check(Framework framework, AgentEntry agent, String type, Resource named) throws Refused {
        if (named.reservations().isEmpty()) {
            throw new Refused(named.text() + " is not reserved");
        }
        if (type.endsWith("RESERVE") && named.isVolume()) {
            throw new Refused(
                    "A dynamically reserved persistent volume " + named.text() + " cannot be unreserved directly");
        }
        if (!type.endsWith("RESERVE") && !named.isVolume()) {
            throw new Refused(named.text() + " is not a persistent volume");
        }
        if (type.equals("CREATE") && exists(agent, named)) {
            throw new Refused("Persistence ID '" + named.volumeId() + "' already exists");
        }
        JsonNode reservation = named.reservations().getLast();
        if (type.equals("RESERVE") && !framework.id.isEmpty()) {
            checkReservation(framework, named, reservation);
        }
    }

    private static void checkReservation(Framework framework, Resource named, JsonNode reservation) throws Refused {
        String owner = framework.principal();
        if (!owner.isEmpty() && !owner.equals(Json.text(reservation, "principal"))) {
            throw new Refused("A reserve operation was attempted by principal '" + owner
                    + "', but there is a reserved resource in the request with "
                    + (reservation.has("principal")
                            ? "principal '" + Json.text(reservation, "principal") + "' set in `ReservationInfo`"
                            : "no principal set"));
        }
        if (!framework.roles().contains(named.reservedRole())
                || named.reservedRole().equals("*")) {
            throw new Refused("A reserve operation was attempted for a resource with role '" + named.reservedRole()
                    + "', but the framework can only reserve resources with roles " + framework.roles());
        }
    }

    private static boolean exists(AgentEntry agent, Resource named) {
        return agent.total.all().stream()
                .anyMatch(each -> each.isVolume()
                        && each.volumeId().equals(named.volumeId())
                        && each.reservedRole().equals(named.reservedRole()));
    }

    private static void apply(AgentEntry agent, Conversion conversion) {
        agent.total = agent.total
                .minus(conversion.taken().allocatedTo(""))
                .plus(conversion.given().allocatedTo(""));
        agent.agent.keepResources(agent.total);
    }

    private void finished(Framework framework, AgentEntry agent, JsonNode operation) {
        id(operation).ifPresent(id -> {
            ObjectNode status = status(id, "OPERATION_FINISHED", "");
            status.set("uuid", Json.id(Status.newUuid()));
            status.set("agent_id", Json.id(agent.id));
            unacknowledged.put(id, status);
            send(framework, status);
        });
    }

    private static Optional<String> id(JsonNode operation) {
        return Json.id(operation, "id");
    }

    private static ObjectNode status(String id, String state, String message) {
        ObjectNode status = Json.object();
        status.set("operation_id", Json.id(id));
        status.put("state", state);
        if (!message.isEmpty()) {
            status.put("message", message);
        }
        return status;
    }

    private static void send(Framework framework, ObjectNode status) {
        framework.send(Json.event("UPDATE_OPERATION_STATUS", Json.object("status", status)));
    }
}
