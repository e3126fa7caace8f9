package dev.cotton.scheduler.engine.mesos;

import dev.cotton.core.mesos.Call;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.LongSupplier;

/** In which roles offers are heard, and what of it the master has to be told: an {@link Attention} each. Not thread-safe. */
final class RoleDemand {
    private final Duration again;
    private final LongSupplier nanos;
    private final Map<String, Attention> roles = new TreeMap<>();

    /**
     * @param again how long offers may stay unheard in a role
     * @param nanos a monotonic clock
     */
    RoleDemand(Duration again, LongSupplier nanos) {
        this.again = again;
        this.nanos = nanos;
    }

    /** A new subscription in these roles, none of which is suppressed. */
    void subscribed(Collection<String> all) {
        roles.keySet().retainAll(all);
        all.forEach(this::added);
    }

    /** One more, which is not suppressed. */
    void added(String role) {
        roles.computeIfAbsent(role, _ -> new Attention(role, again, nanos)).subscribed();
    }

    List<String> suppressed() {
        return roles.entrySet().stream()
                .filter(role -> role.getValue().suppressed())
                .map(Map.Entry::getKey)
                .toList();
    }

    /**
     * Something new wants offers of that role: also what was declined.
     *
     * @return what is to be said now; nothing for a role that is not ours yet
     */
    Optional<Call> wish(String role) {
        return Optional.ofNullable(roles.get(role)).map(Attention::wish);
    }

    /**
     * @param wanting the roles in which offers are of use now
     * @param ended how many tasks and instances have come to an end so far, in whatever role
     * @return what is to be said now
     */
    List<Call> next(Set<String> wanting, int ended) {
        List<Call> calls = new ArrayList<>();
        List<String> quiet = new ArrayList<>();
        roles.forEach((role, attention) -> attention
                .next(wanting.contains(role), ended)
                .ifPresent(call -> {
                    if (call instanceof Call.Suppress) {
                        quiet.add(role);
                    } else {
                        calls.add(call);
                    }
                }));
        if (!quiet.isEmpty()) {
            calls.add(new Call.Suppress(quiet));
        }
        return calls;
    }
}
