package dev.cotton.core.mesos;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonInclude.Include;
import com.fasterxml.jackson.annotation.JsonProperty;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** What an agent says to an executor. */
public sealed interface ExecutorEvent {

    record Subscribed(
            @JsonProperty("executor_info") ExecutorInfo executorInfo,
            @JsonProperty("framework_info") FrameworkInfo frameworkInfo,
            @JsonProperty("agent_info") AgentInfo agentInfo)
            implements ExecutorEvent {}

    record AgentInfo(Optional<AgentId> id, String hostname, int port) {
        /** @param port absent: 5051 */
        @JsonCreator
        static AgentInfo read(
                @JsonProperty("id") Optional<AgentId> id,
                @JsonProperty("hostname") String hostname,
                @JsonProperty("port") @Nullable Integer port) {
            return new AgentInfo(id, hostname, port == null ? 5051 : port);
        }
    }

    record Launch(TaskInfo task) implements ExecutorEvent {}

    record LaunchGroup(@JsonProperty("task_group") TaskGroup taskGroup) implements ExecutorEvent {}

    /** {@code TaskGroupInfo} of the schema: tasks that live and die together. */
    record TaskGroup(List<TaskInfo> tasks) {
        public TaskGroup {
            tasks = Wire.repeated(tasks);
        }
    }

    @JsonInclude(Include.NON_ABSENT)
    record Kill(
            @JsonProperty("task_id") TaskId taskId,
            @JsonProperty("kill_policy") Optional<TaskInfo.KillPolicy> killPolicy)
            implements ExecutorEvent {}

    /** The agent has kept that update. */
    record Acknowledged(@JsonProperty("task_id") TaskId taskId, Bytes uuid) implements ExecutorEvent {}

    /** From the framework's scheduler. */
    record Message(Bytes data) implements ExecutorEvent {}

    /** End all tasks and exit, within the executor's grace period. */
    record Shutdown() implements ExecutorEvent {}

    /** The subscription is over: {@code Error} of the schema. */
    record Ended(String message) implements ExecutorEvent {}

    record Heartbeat() implements ExecutorEvent {}

    /** Of a type that this version does not know. */
    record Unknown(String type) implements ExecutorEvent {}

    /** @throws IllegalArgumentException when what the type promises is missing */
    @JsonCreator
    static ExecutorEvent read(
            @JsonProperty(value = "type", required = true) String type,
            @JsonProperty("subscribed") @Nullable Subscribed subscribed,
            @JsonProperty("launch") @Nullable Launch launch,
            @JsonProperty("launch_group") @Nullable LaunchGroup launchGroup,
            @JsonProperty("kill") @Nullable Kill kill,
            @JsonProperty("acknowledged") @Nullable Acknowledged acknowledged,
            @JsonProperty("message") @Nullable Message message,
            @JsonProperty("error") @Nullable Ended error) {
        return switch (type) {
            case "SUBSCRIBED" -> Wire.body(type, subscribed);
            case "LAUNCH" -> Wire.body(type, launch);
            case "LAUNCH_GROUP" -> Wire.body(type, launchGroup);
            case "KILL" -> Wire.body(type, kill);
            case "ACKNOWLEDGED" -> Wire.body(type, acknowledged);
            case "MESSAGE" -> Wire.body(type, message);
            case "ERROR" -> Wire.body(type, error);
            case "SHUTDOWN" -> new Shutdown();
            case "HEARTBEAT" -> new Heartbeat();
            default -> new Unknown(type);
        };
    }
}
