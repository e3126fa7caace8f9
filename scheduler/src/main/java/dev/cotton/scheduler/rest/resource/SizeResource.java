package dev.cotton.scheduler.rest.resource;

import dev.cotton.core.model.DataSize;

/** Cores, memory and disk. */
public record SizeResource(double cpus, DataSize mem, DataSize disk) {}
