package dev.cotton.cli.bench;

import dev.cotton.cli.ExitCode;
import dev.cotton.cli.Failure;
import dev.cotton.cli.writers.Database;
import dev.cotton.cli.writers.History;
import dev.cotton.cli.writers.Ledger;
import dev.cotton.cli.writers.NamedPrimary;
import dev.cotton.cli.writers.Primary;
import dev.cotton.cli.writers.Writers;
import dev.cotton.core.port.Installation;
import java.io.IOException;
import java.sql.SQLException;
import java.time.Duration;
import java.util.List;
import java.util.OptionalLong;
import java.util.concurrent.atomic.AtomicLong;
import java.util.stream.IntStream;

/**
 * The least that another primary takes on this machine, by hand, while clients write: nobody has to find out what happened or
 * to be certain of it, nothing is persisted, and connections for the statements are open in advance. Three servers, made
 * anew for every round. Used by one thread.
 */
public final class FailoverFloor {
    private static final int INSTANCES = 3;
    private static final int WARM_ROWS = 50;
    private static final int ENOUGH_ROWS = 5;
    private static final Duration WARM_UP = Duration.ofSeconds(1);
    private static final Duration WRITE_LIMIT = Duration.ofMinutes(1);
    private static final Duration LOOK = Duration.ofMillis(5);

    private final Floor floor;
    private final Database database;
    private final int writers;

    private FailoverFloor(Floor floor, Database database, int writers) {
        this.floor = floor;
        this.database = database;
        this.writers = writers;
    }

    /** Prepares for rounds in {@code playground}, with so many clients that write. */
    public static FailoverFloor in(Playground playground, Installation mysql, String user, int writers)
            throws IOException, InterruptedException {
        Floor floor = Floor.in(playground, mysql, user);
        floor.prepare();
        return new FailoverFloor(floor, floor.database(), writers);
    }

    /**
     * The primary is killed, and a replica takes over.
     *
     * @return the longest time without an acknowledged write, and when each step was done, counted from the kill
     */
    public Timed failOver() throws IOException, InterruptedException {
        return round((servers, steps) -> {
            servers.getFirst().server().close();
            steps.done("lost");
            List<HandServer> replicas = servers.subList(1, INSTANCES);
            HandServer.all(replicas, replica -> replica.execute("STOP REPLICA IO_THREAD"));
            steps.done("fenced");
            HandServer one = replicas.getFirst();
            HandServer other = replicas.getLast();
            boolean ahead = one.received(other.received());
            HandServer choice = ahead ? one : other;
            HandServer follower = ahead ? other : one;
            steps.done("chosen");
            choice.executeAll(choice.received());
            steps.done("drained");
            choice.open();
            steps.done("opened");
            follower.follow(choice);
            steps.done("followed");
            return choice;
        });
    }

    /** A healthy primary hands over to a replica; see {@link #failOver}. */
    public Timed switchOver() throws IOException, InterruptedException {
        return round((servers, steps) -> {
            HandServer former = servers.getFirst();
            HandServer target = servers.get(1);
            HandServer other = servers.getLast();
            other.execute("STOP REPLICA IO_THREAD");
            other.follow(target);
            steps.done("other replica follows the target");
            former.execute("SET GLOBAL super_read_only=ON");
            steps.done("frozen");
            target.executeAll(former.value("SELECT @@GLOBAL.gtid_executed"));
            steps.done("caught up");
            target.open();
            steps.done("opened");
            return target;
        });
    }

    /** What is done by hand. */
    @FunctionalInterface
    private interface Deed {
        /** @return the new primary */
        HandServer on(List<HandServer> servers, Stopwatch steps) throws SQLException, InterruptedException;
    }

    private Timed round(Deed deed) throws IOException, InterruptedException {
        List<FloorServer> started = floor.replicate(INSTANCES);
        List<Primary> members = IntStream.range(0, INSTANCES)
                .mapToObj(i ->
                        new Primary("floor-" + i, "127.0.0.1:" + started.get(i).port(), OptionalLong.empty()))
                .toList();
        List<HandServer> servers = List.of();
        NamedPrimary primary = new NamedPrimary(epoch(members.getFirst(), 1));
        try {
            Ledger.create(database, members.getFirst().endpoint());
            servers = HandServer.of(database, started);
            try (Writers writing = Writers.of(database, primary, members, writers, new AtomicLong())) {
                Thread.sleep(WARM_UP);
                await(writing, (long) WARM_ROWS * writers);
                Stopwatch steps = new Stopwatch();
                HandServer choice = deed.on(servers, steps);
                primary.name(epoch(members.get(servers.indexOf(choice)), 2));
                await(writing, writing.acknowledged() + (long) ENOUGH_ROWS * writers);
                return withWrites(steps, writing.end());
            }
        } catch (SQLException e) {
            throw new Failure(ExitCode.FAILED, "The floor failed: " + e.getMessage(), e);
        } finally {
            servers.forEach(HandServer::close);
            floor.close();
        }
    }

    private static Primary epoch(Primary member, long epoch) {
        return new Primary(member.instance(), member.endpoint(), OptionalLong.of(epoch));
    }

    private static void await(Writers writing, long rows) throws InterruptedException {
        long deadline = System.nanoTime() + WRITE_LIMIT.toNanos();
        while (writing.acknowledged() < rows) {
            if (System.nanoTime() - deadline > 0) {
                throw new Failure(ExitCode.TIMEOUT, "Nothing could be written to the floor.");
            }
            Thread.sleep(LOOK);
        }
    }

    private static Timed withWrites(Stopwatch steps, History history) {
        long begin = steps.begin();
        history.firstSentToAnotherServer(begin)
                .ifPresent(
                        sent -> steps.doneAfter("first write sent to another server", Duration.ofNanos(sent - begin)));
        history.firstAcknowledgedByAnotherServer(begin)
                .ifPresent(first -> steps.doneAfter("first acknowledged write", Duration.ofNanos(first - begin)));
        return steps.with(history.longestGap(begin, System.nanoTime()).span());
    }
}
