package dev.cotton.core.mesos;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonInclude.Include;
import com.fasterxml.jackson.annotation.JsonProperty;
import com.fasterxml.jackson.annotation.JsonValue;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;

/** What a scheduler says to the master. Written in an {@link Envelope}. */
public sealed interface Call {

    /** Answered by the stream of {@link Event}s. With an id, the envelope has to have the same one. */
    @JsonInclude(Include.NON_EMPTY)
    record Subscribe(
            @JsonProperty("framework_info") FrameworkInfo frameworkInfo,
            @JsonProperty("suppressed_roles") List<String> suppressedRoles)
            implements Call {
        public Subscribe {
            suppressedRoles = Wire.repeated(suppressedRoles);
        }
    }

    /** Ends the framework for ever, and every task of it. Reservations and volumes stay. */
    record Teardown() implements Call {}

    /**
     * @param offerIds of one agent
     * @param filters about what is left over
     */
    @JsonInclude(Include.NON_EMPTY)
    record Accept(
            @JsonProperty("offer_ids") List<OfferId> offerIds, List<Operation> operations, Optional<Filters> filters)
            implements Call {
        public Accept {
            offerIds = Wire.repeated(offerIds);
            operations = Wire.repeated(operations);
        }
    }

    @JsonInclude(Include.NON_EMPTY)
    record Decline(@JsonProperty("offer_ids") List<OfferId> offerIds, Optional<Filters> filters) implements Call {
        public Decline {
            offerIds = Wire.repeated(offerIds);
        }
    }

    @JsonInclude(Include.NON_EMPTY)
    record AcceptInverseOffers(
            @JsonProperty("inverse_offer_ids") List<OfferId> inverseOfferIds, Optional<Filters> filters)
            implements Call {
        public AcceptInverseOffers {
            inverseOfferIds = Wire.repeated(inverseOfferIds);
        }
    }

    @JsonInclude(Include.NON_EMPTY)
    record DeclineInverseOffers(
            @JsonProperty("inverse_offer_ids") List<OfferId> inverseOfferIds, Optional<Filters> filters)
            implements Call {
        public DeclineInverseOffers {
            inverseOfferIds = Wire.repeated(inverseOfferIds);
        }
    }

    /**
     * Forgets all filters.
     *
     * @param roles empty: all of the framework's
     */
    @JsonInclude(Include.NON_EMPTY)
    record Revive(List<String> roles) implements Call {
        public Revive {
            roles = Wire.repeated(roles);
        }
    }

    /**
     * No offers until revived.
     *
     * @param roles empty: all of the framework's
     */
    @JsonInclude(Include.NON_EMPTY)
    record Suppress(List<String> roles) implements Call {
        public Suppress {
            roles = Wire.repeated(roles);
        }
    }

    /**
     * Changes what the framework says of itself, on its living subscription; answered at once, and offers go on.
     *
     * @param frameworkInfo with its id
     * @param suppressedRoles all that want no offers: others are revived
     */
    @JsonInclude(Include.NON_EMPTY)
    record UpdateFramework(
            @JsonProperty("framework_info") FrameworkInfo frameworkInfo,
            @JsonProperty("suppressed_roles") List<String> suppressedRoles)
            implements Call {
        public UpdateFramework {
            suppressedRoles = Wire.repeated(suppressedRoles);
        }
    }

    /** May be lost, as everything that is said about a task; to be repeated until the task's end is seen. */
    @JsonInclude(Include.NON_ABSENT)
    record Kill(
            @JsonProperty("task_id") TaskId taskId,
            @JsonProperty("agent_id") Optional<AgentId> agentId,
            @JsonProperty("kill_policy") Optional<TaskInfo.KillPolicy> killPolicy)
            implements Call {}

    /** Ends an executor and what it runs. */
    record Shutdown(
            @JsonProperty("executor_id") ExecutorId executorId,
            @JsonProperty("agent_id") AgentId agentId) implements Call {}

    /** Only for a status that has a uuid, and only once it is kept. */
    record Acknowledge(
            @JsonProperty("agent_id") AgentId agentId,
            @JsonProperty("task_id") TaskId taskId,
            Bytes uuid) implements Call {}

    /** As {@link Acknowledge}, for an operation. */
    @JsonInclude(Include.NON_ABSENT)
    record AcknowledgeOperationStatus(
            @JsonProperty("agent_id") Optional<AgentId> agentId,
            Bytes uuid,
            @JsonProperty("operation_id") OperationId operationId)
            implements Call {}

    /**
     * Answered by an {@link Event.Update} each.
     *
     * @param tasks empty: all that the master knows
     */
    @JsonInclude(Include.NON_EMPTY)
    record Reconcile(List<Task> tasks) implements Call {
        public Reconcile {
            tasks = Wire.repeated(tasks);
        }

        /** @param agentId without it, only what the master knows of a task on an agent that is there is answered */
        @JsonInclude(Include.NON_ABSENT)
        public record Task(
                @JsonProperty("task_id") TaskId taskId,
                @JsonProperty("agent_id") Optional<AgentId> agentId) {}
    }

    /** As {@link Reconcile}, for operations: answered by an {@link Event.UpdateOperationStatus} each. */
    record ReconcileOperations(List<Asked> operations) implements Call {
        public ReconcileOperations {
            operations = Wire.repeated(operations);
        }

        /** @param agentId of the agent whose resources it changes */
        public record Asked(
                @JsonProperty("operation_id") OperationId operationId,
                @JsonProperty("agent_id") Optional<AgentId> agentId) {}
    }

    /** To an executor; dropped in silence when there is none. */
    record Message(
            @JsonProperty("agent_id") AgentId agentId,
            @JsonProperty("executor_id") ExecutorId executorId,
            Bytes data) implements Call {}

    /** @param refuseSeconds how long the same resources are not offered again; absent: 5 */
    @JsonInclude(Include.NON_ABSENT)
    record Filters(@JsonProperty("refuse_seconds") OptionalDouble refuseSeconds) {
        public static Filters refuse(Duration span) {
            return new Filters(OptionalDouble.of(span.toMillis() / 1000.0));
        }
    }

    /** {@code Call.Type} of the schema. */
    enum Type {
        SUBSCRIBE,
        TEARDOWN,
        ACCEPT,
        DECLINE,
        ACCEPT_INVERSE_OFFERS,
        DECLINE_INVERSE_OFFERS,
        REVIVE,
        SUPPRESS,
        KILL,
        SHUTDOWN,
        ACKNOWLEDGE,
        ACKNOWLEDGE_OPERATION_STATUS,
        RECONCILE,
        RECONCILE_OPERATIONS,
        MESSAGE,
        UPDATE_FRAMEWORK
    }

    default Type type() {
        return switch (this) {
            case Subscribe _ -> Type.SUBSCRIBE;
            case Teardown _ -> Type.TEARDOWN;
            case Accept _ -> Type.ACCEPT;
            case Decline _ -> Type.DECLINE;
            case AcceptInverseOffers _ -> Type.ACCEPT_INVERSE_OFFERS;
            case DeclineInverseOffers _ -> Type.DECLINE_INVERSE_OFFERS;
            case Revive _ -> Type.REVIVE;
            case Suppress _ -> Type.SUPPRESS;
            case Kill _ -> Type.KILL;
            case Shutdown _ -> Type.SHUTDOWN;
            case Acknowledge _ -> Type.ACKNOWLEDGE;
            case AcknowledgeOperationStatus _ -> Type.ACKNOWLEDGE_OPERATION_STATUS;
            case Reconcile _ -> Type.RECONCILE;
            case ReconcileOperations _ -> Type.RECONCILE_OPERATIONS;
            case Message _ -> Type.MESSAGE;
            case UpdateFramework _ -> Type.UPDATE_FRAMEWORK;
        };
    }

    /**
     * A call as it is written.
     *
     * @param frameworkId absent only at the first subscription
     */
    record Envelope(Optional<FrameworkId> frameworkId, Call call) {
        @JsonValue
        Map<String, Object> written() {
            Optional<Call> body = call instanceof Teardown ? Optional.empty() : Optional.of(call);
            Map<String, Object> fields = Wire.typed(call.type(), body);
            frameworkId.ifPresent(id -> fields.put("framework_id", id));
            return fields;
        }
    }
}
