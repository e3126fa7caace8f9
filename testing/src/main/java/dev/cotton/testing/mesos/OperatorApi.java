package dev.cotton.testing.mesos;

import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/** The few operator endpoints that tests of a framework need. */
final class OperatorApi {
    private final Master master;

    OperatorApi(Master master) {
        this.master = master;
    }

    WebReply answer(WebRequest request, String path) {
        try {
            return switch (path) {
                case "/maintenance/schedule" -> schedule(SchedulerApi.parsed(request.body()));
                case "/maintenance/status" -> WebReply.json(Json.print(master.maintenance.status()));
                case "/machine/down" -> machines(request, this::down);
                case "/machine/up" -> machines(request, this::up);
                case "/api/v1" -> call(SchedulerApi.parsed(request.body()));
                case "/teardown" -> tearDown(form(request).getOrDefault("frameworkId", ""));
                case "/reserve" -> operation(request, "RESERVE");
                case "/unreserve" -> operation(request, "UNRESERVE");
                case "/create-volumes" -> operation(request, "CREATE");
                case "/destroy-volumes" -> operation(request, "DESTROY");
                case "/roles" -> WebReply.json(Json.print(master.roles.json()));
                case "/slaves" -> WebReply.json(Json.print(agents()));
                case "/state" -> WebReply.json(Json.print(state()));
                case "/tasks" -> WebReply.json(Json.print(tasks()));
                default -> WebReply.empty(404);
            };
        } catch (BadCall bad) {
            return WebReply.text(400, bad.why());
        }
    }

    private WebReply schedule(JsonNode schedule) {
        for (JsonNode window : schedule.path("windows")) {
            for (JsonNode machine : window.path("machine_ids")) {
                agentsOn(machine).forEach(each -> master.maintenance.schedule(each, window.path("unavailability")));
            }
        }
        return WebReply.empty(200);
    }

    private WebReply machines(WebRequest request, Consumer<JsonNode> work) throws BadCall {
        SchedulerApi.parsed(request.body()).forEach(work);
        return WebReply.empty(200);
    }

    private void down(JsonNode machine) {
        agentsOn(machine).forEach(each -> {
            master.watch.remove(each.id, "Operator initiated 'Machine DOWN'");
            each.agent.toldToShutDown();
        });
    }

    private void up(JsonNode machine) {
        agentsOn(machine).forEach(each -> each.unavailability = Optional.empty());
    }

    private List<AgentEntry> agentsOn(JsonNode machine) {
        return List.copyOf(master.agents.values()).stream()
                .filter(each -> each.agent.options().hostname().equals(Json.text(machine, "hostname")))
                .toList();
    }

    private WebReply call(JsonNode call) {
        switch (Json.text(call, "type")) {
            case "MARK_AGENT_GONE" -> master.watch.markGone(Json.idOr(call.path("mark_agent_gone"), "agent_id"));
            case "UPDATE_QUOTA" -> master.roles.update(call.path("update_quota").path("quota_configs"));
            case "TEARDOWN" ->
                master.framework(Json.idOr(call.path("teardown"), "framework_id"))
                        .ifPresent(master.subscriptions::remove);
            default -> {
                return WebReply.text(501, "The Mesos simulator does not know the call " + Json.text(call, "type"));
            }
        }
        return WebReply.empty(200);
    }

    private WebReply tearDown(String id) throws BadCall {
        master.subscriptions.remove(
                master.framework(id).orElseThrow(() -> new BadCall("No framework found with specified ID")));
        return WebReply.empty(200);
    }

    private static Map<String, String> form(WebRequest request) {
        Map<String, String> form = new HashMap<>();
        for (String each : request.body().split("&", -1)) {
            String[] pair = each.split("=", 2);
            form.put(pair[0], URLDecoder.decode(pair.length > 1 ? pair[1] : "", StandardCharsets.UTF_8));
        }
        return form;
    }

    /** The form has {@code slaveId}, and {@code resources} or {@code volumes} in JSON. */
    private WebReply operation(WebRequest request, String type) throws BadCall {
        Map<String, String> form = form(request);
        AgentEntry agent = master.agents.get(form.getOrDefault("slaveId", ""));
        if (agent == null) {
            throw new BadCall("No agent found with specified ID");
        }
        String field = type.endsWith("RESERVE") ? "resources" : "volumes";
        JsonNode resources = SchedulerApi.parsed(form.getOrDefault(field, "[]"));
        return master.operations
                .performByOperator(agent, type, resources)
                .map(why -> WebReply.text(409, why))
                .orElseGet(() -> WebReply.empty(202));
    }

    private ObjectNode agents() {
        ObjectNode agents = Json.object(
                "slaves",
                Json.array(
                        master.agents.values().stream().map(OperatorApi::sized).toList()));
        agents.set(
                "recovered_slaves",
                Json.array(master.recovered.stream()
                        .map(id -> Json.object().put("id", id))
                        .toList()));
        return agents;
    }

    private static ObjectNode sized(AgentEntry agent) {
        ObjectNode amounts = Json.object();
        for (String name : List.of("disk", "mem", "gpus", "cpus")) {
            amounts.put(name, agent.total.thousandths(name) / 1000.0);
        }
        ObjectNode json = agent(agent).put("deactivated", agent.deactivated).put("version", "1.12.0");
        json.set("resources", amounts);
        return json;
    }

    private ObjectNode state() {
        ObjectNode state = Json.object().put("id", master.id).put("version", "1.12.0");
        state.set(
                "frameworks",
                Json.array(master.frameworks.values().stream()
                        .map(OperatorApi::framework)
                        .toList()));
        state.set(
                "slaves",
                Json.array(
                        master.agents.values().stream().map(OperatorApi::agent).toList()));
        return state;
    }

    private static ObjectNode framework(Framework framework) {
        ObjectNode json = Json.object()
                .put("id", framework.id)
                .put("name", Json.text(framework.info, "name"))
                .put("active", framework.isConnected());
        json.set(
                "tasks",
                Json.array(framework.tasks.values().stream()
                        .map(each -> task(framework, each))
                        .toList()));
        json.set(
                "executors",
                Json.array(framework.tasks.values().stream()
                        .filter(each -> each.shown.has("executor"))
                        .map(each -> each.shown.path("executor"))
                        .toList()));
        return json;
    }

    private ObjectNode tasks() {
        return Json.object(
                "tasks",
                Json.array(master.frameworks.values().stream()
                        .flatMap(framework -> framework.tasks.values().stream().map(each -> task(framework, each)))
                        .toList()));
    }

    private static ObjectNode task(Framework framework, Task task) {
        ObjectNode json = Json.object()
                .put("id", task.id)
                .put("name", Json.text(task.shown, "name"))
                .put("framework_id", framework.id)
                .put("executor_id", task.executor)
                .put("slave_id", task.agent)
                .put("state", task.state);
        for (String field : List.of("resources", "labels", "discovery", "health_check")) {
            if (task.shown.has(field)) {
                json.set(field, task.shown.path(field));
            }
        }
        return json;
    }

    private static ObjectNode agent(AgentEntry agent) {
        ObjectNode json = Json.object()
                .put("id", agent.id)
                .put("hostname", agent.agent.options().hostname())
                .put("active", agent.connected);
        json.set("resources", agent.total.json(true, false));
        return json;
    }
}
