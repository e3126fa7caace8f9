package dev.cotton.core.mesos;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonInclude.Include;
import com.fasterxml.jackson.annotation.JsonProperty;
import java.util.Optional;
import java.util.OptionalDouble;

/**
 * What is known of a task.
 *
 * @param message for people
 * @param reason a constant of the schema's {@code Reason}, for instance {@code REASON_RECONCILIATION}; new ones appear
 *     with every version
 * @param executorId absent in what the master says by itself
 * @param timestamp seconds since 1970
 * @param uuid 16 bytes. Present: whoever receives this has to acknowledge it; absent: must not
 * @param healthy absent when nobody looks
 * @param unreachableTime since when the agent is not heard
 */
@JsonInclude(Include.NON_ABSENT)
public record TaskStatus(
        @JsonProperty("task_id") TaskId taskId,
        TaskState state,
        Optional<String> message,
        Optional<Source> source,
        Optional<String> reason,
        Optional<Bytes> data,
        @JsonProperty("agent_id") Optional<AgentId> agentId,
        @JsonProperty("executor_id") Optional<ExecutorId> executorId,
        OptionalDouble timestamp,
        Optional<Bytes> uuid,
        Optional<Boolean> healthy,
        @JsonProperty("unreachable_time") Optional<Nanoseconds> unreachableTime) {

    /** Who says it. */
    public enum Source {
        SOURCE_MASTER,
        SOURCE_AGENT,
        SOURCE_EXECUTOR,
        UNRECOGNIZED;

        @JsonCreator
        static Source read(String name) {
            return Wire.constant(Source.class, name, UNRECOGNIZED);
        }
    }

    /** Whether the sender repeats this until it is acknowledged. */
    public boolean wantsAcknowledgement() {
        return uuid.isPresent();
    }
}
