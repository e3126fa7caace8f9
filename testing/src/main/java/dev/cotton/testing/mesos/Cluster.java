package dev.cotton.testing.mesos;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import javax.net.ServerSocketFactory;
import org.jspecify.annotations.Nullable;

/** The masters and agents of one simulator, and who leads. On the loop's thread. */
final class Cluster {
    private final Loop loop;
    private final MasterOptions options;
    private final Delays delays;
    private final Outward outward;
    private final Registry registry = new Registry();
    private final List<Seat> seats = new ArrayList<>();
    private final List<Agent> agents = new ArrayList<>();

    /** Seats with a living master, in the order in which they announced themselves. */
    private final List<Seat> candidates = new ArrayList<>();

    private int electionsPending;
    private @Nullable Seat leading;

    /**
     * How long changes take that are not a matter of Mesos' options.
     *
     * @param masterRecovery between election and the first call that is not answered with 503
     * @param election between the end of a leader and the election of the next
     * @param reregistration between a leader being ready and its agents coming
     */
    record Delays(Duration masterRecovery, Duration election, Duration reregistration) {}

    /**
     * How masters are found and spoken to.
     *
     * @param sockets what they listen with
     */
    record Outward(LeaderAnnouncements announcements, ServerSocketFactory sockets) {}

    /** A place where a master runs, with the port that it keeps. */
    private static final class Seat {
        private int port;
        private @Nullable Master master;
        private @Nullable AutoCloseable announced;
    }

    Cluster(Loop loop, MasterOptions options, Delays delays, Outward outward) {
        this.loop = loop;
        this.options = options;
        this.delays = delays;
        this.outward = outward;
    }

    Loop loop() {
        return loop;
    }

    Registry registry() {
        return registry;
    }

    ServerSocketFactory masterSockets() {
        return outward.sockets();
    }

    Duration masterRecovery() {
        return delays.masterRecovery();
    }

    List<Agent> agents() {
        return agents;
    }

    /** The leading master, also while it recovers. */
    Optional<Master> leader() {
        return Optional.ofNullable(leading).map(each -> each.master).filter(Master::isElected);
    }

    Optional<Master> readyLeader() {
        return leader().filter(each -> !each.isRecovering());
    }

    /** Where followers redirect to: the last leader, even when it is dead. */
    Optional<String> leadingAddress() {
        return Optional.ofNullable(leading).map(each -> "127.0.0.1:" + each.port);
    }

    int masters() {
        return seats.size();
    }

    int port(int seat) {
        return seats.get(seat).port;
    }

    int leadingPort() {
        return leading == null ? 0 : leading.port;
    }

    /** Adds a master, which leads when nobody does. */
    void addMaster() {
        Seat seat = new Seat();
        seats.add(seat);
        start(seat);
    }

    /** Starts the master of a seat again, at its port, knowing nothing but the registry. */
    void startMaster(int index) {
        Seat seat = seats.get(index);
        if (seat.master == null) {
            start(seat);
        }
    }

    private void start(Seat seat) {
        Master master = new Master(this, options, seat.port);
        seat.master = master;
        seat.port = master.port();
        seat.announced = outward.announcements().announce(Json.print(master.info()));
        candidates.add(seat);
        electIfNeeded();
    }

    private void electIfNeeded() {
        if (leader().isEmpty() && electionsPending == 0 && !candidates.isEmpty()) {
            leading = candidates.getFirst();
            Optional.ofNullable(candidates.getFirst().master).ifPresent(Master::elect);
        }
    }

    /** Kills the master of a seat; if it led, another is elected after the session timeout. */
    void killMaster(int index) {
        Seat seat = seats.get(index);
        Master master = seat.master;
        if (master == null) {
            return;
        }
        AutoCloseable announced = seat.announced;
        seat.master = null;
        seat.announced = null;
        candidates.remove(seat);
        if (master.isElected()) {
            agents.forEach(Agent::loseMaster);
        }
        master.kill();
        electionsPending++;
        loop.after(delays.election(), () -> {
            electionsPending--;
            withdraw(announced);
            electIfNeeded();
        });
    }

    private static void withdraw(@Nullable AutoCloseable announced) {
        try {
            if (announced != null) {
                announced.close();
            }
        } catch (Exception e) {
            throw new IllegalStateException("cannot withdraw the announcement of a master", e);
        }
    }

    /** Agents come to a leader once it has recovered. */
    void leaderIsReady(Master master) {
        loop.after(delays.reregistration(), () -> {
            if (master.isElected()) {
                agents.forEach(Agent::register);
            }
        });
    }

    /** Ends everything, executors included. */
    void end() {
        for (Agent each : agents) {
            each.shutDown();
        }
        for (Seat each : seats) {
            Optional.ofNullable(each.master).ifPresent(Master::kill);
            withdraw(each.announced);
        }
    }
}
