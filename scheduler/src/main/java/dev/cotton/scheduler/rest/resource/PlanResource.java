package dev.cotton.scheduler.rest.resource;

import java.util.List;

/**
 * What would be done.
 *
 * @param steps sentences, in their order
 */
public record PlanResource(List<String> steps) {
    public PlanResource {
        steps = List.copyOf(steps);
    }
}
