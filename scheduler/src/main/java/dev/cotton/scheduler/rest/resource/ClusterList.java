package dev.cotton.scheduler.rest.resource;

import java.util.List;

/** Several clusters. */
public record ClusterList(List<ClusterResource> clusters) {
    public ClusterList {
        clusters = List.copyOf(clusters);
    }
}
