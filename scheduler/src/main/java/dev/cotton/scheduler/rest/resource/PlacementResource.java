package dev.cotton.scheduler.rest.resource;

import dev.cotton.core.model.PlacementSpec.DiskType;
import java.util.Optional;

/** Where the instances of a cluster go, as it was asked for. */
public record PlacementResource(boolean shareHosts, Optional<String> role, DiskType diskType) {}
