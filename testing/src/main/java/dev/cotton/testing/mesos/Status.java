package dev.cotton.testing.mesos;

import java.nio.ByteBuffer;
import java.time.Instant;
import java.util.Base64;
import java.util.UUID;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/** Builds task statuses and update events as masters and agents write them. */
final class Status {
    private Status() {}

    static ObjectNode of(String task, String state, String message, String source, String reason) {
        ObjectNode status = Json.object();
        status.set("task_id", Json.id(task));
        status.put("state", state);
        if (!message.isEmpty()) {
            status.put("message", message);
        }
        status.put("source", source);
        if (!reason.isEmpty()) {
            status.put("reason", reason);
        }
        return status;
    }

    static ObjectNode byMaster(String task, String state, String message, String reason) {
        return of(task, state, message, "SOURCE_MASTER", reason);
    }

    static ObjectNode byAgent(String task, String state, String message, String reason) {
        return of(task, state, message, "SOURCE_AGENT", reason);
    }

    static JsonNode update(ObjectNode status) {
        if (!status.has("timestamp")) {
            status.put("timestamp", now());
        }
        return Json.event("UPDATE", Json.object("status", status));
    }

    /** Seconds since the epoch with fractions. */
    static double now() {
        Instant now = Instant.now();
        return now.getEpochSecond() + now.getNano() / 1e9;
    }

    static long nowNanoseconds() {
        Instant now = Instant.now();
        return now.getEpochSecond() * 1_000_000_000L + now.getNano();
    }

    /** A new UUID as protobuf bytes in JSON. */
    static String newUuid() {
        UUID uuid = UUID.randomUUID();
        byte[] bytes = ByteBuffer.allocate(16)
                .putLong(uuid.getMostSignificantBits())
                .putLong(uuid.getLeastSignificantBits())
                .array();
        return Base64.getEncoder().encodeToString(bytes);
    }
}
