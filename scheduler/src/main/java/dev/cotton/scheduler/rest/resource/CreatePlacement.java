package dev.cotton.scheduler.rest.resource;

import java.util.Optional;

/** Where the instances of a new cluster are to go. What is absent has the default that {@code openapi.yaml} states. */
public record CreatePlacement(Optional<Boolean> shareHosts, Optional<String> role, Optional<String> diskType) {
    /** The default in everything. */
    public static final CreatePlacement ORDINARY =
            new CreatePlacement(Optional.empty(), Optional.empty(), Optional.empty());
}
