package dev.cotton.executor.role;

import dev.cotton.core.model.Stamp;
import dev.cotton.core.wire.Assignment;
import dev.cotton.core.wire.Role;
import dev.cotton.core.wire.Setup;
import java.util.Optional;

/**
 * All that the scheduler has told this executor.
 *
 * @param highest the highest stamp seen
 * @param setup the latest; holds secrets
 * @param assignment the latest
 */
record Orders(Stamp highest, Optional<Setup> setup, Optional<Assignment> assignment) {
    static final Orders NONE = new Orders(Stamp.NONE, Optional.empty(), Optional.empty());

    /** Whether mysqld is to be stopped. */
    boolean stopped() {
        return assignment
                .filter(latest -> latest.role() instanceof Role.Stopped)
                .isPresent();
    }
}
