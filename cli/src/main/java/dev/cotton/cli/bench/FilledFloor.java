package dev.cotton.cli.bench;

import dev.cotton.cli.ExitCode;
import dev.cotton.cli.Failure;
import dev.cotton.cli.writers.Database;
import dev.cotton.cli.writers.Ledger;
import dev.cotton.core.model.DataSize;
import dev.cotton.core.port.Installation;
import java.io.IOException;
import java.sql.SQLException;
import java.time.Duration;

/**
 * A server of the floor that holds as much as a {@link FilledCluster}, and takes writes. Used by one thread; everything ends
 * with the playground.
 *
 * @param server with a connection that waits long enough for a copy of the data
 */
record FilledFloor(Floor floor, Database database, HandServer server) {
    /** @param limit for a copy of the data */
    static FilledFloor in(Throwaway place, Installation mysql, DataSize data, Duration limit)
            throws IOException, InterruptedException {
        Floor floor = Floor.in(place.playground(), mysql, place.options().frameworkUser());
        floor.prepare();
        FloorServer started = floor.replicate(1).getFirst();
        Database database = floor.database();
        String endpoint = "127.0.0.1:" + started.port();
        try {
            Ledger.create(database, endpoint);
            Ledger.fill(database, endpoint, data);
            return new FilledFloor(floor, database, HandServer.of(database, started, limit));
        } catch (SQLException e) {
            throw failure(e);
        }
    }

    /** What to say when a statement of the floor failed. */
    static Failure failure(SQLException reason) {
        return new Failure(ExitCode.FAILED, "The floor failed: " + reason.getMessage(), reason);
    }
}
