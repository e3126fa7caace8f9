package dev.cotton.core.model;

import java.util.Map;
import java.util.TreeMap;

/**
 * What a user asked for.
 *
 * @param instances 1 to 9: one primary, the rest replicas
 * @param size what each instance gets
 * @param user the cluster user's name: it may do everything with data, schemas and users
 * @param options overrides of mysqld's options, name to value
 */
public record ClusterSpec(
        int instances,
        Resources size,
        Durability durability,
        String user,
        Map<String, String> options,
        PlacementSpec placement) {
    /** @throws IllegalArgumentException naming the field that is wrong */
    public ClusterSpec {
        if (instances < 1 || instances > 9) {
            throw new IllegalArgumentException("instances: between 1 and 9, not " + instances + ".");
        }
        UserName.check(user);
        options = Map.copyOf(options);
    }

    /** What each instance is made with. */
    public Shape shape() {
        return new Shape(size, options);
    }

    /** With so many instances. */
    public ClusterSpec withInstances(int next) {
        return new ClusterSpec(next, size, durability, user, options, placement);
    }

    /** The options in the order of their names. */
    public Map<String, String> sortedOptions() {
        return new TreeMap<>(options);
    }
}
