package dev.cotton.cli.client;

import java.util.List;
import java.util.Optional;

/** What the engine has and has given away, and what its roles on a fleet may have. */
public record Capacity(Cluster.Size total, Cluster.Size used, List<Role> roles) {
    public Capacity {
        roles = List.copyOf(roles);
    }

    /** A role's quota, and what counts against it. */
    public record Role(String name, Amounts guarantee, Amounts limit, Amounts used) {}

    /** What is absent is not bounded. */
    public record Amounts(Optional<Double> cpus, Optional<String> mem, Optional<String> disk) {}
}
