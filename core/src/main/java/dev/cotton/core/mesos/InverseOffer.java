package dev.cotton.core.mesos;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonInclude.Include;
import com.fasterxml.jackson.annotation.JsonProperty;
import java.util.List;
import java.util.Optional;

/**
 * The wish that a framework leaves an agent before its maintenance.
 *
 * @param resources empty: all of them
 */
@JsonInclude(Include.NON_EMPTY)
public record InverseOffer(
        OfferId id,
        @JsonProperty("framework_id") FrameworkId frameworkId,
        @JsonProperty("agent_id") Optional<AgentId> agentId,
        Optional<Offer.Url> url,
        Offer.Unavailability unavailability,
        List<Resource> resources) {

    public InverseOffer {
        resources = Wire.repeated(resources);
    }
}
