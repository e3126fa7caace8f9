package dev.cotton.scheduler.rest.resource;

import java.util.List;

/** What the engine has and has given away, and what its roles may have. */
public record CapacityResource(SizeResource total, SizeResource used, List<RoleResource> roles) {
    public CapacityResource {
        roles = List.copyOf(roles);
    }
}
