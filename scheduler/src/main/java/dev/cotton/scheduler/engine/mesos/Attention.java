package dev.cotton.scheduler.engine.mesos;

import dev.cotton.core.mesos.Call;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.function.LongSupplier;

/**
 * When offers are heard in a role: while something wants them, and for some time after it does and after something ended, since what
 * nobody knows of may be among them; then again from time to time, for what agents bring back that were away. Not
 * thread-safe.
 */
final class Attention {
    private static final Duration QUIET = Duration.ofSeconds(30);

    private final String role;
    private final Duration again;
    private final LongSupplier nanos;
    private boolean suppressed;
    private boolean wanted;
    private int endings;
    private long usefulAt;

    /**
     * @param again how long offers may stay unheard
     * @param nanos a monotonic clock
     */
    Attention(String role, Duration again, LongSupplier nanos) {
        this.role = role;
        this.again = again;
        this.nanos = nanos;
        this.usefulAt = nanos.getAsLong();
    }

    /** A new subscription: offers come. */
    void subscribed() {
        suppressed = false;
        usefulAt = nanos.getAsLong();
    }

    /**
     * Something new wants offers: also what was declined.
     *
     * @return what is to be said now
     */
    Call wish() {
        wanted = true;
        return listen();
    }

    /** Whether the master was told that nothing is wanted. */
    boolean suppressed() {
        return suppressed;
    }

    private Call listen() {
        suppressed = false;
        usefulAt = nanos.getAsLong();
        return new Call.Revive(List.of(role));
    }

    /**
     * @param wants whether offers are of use now
     * @param ended how many tasks and instances have come to an end so far
     * @return what is to be said now
     */
    Optional<Call> next(boolean wants, int ended) {
        boolean news = (wants && !wanted) || (suppressed && (ended != endings || silent(again)));
        if (wants || ended != endings) {
            usefulAt = nanos.getAsLong();
        }
        wanted = wants;
        endings = ended;
        if (news) {
            return Optional.of(listen());
        }
        if (!suppressed && silent(QUIET)) {
            suppressed = true;
            usefulAt = nanos.getAsLong();
            return Optional.of(new Call.Suppress(List.of(role)));
        }
        return Optional.empty();
    }

    private boolean silent(Duration span) {
        return nanos.getAsLong() - usefulAt > span.toNanos();
    }
}
