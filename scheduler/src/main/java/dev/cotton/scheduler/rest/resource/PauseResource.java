package dev.cotton.scheduler.rest.resource;

import java.time.Instant;
import java.util.Optional;

/** Nothing fails over by itself: see {@link dev.cotton.core.model.AutomationPause}. */
public record PauseResource(String who, String why, Optional<Instant> until) {}
