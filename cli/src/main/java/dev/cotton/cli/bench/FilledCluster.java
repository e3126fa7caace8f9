package dev.cotton.cli.bench;

import dev.cotton.cli.ExitCode;
import dev.cotton.cli.Failure;
import dev.cotton.cli.client.Cluster;
import dev.cotton.cli.client.Document;
import dev.cotton.cli.client.Instance;
import dev.cotton.cli.client.Operation;
import dev.cotton.cli.client.SchedulerClient;
import dev.cotton.cli.writers.Database;
import dev.cotton.cli.writers.History;
import dev.cotton.cli.writers.Ledger;
import dev.cotton.cli.writers.Writers;
import java.io.IOException;
import java.nio.file.Path;
import java.sql.SQLException;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Consumer;
import tools.jackson.databind.node.ObjectNode;

/** A cluster with data, and a ledger for writers. Used by one thread. */
final class FilledCluster {
    /** How many write to it. */
    static final int WRITERS = 8;

    /** Rows by every writer until everything has been in use. */
    private static final int WARM_ROWS = 50;

    /** Rows by every writer after a change until writes count as back. */
    private static final int ENOUGH_ROWS = 5;

    private static final String IN_SYNC = "in-sync";

    private final ThrowawayScheduler scheduler;
    private final String name;
    private final Database database;
    private final Duration limit;
    private final AtomicLong nextId = new AtomicLong();

    private FilledCluster(ThrowawayScheduler scheduler, String name, Database database, Duration limit) {
        this.scheduler = scheduler;
        this.name = name;
        this.database = database;
        this.limit = limit;
    }

    /**
     * Creates one and waits until every instance holds everything.
     *
     * @param folder for files that connections need
     * @param limit for this, and for everything that is done with it
     */
    static FilledCluster create(
            ThrowawayScheduler scheduler, int instances, InstanceShape shape, Path folder, Duration limit)
            throws IOException, InterruptedException {
        String name = "bench";
        scheduler.create(shape.request(name, instances), limit);
        Database database = Database.of(scheduler.client(), name, folder);
        FilledCluster cluster = new FilledCluster(scheduler, name, database, limit);
        String primary = cluster.primary();
        try {
            Ledger.create(database, primary);
            Ledger.fill(database, primary, shape.data());
        } catch (SQLException e) {
            throw new Failure(ExitCode.FAILED, "The cluster cannot be filled with data: " + e.getMessage(), e);
        }
        cluster.awaitWhole();
        return cluster;
    }

    String name() {
        return name;
    }

    SchedulerClient client() {
        return scheduler.client();
    }

    Document<Cluster> seen() {
        return client().cluster(name);
    }

    private String primary() {
        Cluster cluster = seen().value();
        return cluster.primaryInstance()
                .flatMap(Instance::mysqlEndpoint)
                .orElseThrow(() -> new Failure(ExitCode.FAILED, "There is no primary: " + cluster.why()));
    }

    /** Waits until nothing is missing or under way. */
    void awaitWhole() throws InterruptedException {
        Deadline.after(limit)
                .await(
                        () -> seen().value().isWhole(),
                        () -> "The cluster was not healthy (" + seen().value().why() + ")");
    }

    /**
     * Has it changed, and waits until it is whole again.
     *
     * @param wish a body of the REST interface
     * @return how long that takes from the request
     */
    Timed change(ObjectNode wish) throws InterruptedException {
        Stopwatch watch = new Stopwatch();
        Operation operation = client().change(name, wish).value();
        awaitWhole();
        Timed total = watch.stop("whole");
        return new Timed(
                total.total(),
                ThrowawayScheduler.steps(client().operation(operation.id()).value()));
    }

    /**
     * Has something done while writers write, and waits until the cluster is whole again. Writers connect to new members as
     * soon as they let them in, as a pool would.
     *
     * @param request what is to be done; another primary follows from it
     * @return the longest time without an acknowledged write
     */
    Duration gapDuring(Consumer<SchedulerClient> request) throws InterruptedException {
        Optional<String> before = seen().value().primary();
        try (Writers writing = writers()) {
            long begin = System.nanoTime();
            request.accept(client());
            Deadline.after(limit)
                    .await(
                            () -> isWholeAndMet(writing),
                            () -> "The cluster was not healthy ("
                                    + seen().value().why() + ")");
            awaitRows(writing, ENOUGH_ROWS);
            History history = writing.end();
            if (seen().value().primary().equals(before)) {
                throw new Failure(ExitCode.FAILED, "The primary was to hand over, and did not.");
            }
            return history.longestGap(begin, System.nanoTime()).span();
        }
    }

    private boolean isWholeAndMet(Writers writing) {
        Cluster now = seen().value();
        now.instances().stream()
                .filter(instance -> instance.stage().equals(IN_SYNC))
                .flatMap(instance -> instance.mysqlEndpoint().stream())
                .forEach(writing::meet);
        return now.isWhole();
    }

    /** Starts writers, to be closed by the caller, and waits until every connection has been in use. */
    Writers writers() throws InterruptedException {
        Writers writers = Writers.of(database, scheduler::client, seen(), WRITERS, nextId);
        try {
            awaitRows(writers, WARM_ROWS);
            return writers;
        } catch (Failure | InterruptedException failed) {
            writers.close();
            throw failed;
        }
    }

    /** Waits until so many more rows of every writer are acknowledged. */
    void awaitRows(Writers writers, int each) throws InterruptedException {
        long enough = writers.acknowledged() + (long) each * WRITERS;
        Deadline.after(limit).await(() -> writers.acknowledged() >= enough, () -> "Nothing could be written");
    }
}
