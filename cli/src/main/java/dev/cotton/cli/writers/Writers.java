package dev.cotton.cli.writers;

import dev.cotton.cli.client.Cluster;
import dev.cotton.cli.client.Document;
import dev.cotton.cli.client.SchedulerClient;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * Writers that insert one row after the other into the {@link Ledger} of whoever is the primary, and never the same row
 * twice. A server is left when no answer comes in time, and at once when another one becomes the primary. Besides, one writer
 * for each member stays with it whoever is the primary. Thread-safe.
 */
public final class Writers implements AutoCloseable {
    private final PrimarySource source;
    private final List<Writer> writers = new ArrayList<>();
    private final AtomicLong acknowledged = new AtomicLong();
    private final AtomicReference<@Nullable Insert> latest = new AtomicReference<>();

    private Writers(Database database, PrimarySource source, List<Primary> members, int count, AtomicLong nextId) {
        this.source = source;
        Writer.Counters counters = new Writer.Counters(nextId, acknowledged, latest);
        List<String> endpoints = members.stream().map(Primary::endpoint).toList();
        for (int i = 0; i < count; i++) {
            writers.add(Writer.following(database, source::primary, endpoints, counters));
        }
        members.forEach(member -> writers.add(Writer.staying(database, member, counters)));
        source.start(this::leave);
        writers.forEach(Writer::start);
    }

    /**
     * Starts some that ask a scheduler where the primary is.
     *
     * @param client of whichever scheduler there is now
     * @param seen the cluster; it has a primary
     * @param count how many write to the primary at the same time
     * @param nextId the id of their first row; moved on
     */
    public static Writers of(
            Database database, Supplier<SchedulerClient> client, Document<Cluster> seen, int count, AtomicLong nextId) {
        Primary first = PrimaryFollower.of(seen).orElseThrow(() -> new IllegalArgumentException("no primary"));
        List<Primary> members = seen.value().instances().stream()
                .flatMap(instance -> instance.mysqlEndpoint().stream()
                        .map(endpoint -> new Primary(instance.id(), endpoint, OptionalLong.empty())))
                .toList();
        PrimaryFollower follower = new PrimaryFollower(client, seen.value().name(), first);
        return new Writers(database, follower, members, count, nextId);
    }

    /**
     * Starts some that are told where the primary is.
     *
     * @param members all of them, whoever is the primary
     */
    public static Writers of(
            Database database, NamedPrimary primary, List<Primary> members, int count, AtomicLong nextId) {
        return new Writers(database, primary, members, count, nextId);
    }

    /**
     * Has those that follow the primary connect to a member that is new, unless they have: a pool does that before it is
     * needed. When it lets nobody in, nothing happens.
     *
     * @param endpoint {@code <address>:<port>}
     */
    public void meet(String endpoint) {
        writers.stream().filter(Writer::follows).forEach(writer -> writer.meet(endpoint));
    }

    /** How many rows have been acknowledged up to now. */
    public long acknowledged() {
        return acknowledged.get();
    }

    private void leave(Primary another) {
        writers.stream().filter(Writer::follows).forEach(writer -> writer.leave(another));
    }

    /** One of the last writes that was acknowledged to a writer that follows the primary. */
    public Optional<Insert> latest() {
        return Optional.ofNullable(latest.get());
    }

    /** What they were told up to now. */
    public History history() {
        return new History(
                writers.stream().flatMap(writer -> writer.inserts().stream()).toList());
    }

    /** Ends the writers and says what they were told. */
    public History end() throws InterruptedException {
        close();
        for (Writer writer : writers) {
            writer.end();
        }
        return history();
    }

    @Override
    public void close() {
        source.close();
        writers.forEach(Writer::close);
    }
}
