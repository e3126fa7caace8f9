package dev.cotton.executor.role;

import dev.cotton.core.wire.MysqlReport;
import dev.cotton.core.wire.Role;
import dev.cotton.executor.sql.CottonSchema;
import dev.cotton.executor.sql.Session;
import dev.cotton.executor.sql.Sessions.Scope;
import dev.cotton.executor.sql.SqlFailure;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Optional;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Commits once a second on a primary that takes writes. That proves that commits work, and is needed besides: a replica
 * that already holds a waiting transaction when it reconnects sends no ack for it, so all commits would hang until the
 * next one. Therefore, while a pulse hangs and enough replicas are attached, another one is sent after it, with a row
 * and a session of its own. What is due is looked for at every news on the board, and five times a second. Thread-safe.
 */
final class Heartbeat implements Runnable {
    private static final Logger LOG = LoggerFactory.getLogger(Heartbeat.class);
    private static final Duration PACE = Duration.ofMillis(200);
    private static final long BETWEEN_PULSES = Duration.ofMillis(950).toNanos();

    /** A pulse may wait for as long as replicas are away. */
    private static final Duration LONGEST_PULSE = Duration.ofMinutes(30);

    private static final Duration FIRST_LIMIT = Duration.ofSeconds(3);

    private static final int MOST_PULSES = 8;

    private final StatusBoard board;
    private final Supplier<Optional<Server>> server;
    private final Deque<Pulse> idle = new ArrayDeque<>();

    private @Nullable Server beating;
    private long beatingSince;
    private int hanging;
    private int clients;
    private long pulsedAt = System.nanoTime() - BETWEEN_PULSES;
    private Optional<Long> succeededAt = Optional.empty();

    /** One row of the table, with a session that is kept open: a new login may hang. */
    private record Pulse(int number, Session session, Server server) {}

    Heartbeat(StatusBoard board, Supplier<Optional<Server>> server) {
        this.board = board;
        this.server = server;
    }

    /**
     * Since a pulse succeeded on the present run of mysqld. Before the first one it is empty, and when that takes too
     * long the time since the first was due. Empty on what is no primary.
     */
    synchronized Optional<Duration> age() {
        long now = System.nanoTime();
        return succeededAt
                .map(at -> Duration.ofNanos(now - at))
                .or(() -> Optional.ofNullable(beating)
                        .map(present -> Duration.ofNanos(now - beatingSince))
                        .filter(waited -> waited.compareTo(FIRST_LIMIT) > 0));
    }

    /** Until interrupted. */
    @Override
    public void run() {
        try {
            long seen = 0;
            while (true) {
                tick();
                seen = board.await(seen, PACE).revision();
            }
        } catch (InterruptedException stop) {
            rest();
        }
    }

    private synchronized void tick() {
        Picture picture = board.picture();
        Optional<Server> now = server.get();
        if (now.isEmpty() || !takesWrites(picture)) {
            rest();
            return;
        }
        if (!now.get().equals(beating)) {
            rest();
            beating = now.get();
            beatingSince = System.nanoTime();
        }
        int attached =
                picture.mysql().map(report -> report.semiSync().clients()).orElse(0);
        boolean returned = attached > clients;
        clients = attached;
        boolean due = System.nanoTime() - pulsedAt >= BETWEEN_PULSES;
        if (hanging == 0 ? due : hanging < MOST_PULSES && enough(picture) && (due || returned)) {
            pulse(now.get());
        }
    }

    private static boolean takesWrites(Picture picture) {
        boolean primary = picture.role()
                .filter(report ->
                        report.role() instanceof Role.Primary(int ackCount, var admitted, boolean frozen) && !frozen)
                .isPresent();
        return primary && picture.mysql().filter(report -> !report.readOnly()).isPresent();
    }

    private static boolean enough(Picture picture) {
        return picture.mysql()
                .map(MysqlReport::semiSync)
                .filter(semiSync -> semiSync.clients() >= semiSync.ackCount())
                .isPresent();
    }

    private void pulse(Server now) {
        Pulse pulse = idle.poll();
        int number = pulse == null ? hanging : pulse.number();
        hanging++;
        pulsedAt = System.nanoTime();
        Thread.ofVirtual().name("heartbeat-" + number).start(() -> {
            if (pulse == null) {
                open(now, number);
            } else {
                send(pulse);
            }
        });
    }

    /** On the pulse's own thread, because a login may hang. */
    private void open(Server now, int number) {
        try {
            send(new Pulse(number, now.sessions().open(Scope.CLUSTER, LONGEST_PULSE), now));
        } catch (SqlFailure failure) {
            LOG.warn("No heartbeat: {}", failure.getMessage());
            refused(now);
        }
    }

    private synchronized void refused(Server now) {
        if (now.equals(beating)) {
            hanging--;
        }
    }

    private void send(Pulse pulse) {
        boolean beat = false;
        try {
            CottonSchema.beat(pulse.session(), pulse.number());
            beat = true;
        } catch (SqlFailure failure) {
            LOG.warn("A heartbeat failed: {}", failure.getMessage());
        } finally {
            ended(pulse, beat);
        }
    }

    private synchronized void ended(Pulse pulse, boolean beat) {
        if (!pulse.server().equals(beating)) {
            pulse.session().close();
            return;
        }
        hanging--;
        if (beat) {
            boolean first = succeededAt.isEmpty();
            succeededAt = Optional.of(System.nanoTime());
            if (first) {
                tell(pulse.server());
            }
        }
        if (pulse.session().usable()) {
            idle.add(pulse);
        } else {
            pulse.session().close();
        }
    }

    /** That commits work now is news; later ones are seen by whoever looks. */
    private void tell(Server on) {
        board.update(picture -> picture.usage().processId().equals(Optional.of(on.processId()))
                ? picture.withMysql(picture.mysql().map(report -> report.withHeartbeatAge(Optional.of(Duration.ZERO))))
                : picture);
    }

    /** What still hangs closes its session when it ends. */
    private synchronized void rest() {
        idle.forEach(pulse -> pulse.session().close());
        idle.clear();
        beating = null;
        hanging = 0;
        clients = 0;
        succeededAt = Optional.empty();
    }
}
