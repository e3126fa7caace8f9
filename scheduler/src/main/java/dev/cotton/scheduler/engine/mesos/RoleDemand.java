package dev.cotton.scheduler.engine.mesos;

import dev.cotton.core.mesos.Call;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.LongSupplier;

/** In which roles offers are wanted, and what of it the master has to be told. Not thread-safe. */
final class RoleDemand {
    /** Offers are heard for so long after the last one was of use: what nobody knows of may be among them. */
    private static final Duration QUIET = Duration.ofSeconds(30);

    private final LongSupplier nanos;
    private final Map<String, Standing> roles = new TreeMap<>();

    /** How it stands with one role. */
    private static final class Standing {
        private boolean suppressed;
        private boolean wanted;
        private long usefulAt;

        Standing(long now) {
            this.usefulAt = now;
        }
    }

    /** @param nanos a monotonic clock */
    RoleDemand(LongSupplier nanos) {
        this.nanos = nanos;
    }

    /** A new subscription in these roles, none of which is suppressed. */
    void subscribed(Collection<String> all) {
        roles.clear();
        all.forEach(this::added);
    }

    /** One more, which is not suppressed. */
    void added(String role) {
        roles.put(role, new Standing(nanos.getAsLong()));
    }

    List<String> suppressed() {
        return roles.entrySet().stream()
                .filter(role -> role.getValue().suppressed)
                .map(Map.Entry::getKey)
                .toList();
    }

    /** What is refused in a role is forgotten, so that everything is offered anew; nothing for one that is not ours yet. */
    List<Call> revived(String role) {
        Standing standing = roles.get(role);
        if (standing == null) {
            return List.of();
        }
        standing.suppressed = false;
        standing.wanted = true;
        standing.usefulAt = nanos.getAsLong();
        return List.of(new Call.Revive(List.of(role)));
    }

    /** What is to be said now that offers are of use in these roles only. */
    List<Call> want(Set<String> wanting) {
        List<Call> calls = new ArrayList<>();
        List<String> quiet = new ArrayList<>();
        roles.forEach((role, standing) -> {
            boolean wants = wanting.contains(role);
            if (wants && !standing.wanted) {
                calls.addAll(revived(role));
            }
            standing.wanted = wants;
            if (wants) {
                standing.usefulAt = nanos.getAsLong();
            } else if (!standing.suppressed && nanos.getAsLong() - standing.usefulAt > QUIET.toNanos()) {
                standing.suppressed = true;
                quiet.add(role);
            }
        });
        if (!quiet.isEmpty()) {
            calls.add(new Call.Suppress(quiet));
        }
        return calls;
    }
}
