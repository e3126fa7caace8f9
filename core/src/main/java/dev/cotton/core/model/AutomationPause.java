package dev.cotton.core.model;

import java.time.Instant;
import java.util.Optional;

/**
 * A person has asked that nothing fails over by itself.
 *
 * @param who said so
 * @param why for people
 * @param until when it ends by itself; absent for until it is taken back
 */
public record AutomationPause(String who, String why, Optional<Instant> until) {
    /** Whether it still holds at {@code now}. */
    public boolean holds(Instant now) {
        return until.filter(end -> !end.isAfter(now)).isEmpty();
    }
}
