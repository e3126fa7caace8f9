package dev.cotton.testing.mesos;

import java.util.HashSet;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/** The v1 executor API of an agent. */
final class ExecutorApi {
    private static final String INVALID = "Failed to validate Executor::Call: ";
    private static final Set<String> PATHS = Set.of("/api/v1/executor", "/slave(1)/api/v1/executor");
    private final Agent agent;

    ExecutorApi(Agent agent) {
        this.agent = agent;
    }

    /** Called on the threads of connections. */
    WebReply answer(WebRequest request) {
        return agent.loop().ask(() -> answerInLoop(request));
    }

    private WebReply answerInLoop(WebRequest request) {
        if (request.path().equals("/health")) {
            return WebReply.empty(200);
        }
        if (!PATHS.contains(request.path())) {
            return WebReply.empty(404);
        }
        if (agent.isRecovering()) {
            return WebReply.text(503, "Agent has not finished recovery");
        }
        if (!request.method().equals("POST")) {
            return WebReply.onlyPost(request.method());
        }
        try {
            Optional<WebReply> refused = SchedulerApi.wrongContent(request);
            return refused.isPresent()
                    ? refused.get()
                    : call(Schema.understood("ExecutorCall", SchedulerApi.parsed(request.body())));
        } catch (BadCall bad) {
            return WebReply.text(400, bad.why());
        }
    }

    private WebReply call(ObjectNode call) throws BadCall {
        validate(call);
        String framework = Json.idOr(call, "framework_id");
        if (agent.runs().stream().noneMatch(each -> each.frameworkId().equals(framework))) {
            throw new BadCall("Framework cannot be found");
        }
        AgentRun run = agent.tasks()
                .alive(framework, Json.idOr(call, "executor_id"))
                .orElseThrow(() -> new BadCall("Executor cannot be found"));
        String type = Json.text(call, "type");
        if (type.equals("SUBSCRIBE")) {
            return subscribe(run, call.path("subscribe"));
        }
        if (!run.isSubscribed()) {
            return WebReply.text(403, "Executor is not subscribed");
        }
        if (type.equals("UPDATE")) {
            ObjectNode status = (ObjectNode) call.path("update").path("status");
            agent.loop().run(() -> agent.tasks().update(run, status));
        } else if (type.equals("MESSAGE")) {
            String data = Json.text(call.path("message"), "data");
            agent.master()
                    .ifPresent(each -> each.updates.messageFromExecutor(framework, agent.id(), run.executorId(), data));
        }
        return WebReply.empty(202);
    }

    private static void validate(JsonNode call) throws BadCall {
        String type = Json.text(call, "type");
        if (type.isEmpty()) {
            throw new BadCall(INVALID + "Expecting 'type' to be present");
        }
        String body = type.toLowerCase(Locale.ROOT);
        if (!type.equals("HEARTBEAT") && !call.has(body)) {
            throw new BadCall(INVALID + "Expecting '" + body + "' to be present");
        }
        if (type.equals("UPDATE")) {
            validate(
                    Json.idOr(call, "framework_id"),
                    Json.idOr(call, "executor_id"),
                    call.path("update").path("status"));
        }
    }

    private static void validate(String framework, String executor, JsonNode status) throws BadCall {
        if (!status.has("uuid")) {
            throw new BadCall(INVALID + "Expecting 'uuid' to be present");
        }
        if (!Scalars.isUuid(Json.text(status, "uuid"))) {
            throw new BadCall(INVALID + "Not a valid UUID");
        }
        String named = Json.id(status, "executor_id").orElse(executor);
        if (!named.equals(executor)) {
            throw new BadCall(
                    INVALID + "ExecutorID in Call: " + executor + " does not match ExecutorID in TaskStatus: " + named);
        }
        if (!Json.text(status, "source").equals("SOURCE_EXECUTOR")) {
            throw new BadCall(INVALID + "Received Call from executor " + executor + " of framework " + framework
                    + " with invalid source, expecting 'SOURCE_EXECUTOR'");
        }
        if (Json.text(status, "state").equals("TASK_STAGING")) {
            throw new BadCall(INVALID + "Received TASK_STAGING from executor " + executor + " of framework " + framework
                    + " which is not allowed");
        }
    }

    private WebReply subscribe(AgentRun run, JsonNode subscribe) {
        boolean again = run.wasSubscribed();
        RecordStream[] made = new RecordStream[1];
        RecordStream stream = new RecordStream(() -> agent.loop().run(() -> run.unsubscribe(Optional.of(made[0]))));
        made[0] = stream;
        run.subscribe(stream);
        ObjectNode subscribed = Json.object();
        subscribed.set("executor_info", run.executorInfo());
        subscribed.set("framework_info", run.framework());
        subscribed.set("agent_info", AgentDescription.info(agent));
        subscribed.set("container_id", Json.id(run.containerId()));
        run.send(Json.event("SUBSCRIBED", subscribed));
        for (JsonNode each : subscribe.path("unacknowledged_updates")) {
            agent.tasks().update(run, (ObjectNode) each.path("status"));
        }
        if (again) {
            dropUndelivered(run, subscribe.path("unacknowledged_tasks"));
        }
        agent.tasks().deliver(run);
        agent.executorsChanged();
        return WebReply.streaming(stream);
    }

    /** Tasks that were sent when the agent stopped, and that the executor says it never got. */
    private void dropUndelivered(AgentRun run, JsonNode unacknowledged) {
        Set<String> got = new HashSet<>();
        unacknowledged.forEach(each -> got.add(Json.idOr(each, "task_id")));
        for (AgentRun.RunTask each : run.tasks()) {
            if (each.isDelivered() && each.state().equals("TASK_STAGING") && !got.contains(each.id())) {
                ObjectNode dropped = Status.byAgent(
                        each.id(), "TASK_DROPPED", "Task launched during agent restart", "REASON_AGENT_RESTARTED");
                each.note(dropped);
                agent.tasks().tell(run.frameworkId(), run.executorId(), dropped);
            }
        }
    }
}
