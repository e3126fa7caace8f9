package dev.cotton.core.model;

import com.fasterxml.jackson.annotation.JsonSubTypes;
import com.fasterxml.jackson.annotation.JsonTypeInfo;
import java.util.List;
import java.util.Optional;

/**
 * The way from one primary to the next. It is over with the change of the record that names the next primary, or that
 * gives it up; until then the in-sync set and the ack count of the former primary stay in force.
 */
@JsonTypeInfo(use = JsonTypeInfo.Id.NAME, property = "by")
@JsonSubTypes({
    @JsonSubTypes.Type(value = Succession.Election.class, name = "election"),
    @JsonSubTypes.Type(value = Succession.Handover.class, name = "handover")
})
public sealed interface Succession {
    /**
     * The primary is dead. Every member is fenced; once enough have answered one of them is chosen. There is no way back.
     *
     * @param choice absent while members are fenced
     * @param answered those whose answers the choice rests on, the choice among them; empty while there is none
     * @param lossAccepted whether a person has said that what is missing may be lost
     * @param evidence why the primary is held for dead, a sentence
     */
    record Election(Optional<InstanceId> choice, List<InstanceId> answered, boolean lossAccepted, String evidence)
            implements Succession {
        public Election {
            answered = List.copyOf(answered);
        }
    }

    /**
     * The primary is healthy and hands over to {@code target}. Until the target is named primary all of it can be undone.
     *
     * @param operation the id of the operation that this is
     */
    record Handover(InstanceId target, Step step, String operation) implements Succession {
        /** In their order. */
        public enum Step {
            /** Members that the primary can do without are put below the target. */
            PREPARING,
            /** A write succeeds with the acknowledgements of those that are left. */
            PROVING,
            /** The primary becomes read-only, and the target receives the last of it. */
            FREEZING,
            /** The target is fenced, and executes all that it has received. */
            TAKING;

            /** Whether the primary is read-only in it. */
            public boolean frozen() {
                return switch (this) {
                    case PREPARING, PROVING -> false;
                    case FREEZING, TAKING -> true;
                };
            }
        }
    }
}
