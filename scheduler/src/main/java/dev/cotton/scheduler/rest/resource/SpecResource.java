package dev.cotton.scheduler.rest.resource;

import dev.cotton.core.model.Durability;
import java.util.Collections;
import java.util.Map;
import java.util.TreeMap;

/** What was asked for. */
public record SpecResource(
        int instances,
        SizeResource size,
        Durability durability,
        String user,
        Map<String, String> options,
        PlacementResource placement) {
    public SpecResource {
        options = Collections.unmodifiableMap(new TreeMap<>(options));
    }
}
