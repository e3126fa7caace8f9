package dev.cotton.core.mesos;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonInclude.Include;
import com.fasterxml.jackson.annotation.JsonProperty;
import com.fasterxml.jackson.annotation.JsonValue;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * What is done with an offer's resources: {@code Offer.Operation} of the schema. Those of one answer are done in their
 * order.
 *
 * @param id makes the master say what became of it; without one it fails in silence. Not for a launch
 */
public record Operation(Optional<OperationId> id, Change change) {

    public sealed interface Change {}

    @JsonInclude(Include.NON_EMPTY)
    public record Launch(@JsonProperty("task_infos") List<TaskInfo> taskInfos) implements Change {
        public Launch {
            taskInfos = Wire.repeated(taskInfos);
        }
    }

    /** @param resources as they are to be, with the new reservation last */
    @JsonInclude(Include.NON_EMPTY)
    public record Reserve(List<Resource> resources) implements Change {
        public Reserve {
            resources = Wire.repeated(resources);
        }
    }

    /** @param resources as they are, with the reservation to take away last */
    @JsonInclude(Include.NON_EMPTY)
    public record Unreserve(List<Resource> resources) implements Change {
        public Unreserve {
            resources = Wire.repeated(resources);
        }
    }

    @JsonInclude(Include.NON_EMPTY)
    public record Create(List<Resource> volumes) implements Change {
        public Create {
            volumes = Wire.repeated(volumes);
        }
    }

    /** The data of the volumes is deleted. */
    @JsonInclude(Include.NON_EMPTY)
    public record Destroy(List<Resource> volumes) implements Change {
        public Destroy {
            volumes = Wire.repeated(volumes);
        }
    }

    /** {@code Operation.Type} of the schema. */
    public enum Type {
        LAUNCH,
        RESERVE,
        UNRESERVE,
        CREATE,
        DESTROY
    }

    public Type type() {
        return switch (change) {
            case Launch _ -> Type.LAUNCH;
            case Reserve _ -> Type.RESERVE;
            case Unreserve _ -> Type.UNRESERVE;
            case Create _ -> Type.CREATE;
            case Destroy _ -> Type.DESTROY;
        };
    }

    @JsonValue
    Map<String, Object> written() {
        Map<String, Object> fields = Wire.typed(type(), Optional.of(change));
        id.ifPresent(value -> fields.put("id", value));
        return fields;
    }
}
