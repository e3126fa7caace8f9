package dev.cotton.core.mesos;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonInclude.Include;
import com.fasterxml.jackson.annotation.JsonProperty;
import java.util.List;
import java.util.Optional;

/**
 * Resources of one agent for one role.
 *
 * @param url where the agent itself answers
 * @param executorIds the framework's executors that live there
 * @param unavailability when maintenance is planned
 */
@JsonInclude(Include.NON_EMPTY)
public record Offer(
        OfferId id,
        @JsonProperty("framework_id") FrameworkId frameworkId,
        @JsonProperty("agent_id") AgentId agentId,
        String hostname,
        Optional<Url> url,
        Optional<Domain> domain,
        List<Resource> resources,
        List<Attribute> attributes,
        @JsonProperty("executor_ids") List<ExecutorId> executorIds,
        Optional<Unavailability> unavailability,
        @JsonProperty("allocation_info") Optional<Resource.AllocationInfo> allocationInfo) {

    public Offer {
        resources = Wire.repeated(resources);
        attributes = Wire.repeated(attributes);
        executorIds = Wire.repeated(executorIds);
    }

    @JsonInclude(Include.NON_ABSENT)
    public record Url(String scheme, Address address, Optional<String> path) {}

    @JsonInclude(Include.NON_ABSENT)
    public record Address(Optional<String> hostname, Optional<String> ip, int port) {}

    /** {@code DomainInfo} of the schema. */
    @JsonInclude(Include.NON_ABSENT)
    public record Domain(@JsonProperty("fault_domain") Optional<FaultDomain> faultDomain) {}

    public record FaultDomain(Name region, Name zone) {}

    /** {@code FaultDomain.RegionInfo} and {@code .ZoneInfo} of the schema. */
    public record Name(String name) {}

    /** @param duration absent: for ever */
    @JsonInclude(Include.NON_ABSENT)
    public record Unavailability(Nanoseconds start, Optional<Nanoseconds> duration) {}
}
