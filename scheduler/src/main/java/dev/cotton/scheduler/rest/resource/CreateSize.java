package dev.cotton.scheduler.rest.resource;

import java.util.Optional;

/** What each instance is to get, with {@code mem} and {@code disk} as in {@code 512mb}. */
public record CreateSize(Optional<Double> cpus, Optional<String> mem, Optional<String> disk) {
    /** The default in everything. */
    public static final CreateSize ORDINARY = new CreateSize(Optional.empty(), Optional.empty(), Optional.empty());
}
