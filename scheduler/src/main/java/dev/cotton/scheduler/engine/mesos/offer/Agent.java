package dev.cotton.scheduler.engine.mesos.offer;

import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * An agent of the fleet.
 *
 * @param attributes as its operator gave them, each value as text
 * @param zone of its fault domain, where the fleet has domains
 */
public record Agent(String id, String hostname, Map<String, String> attributes, Optional<String> zone) {
    private static final String HOSTNAME = "hostname";

    public Agent {
        attributes = Map.copyOf(attributes);
    }

    /** The zone of its fault domain, else its attribute {@code zone}. */
    Optional<String> failureZone() {
        return zone.or(() -> Optional.ofNullable(attributes.get("zone")));
    }

    /** Its attribute {@code rack} or {@code rack_id}. */
    Optional<String> rack() {
        return Stream.of("rack", "rack_id")
                .flatMap(name -> Optional.ofNullable(attributes.get(name)).stream())
                .findFirst();
    }

    /** What a {@link Constraint} on {@code field} looks at: {@code hostname}, or an attribute. */
    Optional<String> value(String field) {
        return field.equals(HOSTNAME) ? Optional.of(hostname) : Optional.ofNullable(attributes.get(field));
    }
}
