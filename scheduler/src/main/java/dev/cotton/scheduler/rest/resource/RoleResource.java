package dev.cotton.scheduler.rest.resource;

/** The quota of a role on a fleet, and what counts against it. */
public record RoleResource(String name, AmountsResource guarantee, AmountsResource limit, AmountsResource used) {}
