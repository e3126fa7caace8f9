package dev.cotton.core.mesos;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonProperty;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.OptionalInt;
import org.jspecify.annotations.Nullable;

/** What the master says to a scheduler. */
public sealed interface Event {

    /** @param heartbeatIntervalSeconds how often the master gives a sign of life at least */
    record Subscribed(
            @JsonProperty("framework_id") FrameworkId frameworkId,
            @JsonProperty("heartbeat_interval_seconds") OptionalDouble heartbeatIntervalSeconds,
            @JsonProperty("master_info") Optional<MasterInfo> masterInfo)
            implements Event {}

    record Offers(List<Offer> offers) implements Event {
        public Offers {
            offers = Wire.repeated(offers);
        }
    }

    record InverseOffers(@JsonProperty("inverse_offers") List<InverseOffer> inverseOffers) implements Event {
        public InverseOffers {
            inverseOffers = Wire.repeated(inverseOffers);
        }
    }

    /** The offer is good for nothing any more. */
    record Rescind(@JsonProperty("offer_id") OfferId offerId) implements Event {}

    record RescindInverseOffer(
            @JsonProperty("inverse_offer_id") OfferId inverseOfferId) implements Event {}

    record Update(TaskStatus status) implements Event {}

    record UpdateOperationStatus(OperationStatus status) implements Event {}

    /** From an executor. */
    record Message(
            @JsonProperty("agent_id") AgentId agentId,
            @JsonProperty("executor_id") ExecutorId executorId,
            Bytes data) implements Event {}

    /**
     * An agent is lost, or with {@code executorId} that executor has ended.
     *
     * @param status of the executor's process as {@code wait} gives it: 256 times the exit code, or the signal
     */
    record Failure(
            @JsonProperty("agent_id") Optional<AgentId> agentId,
            @JsonProperty("executor_id") Optional<ExecutorId> executorId,
            OptionalInt status)
            implements Event {}

    /** The subscription is over: {@code Error} of the schema. */
    record Ended(String message) implements Event {}

    record Heartbeat() implements Event {}

    /** Of a type that this version does not know, or does not need. */
    record Unknown(String type) implements Event {}

    /** @throws IllegalArgumentException when what the type promises is missing */
    @JsonCreator
    static Event read(
            @JsonProperty(value = "type", required = true) String type,
            @JsonProperty("subscribed") @Nullable Subscribed subscribed,
            @JsonProperty("offers") @Nullable Offers offers,
            @JsonProperty("inverse_offers") @Nullable InverseOffers inverseOffers,
            @JsonProperty("rescind") @Nullable Rescind rescind,
            @JsonProperty("rescind_inverse_offer") @Nullable RescindInverseOffer rescindInverseOffer,
            @JsonProperty("update") @Nullable Update update,
            @JsonProperty("update_operation_status") @Nullable UpdateOperationStatus updateOperationStatus,
            @JsonProperty("message") @Nullable Message message,
            @JsonProperty("failure") @Nullable Failure failure,
            @JsonProperty("error") @Nullable Ended error) {
        return switch (type) {
            case "SUBSCRIBED" -> Wire.body(type, subscribed);
            case "OFFERS" -> Wire.body(type, offers);
            case "INVERSE_OFFERS" -> Wire.body(type, inverseOffers);
            case "RESCIND" -> Wire.body(type, rescind);
            case "RESCIND_INVERSE_OFFER" -> Wire.body(type, rescindInverseOffer);
            case "UPDATE" -> Wire.body(type, update);
            case "UPDATE_OPERATION_STATUS" -> Wire.body(type, updateOperationStatus);
            case "MESSAGE" -> Wire.body(type, message);
            case "FAILURE" -> Wire.body(type, failure);
            case "ERROR" -> Wire.body(type, error);
            case "HEARTBEAT" -> new Heartbeat();
            default -> new Unknown(type);
        };
    }
}
