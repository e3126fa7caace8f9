package dev.cotton.core.mesos;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonInclude.Include;
import com.fasterxml.jackson.annotation.JsonProperty;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;

/**
 * Who a framework is.
 *
 * @param user whom tasks run as; cannot be changed later
 * @param id absent only at the first subscription
 * @param failoverTimeout seconds that its tasks live on without it; absent: they die with its connection
 * @param checkpoint whether its executors outlive a restart of their agent; cannot be changed later
 * @param principal that it is authenticated as; absent: the master fills it in
 */
@JsonInclude(Include.NON_EMPTY)
public record FrameworkInfo(
        String user,
        String name,
        Optional<FrameworkId> id,
        @JsonProperty("failover_timeout") OptionalDouble failoverTimeout,
        Optional<Boolean> checkpoint,
        List<String> roles,
        Optional<String> hostname,
        Optional<String> principal,
        @JsonProperty("webui_url") Optional<String> webuiUrl,
        List<Capability> capabilities,
        Optional<Labels> labels) {

    public FrameworkInfo {
        roles = Wire.repeated(roles);
        capabilities = Wire.repeated(capabilities);
    }

    public record Capability(CapabilityType type) {}

    /** {@code Capability.Type} of the schema. */
    public enum CapabilityType {
        TASK_KILLING_STATE,
        SHARED_RESOURCES,
        PARTITION_AWARE,
        MULTI_ROLE,
        RESERVATION_REFINEMENT,
        REGION_AWARE,
        UNRECOGNIZED;

        @JsonCreator
        static CapabilityType read(String name) {
            return Wire.constant(CapabilityType.class, name, UNRECOGNIZED);
        }
    }

    /** The same framework in other roles. */
    public FrameworkInfo withRoles(List<String> others) {
        return new FrameworkInfo(
                user,
                name,
                id,
                failoverTimeout,
                checkpoint,
                others,
                hostname,
                principal,
                webuiUrl,
                capabilities,
                labels);
    }

    /** The same framework, known by {@code known}. */
    public FrameworkInfo withId(FrameworkId known) {
        return new FrameworkInfo(
                user,
                name,
                Optional.of(known),
                failoverTimeout,
                checkpoint,
                roles,
                hostname,
                principal,
                webuiUrl,
                capabilities,
                labels);
    }
}
