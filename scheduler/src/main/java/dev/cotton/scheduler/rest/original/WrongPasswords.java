package dev.cotton.scheduler.rest.original;

import dev.cotton.core.model.ClusterName;
import dev.cotton.scheduler.fleet.Refusal;
import dev.cotton.scheduler.rest.edge.RequestRefused;
import dev.cotton.scheduler.rest.resource.ProblemCode;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.function.Supplier;

/**
 * Keeps callers from guessing a cluster's password: from one address, {@link #ALLOWED} wrong ones are looked at within
 * {@link #WINDOW}, which begins with the first; until it is over nothing more is, right or wrong. Thread-safe.
 */
final class WrongPasswords {
    static final int ALLOWED = 5;
    static final Duration WINDOW = Duration.ofSeconds(30);

    /** More than anybody has clusters and callers; beyond it the oldest are forgotten. */
    private static final int REMEMBERED = 4096;

    private final InstantSource clock;
    private final Map<Guesser, Guesses> recent = new LinkedHashMap<>() {
        @Override
        protected boolean removeEldestEntry(Map.Entry<Guesser, Guesses> eldest) {
            return size() > REMEMBERED;
        }
    };

    private record Guesser(ClusterName cluster, String address) {}

    private record Guesses(int count, Instant since) {
        boolean isOver(Instant now) {
            Duration age = Duration.between(since, now);
            return age.isNegative() || age.compareTo(WINDOW) >= 0;
        }
    }

    WrongPasswords(InstantSource clock) {
        this.clock = clock;
    }

    /**
     * Makes a call that says whether the password is right.
     *
     * @param address of the caller
     * @throws RequestRefused instead of making it, when there were too many wrong ones
     */
    <T> T guard(ClusterName cluster, String address, Supplier<T> call) {
        Guesser guesser = new Guesser(cluster, address);
        // safety: counted beforehand, so that many requests at the same time are not looked at all.
        count(guesser);
        boolean wrong = false;
        try {
            return call.get();
        } catch (Refusal refusal) {
            wrong = refusal.code() == Refusal.Code.FORBIDDEN;
            throw refusal;
        } finally {
            if (!wrong) {
                uncount(guesser);
            }
        }
    }

    private synchronized void count(Guesser guesser) {
        Instant now = clock.instant();
        Guesses before = recent.get(guesser);
        if (before == null || before.isOver(now)) {
            recent.remove(guesser);
            recent.put(guesser, new Guesses(1, now));
        } else if (before.count() < ALLOWED) {
            recent.put(guesser, new Guesses(before.count() + 1, before.since()));
        } else {
            throw new RequestRefused(
                    ProblemCode.TOO_MANY_ATTEMPTS,
                    "password",
                    "Too many wrong passwords for " + guesser.cluster() + " came from " + guesser.address()
                            + ": none is looked at for up to " + WINDOW.toSeconds()
                            + " seconds. Nothing was changed. Ask again then.");
        }
    }

    private synchronized void uncount(Guesser guesser) {
        Guesses counted = recent.get(guesser);
        if (counted != null && counted.count() > 1) {
            recent.put(guesser, new Guesses(counted.count() - 1, counted.since()));
        } else {
            recent.remove(guesser);
        }
    }
}
