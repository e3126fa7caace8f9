package dev.cotton.testing.mesos;

import java.time.Duration;
import java.util.Optional;
import java.util.UUID;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/** Frameworks coming, failing over, disconnecting and being removed. */
final class Subscriptions {
    private final Master master;

    Subscriptions(Master master) {
        this.master = master;
    }

    void beat() {
        master.frameworks.values().forEach(each -> each.send(Json.object().put("type", "HEARTBEAT")));
    }

    /** Answers a valid SUBSCRIBE with its stream. */
    WebReply subscribe(JsonNode call, Optional<String> principal) {
        JsonNode subscribe = call.path("subscribe");
        ObjectNode info = (ObjectNode) subscribe.path("framework_info");
        String id = Json.idOr(call, "framework_id");
        Optional<String> refusal = master.completed.contains(id)
                ? Optional.of("Framework has been removed")
                : FrameworkRules.refusal(info);
        if (refusal.isPresent()) {
            return refused(refusal.get());
        }
        principal.ifPresent(each -> info.put("principal", each));
        Framework framework = id.isEmpty() ? null : master.frameworks.get(id);
        if (framework == null) {
            framework = new Framework(id.isEmpty() ? master.newFrameworkId() : id, info);
            info.set("id", Json.id(framework.id));
            master.frameworks.put(framework.id, framework);
        } else {
            failOver(framework);
            framework.update(info);
        }
        framework.suppressed.clear();
        for (JsonNode role : subscribe.path("suppressed_roles")) {
            framework.suppressed.add(role.asString());
        }
        return connect(framework);
    }

    private static WebReply refused(String why) {
        RecordStream stream = new RecordStream(() -> {});
        stream.send(error(why));
        stream.end();
        return WebReply.streaming(stream)
                .with("Mesos-Stream-Id", UUID.randomUUID().toString());
    }

    private WebReply connect(Framework framework) {
        RecordStream[] made = new RecordStream[1];
        RecordStream stream = new RecordStream(() -> master.cluster.loop().run(() -> lost(framework, made[0])));
        made[0] = stream;
        framework.connect(stream);
        ObjectNode subscribed = Json.object();
        subscribed.set("framework_id", Json.id(framework.id));
        subscribed.put(
                "heartbeat_interval_seconds", master.options.heartbeatInterval().toMillis() / 1000.0);
        subscribed.set("master_info", master.info());
        framework.send(Json.event("SUBSCRIBED", subscribed));
        framework.send(Json.object().put("type", "HEARTBEAT"));
        master.allocator.allocate();
        return WebReply.streaming(stream).with("Mesos-Stream-Id", framework.streamId);
    }

    private static JsonNode error(String why) {
        return Json.event("ERROR", Json.object().put("message", why));
    }

    private void failOver(Framework framework) {
        RecordStream old = framework.stream;
        if (old != null) {
            framework.stream = null;
            old.send(error("Framework failed over"));
            old.end();
        }
        dropOffers(framework);
    }

    private void lost(Framework framework, RecordStream stream) {
        if (framework.stream == stream) {
            disconnect(framework);
        }
    }

    /** The stream has ended: the framework is removed unless it comes back within its failover timeout. */
    void disconnect(Framework framework) {
        framework.stream = null;
        dropOffers(framework);
        expect(framework);
    }

    /** Removes the framework unless it subscribes within its failover timeout. */
    void expect(Framework framework) {
        Duration timeout = Duration.ofMillis(Math.round(Math.max(0, framework.failoverTimeout()) * 1000));
        if (timeout.isZero()) {
            remove(framework);
        } else {
            framework.removal = master.cluster.loop().timer(timeout, () -> remove(framework));
        }
    }

    /** For ever: its executors are shut down, and its id cannot come back. */
    void remove(Framework framework) {
        if (master.frameworks.remove(framework.id) == null) {
            return;
        }
        master.completed.add(framework.id);
        dropOffers(framework);
        master.allocator.forget(framework);
        RecordStream stream = framework.stream;
        framework.stream = null;
        if (stream != null) {
            stream.end();
        }
        master.agents.values().forEach(each -> each.agent.shutdownFramework(framework.id));
    }

    private void dropOffers(Framework framework) {
        master.offers.of(each -> each.framework().equals(framework.id)).forEach(master.offers::remove);
        master.maintenance.drop(framework);
    }
}
