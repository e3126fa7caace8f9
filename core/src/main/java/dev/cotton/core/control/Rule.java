package dev.cotton.core.control;

import java.util.Optional;

/** One reason to change a cluster's record. Pure. */
@FunctionalInterface
interface Rule {
    /** The next step, or nothing when this rule has none now. */
    Optional<Change> next(Situation situation);
}
