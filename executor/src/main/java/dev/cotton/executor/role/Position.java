package dev.cotton.executor.role;

import dev.cotton.core.model.GtidSet;
import dev.cotton.executor.sql.Session;

/** How far this server has come. For one thread. */
final class Position {
    private final Session session;

    Position(Session session) {
        this.session = session;
    }

    /** A commit that waits for its ack is owned and not yet executed; read in this order, none slips through. */
    GtidSet reached() {
        GtidSet owned = GtidSet.parse(variable("gtid_owned").replaceAll("#[0-9]+", ""));
        return owned.union(GtidSet.parse(variable("gtid_executed")));
    }

    private String variable(String name) {
        return session.first("SELECT @@GLOBAL." + name + " AS value")
                .orElseThrow()
                .text("value");
    }
}
