package dev.cotton.testing.mesos;

import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/** The v1 scheduler API of a leading master. */
final class SchedulerApi {
    private static final String INVALID = "Failed to validate scheduler::Call: ";
    private static final Set<String> BARE =
            Set.of("REVIVE", "SUPPRESS", "TEARDOWN", "REQUEST"); // their bodies may be left out
    private static final Set<String> UNKNOWN_OPERATIONS =
            Set.of("LAUNCH_GROUP", "GROW_VOLUME", "SHRINK_VOLUME", "CREATE_DISK", "DESTROY_DISK");

    private final Master master;
    private final Acceptance acceptance;

    SchedulerApi(Master master) {
        this.master = master;
        this.acceptance = new Acceptance(master);
    }

    WebReply answer(WebRequest request, Optional<String> principal) {
        if (!request.method().equals("POST")) {
            return WebReply.onlyPost(request.method());
        }
        try {
            Optional<WebReply> refused = wrongContent(request);
            if (refused.isPresent()) {
                return refused.get();
            }
            ObjectNode call = Schema.understood("SchedulerCall", parsed(request.body()));
            validate(call, principal);
            return Json.text(call, "type").equals("SUBSCRIBE")
                    ? subscribe(request, call, principal)
                    : call(request, call, principal);
        } catch (BadCall bad) {
            return WebReply.text(400, bad.why());
        }
    }

    static Optional<WebReply> wrongContent(WebRequest request) {
        Optional<String> type = request.header("content-type");
        if (type.isEmpty()) {
            return Optional.of(WebReply.text(400, "Expecting 'Content-Type' to be present"));
        }
        return type.get().equals("application/json")
                ? Optional.empty()
                : Optional.of(
                        WebReply.text(415, "Expecting 'Content-Type' of application/json or application/x-protobuf"));
    }

    static JsonNode parsed(String body) throws BadCall {
        try {
            return Json.parse(body);
        } catch (JacksonException e) {
            int line = Math.max(1, e.getLocation().getLineNr());
            int from = body.isEmpty() ? 0 : Math.min(body.length(), 1);
            throw new BadCall(
                    "Failed to parse body into JSON: syntax error at line " + line + " near: " + body.substring(from));
        }
    }

    private static void validate(JsonNode call, Optional<String> principal) throws BadCall {
        String type = Json.text(call, "type");
        if (type.isEmpty()) {
            throw new BadCall(INVALID + "Expecting 'type' to be present");
        }
        if (type.equals("SUBSCRIBE")) {
            present(call, "subscribe");
            JsonNode info = call.path("subscribe").path("framework_info");
            if (!Json.id(call, "framework_id").equals(Json.id(info, "id"))) {
                throw new BadCall(INVALID + "'framework_id' differs from 'subscribe.framework_info.id'");
            }
            String named = info.path("principal").asString("");
            if (principal.isPresent() && !named.isEmpty() && !named.equals(principal.get())) {
                throw new BadCall(INVALID + mismatch(principal.get(), named));
            }
            return;
        }
        present(call, "framework_id");
        if (!BARE.contains(type)) {
            present(call, type.toLowerCase(Locale.ROOT));
        }
        JsonNode acknowledge = call.path(type.toLowerCase(Locale.ROOT));
        if (type.startsWith("ACKNOWLEDGE") && !Scalars.isUuid(Json.text(acknowledge, "uuid"))) {
            throw new BadCall(INVALID + "Not a valid UUID");
        }
    }

    private static void present(JsonNode call, String field) throws BadCall {
        if (!call.has(field)) {
            throw new BadCall(INVALID + "Expecting '" + field + "' to be present");
        }
    }

    private static String mismatch(String authenticated, String named) {
        return "Authenticated principal '" + authenticated + "' does not match principal '" + named
                + "' set in `FrameworkInfo`";
    }

    private WebReply subscribe(WebRequest request, JsonNode call, Optional<String> principal) throws BadCall {
        List<String> accepted = List.of(request.header("accept").orElse("*/*").split(","));
        boolean json = accepted.stream()
                .map(each -> each.split(";", 2)[0].strip())
                .anyMatch(Set.of("*/*", "application/*", "application/json")::contains);
        if (!json) {
            return WebReply.text(406, "Expecting 'Accept' to allow 'application/x-protobuf' or 'application/json'");
        }
        if (request.header("mesos-stream-id").isPresent()) {
            throw new BadCall("Subscribe calls should not include the 'Mesos-Stream-Id' header");
        }
        return master.subscriptions.subscribe(call, principal);
    }

    private WebReply call(WebRequest request, JsonNode call, Optional<String> principal) throws BadCall {
        String id = Json.idOr(call, "framework_id");
        Framework framework = master.framework(id).orElseThrow(() -> new BadCall("Framework cannot be found"));
        String owner = framework.principal();
        if (principal.isPresent() && !owner.isEmpty() && !owner.equals(principal.get())) {
            throw new BadCall(mismatch(principal.get(), owner));
        }
        if (!framework.isConnected()) {
            return WebReply.text(403, "Framework is not subscribed");
        }
        String stream = request.header("mesos-stream-id")
                .orElseThrow(() -> new BadCall("All non-subscribe calls should include the 'Mesos-Stream-Id' header"));
        if (!stream.equals(framework.streamId)) {
            throw new BadCall("The stream ID '" + stream + "' included in this request didn't match the stream ID"
                    + " currently associated with framework ID " + id);
        }
        return perform(framework, call);
    }

    private WebReply perform(Framework framework, JsonNode call) throws BadCall {
        String type = Json.text(call, "type");
        JsonNode body = call.path(type.toLowerCase(Locale.ROOT));
        switch (type) {
            case "ACCEPT" -> accept(framework, body);
            case "DECLINE" ->
                master.allocator.decline(framework, body.path("offer_ids"), Allocator.refusal(body.path("filters")));
            case "REVIVE" -> master.allocator.revive(framework, body);
            case "SUPPRESS" -> master.allocator.suppress(framework, body);
            case "TEARDOWN" -> master.subscriptions.remove(framework);
            case "UPDATE_FRAMEWORK" -> {
                return updateFramework(framework, body);
            }
            case "ACCEPT_INVERSE_OFFERS", "DECLINE_INVERSE_OFFERS" ->
                master.maintenance.answered(framework, body, type.startsWith("ACCEPT"));
            case "REQUEST" -> {}
            default -> updates(framework, type, body);
        }
        return WebReply.empty(202);
    }

    private void updates(Framework framework, String type, JsonNode body) {
        switch (type) {
            case "KILL" -> master.updates.kill(framework, body);
            case "ACKNOWLEDGE" -> master.updates.acknowledge(framework, body);
            case "RECONCILE" -> master.updates.reconcile(framework, body);
            case "ACKNOWLEDGE_OPERATION_STATUS" -> master.operations.acknowledge(body);
            case "RECONCILE_OPERATIONS" -> master.operations.reconcile(framework, body);
            case "MESSAGE" -> toAgent(body, agent -> agent.message(framework.id, body));
            case "SHUTDOWN" ->
                toAgent(body, agent -> agent.shutdownExecutor(framework.id, Json.idOr(body, "executor_id")));
            default -> throw new IllegalStateException("unknown call " + type);
        }
    }

    private void toAgent(JsonNode body, Consumer<Agent> work) {
        master.agent(Json.idOr(body, "agent_id"))
                .filter(each -> each.connected)
                .ifPresent(each -> work.accept(each.agent));
    }

    private void accept(Framework framework, JsonNode body) throws BadCall {
        for (JsonNode each : body.path("operations")) {
            if (UNKNOWN_OPERATIONS.contains(Json.text(each, "type"))) {
                throw new BadCall("The Mesos simulator does not know the operation " + Json.text(each, "type"));
            }
        }
        acceptance.accept(framework, body);
    }

    private WebReply updateFramework(Framework framework, JsonNode body) {
        ObjectNode info = (ObjectNode) body.path("framework_info");
        Optional<String> refusal = FrameworkRules.refusal(info);
        if (refusal.isPresent()) {
            return WebReply.text(400, refusal.get());
        }
        framework.update(info);
        framework.suppressed.clear();
        body.path("suppressed_roles").forEach(role -> framework.suppressed.add(role.asString()));
        master.allocator.allocate();
        return WebReply.empty(200);
    }
}
