package dev.cotton.scheduler.rest.resource;

import java.util.Optional;

/**
 * Whether this scheduler leads.
 *
 * @param leader the leader's URL, when one is known
 */
public record HealthResource(Role role, String why, Optional<String> leader) {
    /** What a scheduler does. */
    public enum Role {
        /** It leads, and its state is loaded. */
        LEADING,
        /** It was elected and loads its state. */
        LOADING,
        /** It waits and passes callers on. */
        STANDBY
    }
}
