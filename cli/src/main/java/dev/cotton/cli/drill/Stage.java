package dev.cotton.cli.drill;

import dev.cotton.cli.ExitCode;
import dev.cotton.cli.Failure;
import dev.cotton.cli.bench.Playground;
import dev.cotton.cli.bench.ThrowawayScheduler;
import dev.cotton.cli.client.Answers.Credentials;
import dev.cotton.cli.client.Cluster;
import dev.cotton.cli.client.Instance;
import dev.cotton.cli.writers.Database;
import dev.cotton.cli.writers.Ledger;
import java.io.IOException;
import java.sql.SQLException;
import java.time.Duration;

/** Makes clusters that faults are injected into. Used by one thread. */
final class Stage {
    private static final Duration CREATE_LIMIT = Duration.ofMinutes(3);

    private final ThrowawayScheduler scheduler;
    private final Playground playground;

    Stage(ThrowawayScheduler scheduler, Playground playground) {
        this.scheduler = scheduler;
        this.playground = playground;
    }

    /**
     * Creates a cluster with an empty ledger.
     *
     * @param limit for it to get healthy after a fault
     */
    Rounds cluster(String name, int instances, int writers, Duration limit) throws IOException, InterruptedException {
        scheduler.create(name, instances, CREATE_LIMIT);
        Credentials credentials = scheduler.client().credentials(name).value();
        Database database = Database.of(
                credentials.user(),
                credentials.password(),
                scheduler.client().certificateAuthority(),
                playground.data().path().resolve(name + ".p12"));
        Cluster cluster = scheduler.client().cluster(name).value();
        String primary =
                cluster.primaryInstance().flatMap(Instance::mysqlEndpoint).orElseThrow();
        try {
            Ledger.create(database, primary);
        } catch (SQLException e) {
            throw new Failure(ExitCode.FAILED, "The table for the drill cannot be made: " + e.getMessage(), e);
        }
        return new Rounds(scheduler, database, name, writers, limit);
    }
}
