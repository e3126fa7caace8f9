package dev.cotton.core.mesos;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonInclude.Include;
import com.fasterxml.jackson.annotation.JsonProperty;
import java.util.List;
import java.util.Optional;

/**
 * The process that runs tasks on an agent. A second task for a living one repeats this to the letter.
 *
 * @param resources its own share, beside its tasks'
 * @param source free text that other tools count by
 * @param shutdownGracePeriod between the wish to end and SIGKILL; absent: the agent's, 5 s
 */
@JsonInclude(Include.NON_EMPTY)
public record ExecutorInfo(
        Optional<Type> type,
        @JsonProperty("executor_id") ExecutorId executorId,
        @JsonProperty("framework_id") Optional<FrameworkId> frameworkId,
        Optional<CommandInfo> command,
        List<Resource> resources,
        Optional<String> name,
        Optional<String> source,
        Optional<Bytes> data,
        Optional<DiscoveryInfo> discovery,
        @JsonProperty("shutdown_grace_period") Optional<Nanoseconds> shutdownGracePeriod,
        Optional<Labels> labels) {

    public ExecutorInfo {
        resources = Wire.repeated(resources);
    }

    public enum Type {
        DEFAULT,
        CUSTOM,
        UNRECOGNIZED;

        @JsonCreator
        static Type read(String name) {
            return Wire.constant(Type.class, name, UNRECOGNIZED);
        }
    }
}
