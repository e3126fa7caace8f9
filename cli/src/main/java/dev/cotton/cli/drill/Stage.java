package dev.cotton.cli.drill;

import dev.cotton.cli.ExitCode;
import dev.cotton.cli.Failure;
import dev.cotton.cli.bench.ThrowawayScheduler;
import dev.cotton.cli.client.Cluster;
import dev.cotton.cli.client.Instance;
import dev.cotton.cli.faults.Scene;
import dev.cotton.cli.writers.Database;
import dev.cotton.cli.writers.Ledger;
import dev.cotton.core.model.DataSize;
import java.io.IOException;
import java.nio.file.Path;
import java.sql.SQLException;
import java.time.Duration;
import java.util.List;

/**
 * Prepares clusters for faults. Used by one thread.
 *
 * @param folder for files that connections need
 */
record Stage(Scene scene, Path folder) {
    /** Of each instance. */
    private static final double CORES = 1;

    private static final Duration CREATE_LIMIT = Duration.ofMinutes(3);

    /**
     * Creates a cluster with an empty ledger.
     *
     * @param limit for it to get healthy after a fault
     */
    Rounds create(ThrowawayScheduler scheduler, String name, int instances, int writers, Duration limit)
            throws IOException, InterruptedException {
        scheduler.create(name, instances, CORES, CREATE_LIMIT);
        return rounds(name, database(name), writers, limit);
    }

    /**
     * Makes an empty ledger in a cluster that is there.
     *
     * @param tolerateSchemas go on although it has schemas of users
     */
    Rounds use(String name, boolean tolerateSchemas, int writers, Duration limit) throws IOException {
        Database database = database(name);
        try {
            List<String> schemas = Ledger.otherSchemas(database, primary(name));
            if (!schemas.isEmpty() && !tolerateSchemas) {
                throw new Failure(
                        ExitCode.CONFLICT,
                        name + " has schemas of its users (" + String.join(", ", schemas) + "): a drill stops writes to"
                                + " them for seconds again and again. Nothing was done. Say --with-user-schemas if that"
                                + " is meant.");
            }
        } catch (SQLException e) {
            throw new Failure(ExitCode.FAILED, "The primary of " + name + " cannot be asked: " + e.getMessage(), e);
        }
        return rounds(name, database, writers, limit);
    }

    private Rounds rounds(String name, Database database, int writers, Duration limit) {
        try {
            Ledger.create(database, primary(name));
        } catch (SQLException e) {
            throw new Failure(
                    ExitCode.FAILED, "The table for the drill cannot be made in " + name + ": " + reason(e), e);
        }
        return new Rounds(scene, database, name, writers, limit);
    }

    /** The driver's own sentence says only that something is wrong with the connection. */
    private static String reason(SQLException failure) {
        return failure.getMessage() + " (" + failure.getCause() + ")";
    }

    /**
     * Gives a cluster something to hold besides, beside the ledger.
     *
     * @param size about
     */
    void fill(String name, DataSize size) throws IOException {
        try {
            Ledger.fill(database(name), primary(name), size);
        } catch (SQLException e) {
            throw new Failure(ExitCode.FAILED, name + " cannot be filled with data: " + reason(e), e);
        }
    }

    /** Removes the ledger. */
    void clear(String name) throws IOException {
        try {
            Ledger.drop(database(name), primary(name));
        } catch (SQLException e) {
            throw new Failure(
                    ExitCode.FAILED,
                    "The schema " + Ledger.SCHEMA + " is left in " + name + ": " + e.getMessage() + ". Drop it.",
                    e);
        }
    }

    private Database database(String name) throws IOException {
        Database database = Database.of(scene.client().get(), name, folder);
        return scene.clientAddress().map(database::from).orElse(database);
    }

    private String primary(String name) {
        Cluster cluster = scene.client().get().cluster(name).value();
        return cluster.primaryInstance()
                .flatMap(Instance::mysqlEndpoint)
                .orElseThrow(() -> new Failure(
                        ExitCode.CONFLICT, name + " has no primary: " + cluster.why() + " Nothing was done."));
    }
}
