package dev.cotton.scheduler.link;

import dev.cotton.core.model.Endpoint;
import dev.cotton.core.model.InstanceId;
import dev.cotton.scheduler.security.SchedulerTls;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;

/**
 * Which instance is expected at which place, and by which client it is called: one for all, except that an instance at a
 * place that was another's a moment ago gets a client of its own. Thread-safe.
 */
final class Places implements AutoCloseable {
    /** A client keeps a connection that is not used for half a minute. */
    private static final Duration KEPT_OPEN = Duration.ofMinutes(1);

    private final SchedulerTls security;
    private final Calls shared;
    private final Map<Endpoint, Tenant> tenants = new HashMap<>();
    private final Map<Endpoint, Former> formers = new HashMap<>();

    private record Tenant(InstanceId id, Calls calls) {}

    private record Former(InstanceId id, long leftAt) {}

    Places(SchedulerTls security) {
        this.security = security;
        this.shared = newCalls();
    }

    private Calls newCalls() {
        return new Calls(security.clientContext(this::at));
    }

    private synchronized Optional<InstanceId> at(String host, int port) {
        return Optional.ofNullable(tenants.get(new Endpoint(host, port))).map(Tenant::id);
    }

    /** From now on {@code id} is expected at {@code place}, and called by the answer. */
    synchronized Calls take(Endpoint place, InstanceId id) {
        Optional<Former> former = Optional.ofNullable(formers.get(place))
                .filter(one -> System.nanoTime() - one.leftAt() < KEPT_OPEN.toNanos());
        // fence: the shared client may hold a connection to the former tenant, or a session that can be resumed, and
        // both
        // were checked for the former tenant's name.
        boolean mistakable = former.filter(one -> !one.id().equals(id)).isPresent();
        Tenant tenant = new Tenant(id, mistakable ? newCalls() : shared);
        tenants.put(place, tenant);
        return tenant.calls();
    }

    /** {@code id} is no longer expected there; nothing when another instance is by now. */
    synchronized void leave(Endpoint place, InstanceId id) {
        Tenant tenant = tenants.get(place);
        if (tenant != null && tenant.id().equals(id)) {
            tenants.remove(place);
            formers.put(place, new Former(id, System.nanoTime()));
            if (tenant.calls() != shared) {
                tenant.calls().close();
            }
        }
    }

    @Override
    public synchronized void close() {
        tenants.values().forEach(tenant -> tenant.calls().close());
        tenants.clear();
        shared.close();
    }
}
