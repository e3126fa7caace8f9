package dev.cotton.scheduler.rest.resource;

import java.util.Map;
import java.util.Optional;

/** A request for a cluster. What is absent has the default that {@code openapi.yaml} states. */
public record CreateCluster(
        Optional<String> name,
        Optional<Integer> instances,
        Optional<CreateSize> size,
        Optional<String> durability,
        Optional<String> user,
        Optional<String> password,
        Optional<Map<String, String>> options,
        Optional<CreatePlacement> placement,
        Optional<FromBackup> from) {
    public CreateCluster {
        options = options.map(Map::copyOf);
    }

    /** Without the password. */
    @Override
    public String toString() {
        return "CreateCluster[" + name + ", " + instances + ", " + size + ", " + durability + ", " + user + ", "
                + placement + ", " + from + "]";
    }
}
