package dev.cotton.executor.role;

import dev.cotton.core.model.Endpoint;
import dev.cotton.core.wire.Role;
import dev.cotton.core.wire.Status.RoleReport;
import java.io.DataInputStream;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.time.Duration;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * How long the source of this replica has been silent. What the receiver counts are signs of life; when there are none
 * for a while this executor knocks itself: a mysqld that lives greets whoever connects, and one that is stopped does
 * not, although its kernel accepts the connection. Thread-safe.
 */
final class SourceWatch implements Runnable {
    private static final Logger LOG = LoggerFactory.getLogger(SourceWatch.class);
    private static final Duration PACE = Duration.ofMillis(100);

    /** A little more than there is between two heartbeats. */
    private static final Duration QUIET = Duration.ofMillis(1100);

    private static final int GREETING_LIMIT_MILLIS = 700;

    /** The length of the greeting, lowest byte first, and its number. */
    private static final int HEADER = 4;

    private final StatusBoard board;

    private Optional<Endpoint> source = Optional.empty();
    private Optional<Counted> counted = Optional.empty();
    private long signAt;
    private long receivedAt;

    /**
     * What the receiver says of itself.
     *
     * @param heartbeats received since the receiver was started
     * @param relayed bytes written to relay logs since mysqld was started: it grows within a transaction, too
     */
    record Counted(String state, long heartbeats, String received, long relayed) {
        boolean showsLifeAfter(Counted former) {
            boolean connected = !former.state().equals("ON");
            boolean more = heartbeats > former.heartbeats() || !received.equals(former.received());
            return state.equals("ON") && (connected || more);
        }
    }

    SourceWatch(StatusBoard board) {
        this.board = board;
    }

    /**
     * Empty on what is no replica; both count from the moment when it got its source at the earliest.
     *
     * @param silence since the source's last sign of life
     * @param sinceReceived since anything was written to the relay log
     */
    record Ages(Optional<Duration> silence, Optional<Duration> sinceReceived) {}

    synchronized Ages ages() {
        return new Ages(source.map(watched -> since(signAt)), source.map(watched -> since(receivedAt)));
    }

    private static Duration since(long instant) {
        return Duration.ofNanos(System.nanoTime() - instant);
    }

    /** The receiver counts this now. */
    synchronized void counted(Counted now) {
        if (counted.filter(now::showsLifeAfter).isPresent()) {
            signAt = System.nanoTime();
        }
        if (counted.filter(former -> former.relayed() == now.relayed()).isEmpty()) {
            receivedAt = System.nanoTime();
        }
        counted = Optional.of(now);
    }

    /** Until interrupted. */
    @Override
    public void run() {
        try {
            while (true) {
                Optional<Endpoint> now =
                        board.picture().role().map(RoleReport::role).flatMap(SourceWatch::source);
                quiet(now).ifPresent(this::knock);
                Thread.sleep(PACE);
            }
        } catch (InterruptedException stop) {
            LOG.debug("The source is watched no longer.");
        }
    }

    /** The source, when it is time to knock there. */
    private synchronized Optional<Endpoint> quiet(Optional<Endpoint> now) {
        if (!now.equals(source)) {
            source = now;
            counted = Optional.empty();
            signAt = System.nanoTime();
            receivedAt = signAt;
        }
        return ages().silence().filter(silence -> silence.compareTo(QUIET) >= 0).flatMap(silence -> source);
    }

    private static Optional<Endpoint> source(Role role) {
        return role instanceof Role.Replica replica ? Optional.of(replica.endpoint()) : Optional.empty();
    }

    private void knock(Endpoint endpoint) {
        if (greets(endpoint)) {
            answered(endpoint);
        }
    }

    private synchronized void answered(Endpoint endpoint) {
        if (source.equals(Optional.of(endpoint))) {
            signAt = System.nanoTime();
        }
    }

    /** Whether a mysqld says anything, be it that it has too many connections. It is heard out, and then left. */
    private static boolean greets(Endpoint endpoint) {
        long deadline =
                System.nanoTime() + Duration.ofMillis(GREETING_LIMIT_MILLIS).toNanos();
        try (Socket socket = new Socket()) {
            socket.connect(new InetSocketAddress(endpoint.host(), endpoint.port()), GREETING_LIMIT_MILLIS);
            long left = (deadline - System.nanoTime()) / 1_000_000;
            socket.setSoTimeout((int) Math.max(1, left));
            DataInputStream input = new DataInputStream(socket.getInputStream());
            byte[] header = input.readNBytes(HEADER);
            if (header.length < HEADER) {
                return false;
            }
            int length = (header[0] & 0xff) | (header[1] & 0xff) << 8 | (header[2] & 0xff) << 16;
            input.skipNBytes(Math.min(length, 1024));
            return true;
        } catch (IOException nobody) {
            return false;
        }
    }
}
