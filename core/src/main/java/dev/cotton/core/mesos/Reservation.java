package dev.cotton.core.mesos;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonInclude.Include;
import java.util.Optional;

/**
 * Whose a resource is. All of it is its identity: whoever uses the resource repeats it exactly.
 *
 * @param role never {@code *}
 * @param principal who reserved it; the one that the framework is authenticated as
 */
@JsonInclude(Include.NON_ABSENT)
public record Reservation(Type type, String role, Optional<String> principal, Optional<Labels> labels) {

    /** Static: by the agent's operator, and never given back. */
    public enum Type {
        STATIC,
        DYNAMIC,
        UNRECOGNIZED;

        @JsonCreator
        static Type read(String name) {
            return Wire.constant(Type.class, name, UNRECOGNIZED);
        }
    }

    public static Reservation dynamic(String role, Optional<String> principal, Labels labels) {
        return new Reservation(Type.DYNAMIC, role, principal, Optional.of(labels));
    }
}
