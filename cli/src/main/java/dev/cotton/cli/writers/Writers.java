package dev.cotton.cli.writers;

import dev.cotton.cli.client.Cluster;
import dev.cotton.cli.client.Document;
import dev.cotton.cli.client.SchedulerClient;
import dev.cotton.cli.writers.PrimaryFollower.Primary;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Supplier;

/**
 * Writers that insert one row after the other into the {@link Ledger} of whoever is the primary, and never the same row
 * twice. A server is left when no answer comes in time, and at once when another one becomes the primary. Thread-safe.
 */
public final class Writers implements AutoCloseable {
    private final PrimaryFollower follower;
    private final List<Writer> writers = new ArrayList<>();
    private final AtomicLong acknowledged = new AtomicLong();

    /**
     * Starts them.
     *
     * @param client of whichever scheduler there is now
     * @param seen the cluster; it has a primary
     * @param count how many write at the same time
     * @param nextId the id of their first row; moved on
     */
    public Writers(
            Database database, Supplier<SchedulerClient> client, Document<Cluster> seen, int count, AtomicLong nextId) {
        Primary first = PrimaryFollower.of(seen).orElseThrow(() -> new IllegalArgumentException("no primary"));
        List<String> members = seen.value().instances().stream()
                .flatMap(instance -> instance.mysqlEndpoint().stream())
                .toList();
        follower = new PrimaryFollower(client, seen.value().name(), first, this::leave);
        for (int i = 0; i < count; i++) {
            writers.add(new Writer(database, follower::primary, members, nextId, acknowledged));
        }
        writers.forEach(Writer::start);
        follower.start();
    }

    /** How many rows have been acknowledged up to now. */
    public long acknowledged() {
        return acknowledged.get();
    }

    private void leave(Primary another) {
        writers.forEach(writer -> writer.leave(another));
    }

    /** Ends the writers and says what they were told. */
    public History end() throws InterruptedException {
        close();
        List<Insert> inserts = new ArrayList<>();
        for (Writer writer : writers) {
            inserts.addAll(writer.end());
        }
        return new History(inserts);
    }

    @Override
    public void close() {
        follower.close();
        writers.forEach(Writer::close);
    }
}
