package dev.cotton.core.mesos;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonInclude.Include;
import java.util.List;
import java.util.Optional;

/** How other tools find a task's ports. */
@JsonInclude(Include.NON_ABSENT)
public record DiscoveryInfo(
        Visibility visibility, Optional<String> name, Optional<Ports> ports, Optional<Labels> labels) {

    /** Whom it is for. */
    public enum Visibility {
        FRAMEWORK,
        CLUSTER,
        EXTERNAL,
        UNRECOGNIZED;

        @JsonCreator
        static Visibility read(String name) {
            return Wire.constant(Visibility.class, name, UNRECOGNIZED);
        }
    }

    @JsonInclude(Include.NON_EMPTY)
    public record Ports(List<Port> ports) {
        public Ports {
            ports = Wire.repeated(ports);
        }
    }

    /** @param protocol {@code tcp} */
    @JsonInclude(Include.NON_ABSENT)
    public record Port(int number, Optional<String> name, Optional<String> protocol) {}
}
