package dev.cotton.testing.mesos;

import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.Future;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/** What a master knows of one framework. */
final class Framework {
    final String id;

    /** By id, those that the master counts as running, also ended ones whose end is not acknowledged. */
    final Map<String, Task> tasks = new LinkedHashMap<>();

    /** By id, those on agents that are unreachable. */
    final Map<String, Task> unreachable = new LinkedHashMap<>();

    /** Resources of living executors by agent and executor. */
    final Map<ExecutorKey, Resources> executors = new HashMap<>();

    final Set<String> suppressed = new HashSet<>();
    ObjectNode info;
    String streamId = "";

    @Nullable
    RecordStream stream;

    @Nullable
    Future<?> removal;

    record ExecutorKey(String agent, String executor) {}

    Framework(String id, ObjectNode info) {
        this.id = id;
        this.info = info;
    }

    boolean isConnected() {
        return stream != null;
    }

    void send(JsonNode event) {
        if (stream != null) {
            stream.send(event);
        }
    }

    void connect(RecordStream connected) {
        stream = connected;
        streamId = UUID.randomUUID().toString();
        if (removal != null) {
            removal.cancel(false);
        }
    }

    /** Takes over what may change on a new subscription: all but user and checkpoint. */
    void update(ObjectNode changed) {
        JsonNode user = info.path("user");
        JsonNode checkpoint = info.path("checkpoint");
        info = changed;
        info.set("user", user);
        info.set("checkpoint", checkpoint);
        info.set("id", Json.id(id));
    }

    boolean can(String capability) {
        return Json.elements(info.path("capabilities")).stream()
                .anyMatch(each -> Json.text(each, "type").equals(capability));
    }

    boolean isCheckpointed() {
        return info.path("checkpoint").asBoolean(false);
    }

    String principal() {
        return Json.text(info, "principal");
    }

    double failoverTimeout() {
        return Json.number(info, "failover_timeout", 0);
    }

    /** Its roles in order; the old single role when it has no more than one. */
    Set<String> roles() {
        Set<String> roles = new LinkedHashSet<>();
        if (can("MULTI_ROLE")) {
            info.path("roles").forEach(each -> roles.add(each.asString()));
        } else {
            roles.add(info.path("role").asString("*"));
        }
        return roles;
    }

    /** {@code aware} to frameworks that know of partitions, the old TASK_LOST to all others. */
    String lossState(String aware) {
        return can("PARTITION_AWARE") ? aware : "TASK_LOST";
    }
}
