package dev.cotton.core.model;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonValue;

/**
 * One mysqld of a cluster, for instance {@code demo-2}. Ordinals count up and are never used again while anything of
 * the former holder may exist, so an id names one place and one life.
 */
public record InstanceId(ClusterName cluster, int ordinal) implements Comparable<InstanceId> {
    public InstanceId {
        if (ordinal < 0) {
            throw new IllegalArgumentException("An instance's ordinal is 0 or more, not " + ordinal + ".");
        }
    }

    /** @throws IllegalArgumentException when {@code text} is not {@code <cluster>-<ordinal>} */
    @JsonCreator
    public static InstanceId parse(String text) {
        int dash = text.lastIndexOf('-');
        if (dash < 1 || !text.substring(dash + 1).matches("0|[1-9][0-9]{0,8}")) {
            throw new IllegalArgumentException(
                    "An instance is named <cluster>-<number>, for instance demo-0; '" + Shown.of(text) + "' is not.");
        }
        return new InstanceId(new ClusterName(text.substring(0, dash)), Integer.parseInt(text.substring(dash + 1)));
    }

    @Override
    public int compareTo(InstanceId other) {
        int byCluster = cluster.compareTo(other.cluster);
        return byCluster != 0 ? byCluster : Integer.compare(ordinal, other.ordinal);
    }

    @JsonValue
    @Override
    public String toString() {
        return cluster.value() + "-" + ordinal;
    }
}
