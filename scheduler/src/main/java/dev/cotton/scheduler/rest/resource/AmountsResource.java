package dev.cotton.scheduler.rest.resource;

import dev.cotton.core.model.DataSize;
import java.util.Optional;

/** Amounts of what a machine has; what is absent is not bounded. */
public record AmountsResource(Optional<Double> cpus, Optional<DataSize> mem, Optional<DataSize> disk) {}
