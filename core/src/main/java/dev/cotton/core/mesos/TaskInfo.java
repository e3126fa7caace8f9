package dev.cotton.core.mesos;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonInclude.Include;
import com.fasterxml.jackson.annotation.JsonProperty;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/**
 * A task to launch on an agent.
 *
 * @param executor who runs it; its resources are counted beside the task's
 * @param command instead of {@code executor}: what the agent's own executor runs
 * @param data for the executor; the only field that neither master nor agent shows
 * @param healthCheck for the executor, which has to do it itself
 */
@JsonInclude(Include.NON_EMPTY)
public record TaskInfo(
        String name,
        @JsonProperty("task_id") TaskId taskId,
        @JsonProperty("agent_id") AgentId agentId,
        List<Resource> resources,
        Optional<ExecutorInfo> executor,
        Optional<CommandInfo> command,
        Optional<Bytes> data,
        @JsonProperty("health_check") Optional<HealthCheck> healthCheck,
        @JsonProperty("kill_policy") Optional<KillPolicy> killPolicy,
        Optional<Labels> labels,
        Optional<DiscoveryInfo> discovery) {

    public TaskInfo {
        resources = Wire.repeated(resources);
    }

    /** @param gracePeriod between the wish to end and SIGKILL */
    @JsonInclude(Include.NON_ABSENT)
    public record KillPolicy(@JsonProperty("grace_period") Optional<Nanoseconds> gracePeriod) {
        public static KillPolicy of(Duration grace) {
            return new KillPolicy(Optional.of(Nanoseconds.of(grace)));
        }
    }
}
