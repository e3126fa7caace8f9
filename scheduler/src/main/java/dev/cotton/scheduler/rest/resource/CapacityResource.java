package dev.cotton.scheduler.rest.resource;

/** What the engine has and has given away. */
public record CapacityResource(SizeResource total, SizeResource used) {}
