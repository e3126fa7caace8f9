package dev.cotton.scheduler.rest.resource;

import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * What is to be different of a cluster; what is absent stays.
 *
 * @param options overrides of mysqld's options that are set beside those that are there
 * @param unsetOptions names of overrides that are taken back
 */
public record ChangeCluster(
        Optional<Integer> instances,
        Optional<CreateSize> size,
        Optional<String> durability,
        Optional<Map<String, String>> options,
        Optional<List<String>> unsetOptions,
        Optional<Boolean> dryRun) {
    public ChangeCluster {
        options = options.map(Map::copyOf);
        unsetOptions = unsetOptions.map(List::copyOf);
    }
}
