package dev.cotton.core.mesos;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonInclude.Include;
import com.fasterxml.jackson.annotation.JsonProperty;
import com.fasterxml.jackson.annotation.JsonValue;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** What an executor says to its agent. Written in an {@link Envelope}. */
public sealed interface ExecutorCall {

    /**
     * Answered by the stream of {@link ExecutorEvent}s.
     *
     * @param unacknowledgedTasks that were launched and of which no update was acknowledged
     * @param unacknowledgedUpdates in the order in which they were made
     */
    @JsonInclude(Include.NON_EMPTY)
    record Subscribe(
            @JsonProperty("unacknowledged_tasks") List<TaskInfo> unacknowledgedTasks,
            @JsonProperty("unacknowledged_updates") List<Update> unacknowledgedUpdates)
            implements ExecutorCall {
        public Subscribe {
            unacknowledgedTasks = Wire.repeated(unacknowledgedTasks);
            unacknowledgedUpdates = Wire.repeated(unacknowledgedUpdates);
        }
    }

    /** @param status from {@code SOURCE_EXECUTOR}, with a uuid of its own */
    record Update(TaskStatus status) implements ExecutorCall {}

    /** To the framework's scheduler; dropped in silence when it is not there. */
    record Message(Bytes data) implements ExecutorCall {}

    /** {@code executor.Call.Type} of the schema. */
    enum Type {
        SUBSCRIBE,
        UPDATE,
        MESSAGE
    }

    default Type type() {
        return switch (this) {
            case Subscribe _ -> Type.SUBSCRIBE;
            case Update _ -> Type.UPDATE;
            case Message _ -> Type.MESSAGE;
        };
    }

    /** A call as it is written. */
    record Envelope(ExecutorId executorId, FrameworkId frameworkId, ExecutorCall call) {
        @JsonValue
        Map<String, Object> written() {
            Map<String, Object> fields = Wire.typed(call.type(), Optional.of(call));
            fields.put("executor_id", executorId);
            fields.put("framework_id", frameworkId);
            return fields;
        }
    }
}
