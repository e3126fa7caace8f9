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
 * @param newPassword whether a setup changed the cluster user's password since this instance last gave it to the account
 */
record Orders(Stamp highest, Optional<Setup> setup, Optional<Assignment> assignment, boolean newPassword) {
    static final Orders NONE = new Orders(Stamp.NONE, Optional.empty(), Optional.empty(), false);

    Orders withSetup(Setup next) {
        boolean changed = setup.map(Setup::accounts)
                .map(Setup.Accounts::clusterPassword)
                .filter(former -> !former.equals(next.accounts().clusterPassword()))
                .isPresent();
        return new Orders(next.stamp(), Optional.of(next), assignment, newPassword || changed);
    }

    Orders withoutSetup() {
        return new Orders(highest, Optional.empty(), assignment, false);
    }

    Orders withAssignment(Assignment next) {
        return new Orders(next.stamp(), setup, Optional.of(next), newPassword);
    }

    Orders withHighest(Stamp next) {
        return new Orders(next, setup, assignment, newPassword);
    }

    Orders withPasswordGiven() {
        return new Orders(highest, setup, assignment, false);
    }

    /** Whether mysqld is to be stopped. */
    boolean stopped() {
        return assignment
                .filter(latest -> latest.role() instanceof Role.Stopped)
                .isPresent();
    }
}
