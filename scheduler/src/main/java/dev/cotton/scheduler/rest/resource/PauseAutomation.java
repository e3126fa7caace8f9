package dev.cotton.scheduler.rest.resource;

import java.time.Duration;
import java.util.Optional;

/**
 * A wish that nothing fails over by itself.
 *
 * @param who asks
 * @param why for people
 * @param span after which it ends by itself; never when absent
 */
public record PauseAutomation(Optional<String> who, Optional<String> why, Optional<Duration> span) {}
