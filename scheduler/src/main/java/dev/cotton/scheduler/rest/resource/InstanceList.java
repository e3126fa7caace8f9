package dev.cotton.scheduler.rest.resource;

import java.util.List;

/** The instances of a cluster. */
public record InstanceList(List<InstanceResource> instances) {
    public InstanceList {
        instances = List.copyOf(instances);
    }
}
