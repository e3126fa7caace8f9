package dev.cotton.core.mesos;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonInclude.Include;
import com.fasterxml.jackson.annotation.JsonProperty;
import java.util.List;
import java.util.Optional;

/**
 * What became of an operation that had an id.
 *
 * @param uuid present: has to be acknowledged. In an object here, bare in the acknowledgement
 * @param convertedResources what there is now instead of what the operation named
 */
@JsonInclude(Include.NON_EMPTY)
public record OperationStatus(
        @JsonProperty("operation_id") Optional<OperationId> operationId,
        State state,
        Optional<String> message,
        @JsonProperty("converted_resources") List<Resource> convertedResources,
        Optional<Uuid> uuid,
        @JsonProperty("agent_id") Optional<AgentId> agentId) {

    public OperationStatus {
        convertedResources = Wire.repeated(convertedResources);
    }

    public record Uuid(Bytes value) {}

    /** {@code OperationState} of the schema. */
    public enum State {
        OPERATION_PENDING,
        OPERATION_FINISHED,
        OPERATION_FAILED,
        OPERATION_ERROR,
        OPERATION_DROPPED,
        OPERATION_UNREACHABLE,
        OPERATION_GONE_BY_OPERATOR,
        OPERATION_RECOVERING,
        OPERATION_UNKNOWN,
        UNRECOGNIZED;

        @JsonCreator
        static State read(String name) {
            return Wire.constant(State.class, name, UNRECOGNIZED);
        }
    }
}
