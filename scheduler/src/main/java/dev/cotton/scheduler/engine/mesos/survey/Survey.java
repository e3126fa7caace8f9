package dev.cotton.scheduler.engine.mesos.survey;

import dev.cotton.core.port.Engine.RoleShare;
import dev.cotton.scheduler.engine.mesos.master.MesosMaster;
import dev.cotton.scheduler.engine.mesos.offer.Need;
import java.time.Duration;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.LongSupplier;
import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * What is known of a fleet beside offers: the sizes of all agents that were seen in this leadership, and the quota of the
 * roles that are used. Asked on a thread of its own, since a large fleet's list takes its time. A master that does not show
 * it to this framework leaves it unknown. Thread-safe.
 */
public final class Survey implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(Survey.class);
    private static final Duration CLOSING = Duration.ofSeconds(5);
    private static final Duration RETRY = Duration.ofSeconds(5);

    private final MesosMaster master;
    private final Supplier<Collection<String>> wanted;
    private final Pace pace;
    private final LongSupplier nanos;
    private final Thread thread;
    private final Map<String, AgentSize> agents = new HashMap<>();
    private final Set<String> refusedPaths = new HashSet<>();
    private Optional<Known> known = Optional.empty();
    private long askedForAgentsAt;
    private List<RoleShare> roles = List.of();

    /**
     * @param roles between two looks at the roles
     * @param agents between two looks at the agents
     * @param settled between the first look that found all agents and the one that confirms it: only then anything is said
     *     to be too large for them
     */
    public record Pace(Duration roles, Duration agents, Duration settled) {
        public static final Pace ORDINARY =
                new Pace(Duration.ofSeconds(30), Duration.ofMinutes(10), Duration.ofMinutes(2));
    }

    /**
     * That all agents were seen.
     *
     * @param confirmed whether another look has said so since
     */
    private record Known(boolean confirmed) {}

    /**
     * @param wanted the roles that are used now
     * @param nanos a monotonic clock
     */
    public Survey(MesosMaster master, Supplier<Collection<String>> wanted, Pace pace, LongSupplier nanos) {
        this.master = master;
        this.wanted = wanted;
        this.pace = pace;
        this.nanos = nanos;
        this.thread = Thread.ofVirtual().name("mesos-survey").unstarted(this::run);
    }

    public void start() {
        thread.start();
    }

    private void run() {
        try {
            while (!Thread.currentThread().isInterrupted()) {
                Thread.sleep(look() ? pace.roles() : RETRY);
            }
        } catch (InterruptedException closing) {
            LOG.trace("The survey ends.");
        }
    }

    /** Asks what is due now. @return whether the master answered */
    boolean look() {
        Collection<String> names = wanted.get();
        Optional<List<RoleShare>> shares = ask("/roles", body -> Readings.roles(body, names));
        shares.ifPresent(this::keep);
        if (agentsDue()) {
            ask("/slaves", Readings::agents).ifPresent(this::keep);
        }
        return shares.isPresent();
    }

    private <T> Optional<T> ask(String path, MesosMaster.Reading<T> reading) {
        try {
            return Optional.of(master.shown(path, reading));
        } catch (MesosMaster.NotConnectedException later) {
            LOG.debug("{}", later.getMessage());
        } catch (MesosMaster.CallRefusedException refused) {
            if (refusedPaths.add(path)) {
                LOG.warn("What the master shows at {} is not known here: {}", path, refused.getMessage());
            }
        }
        return Optional.empty();
    }

    private synchronized void keep(List<RoleShare> shares) {
        roles = List.copyOf(shares);
    }

    private synchronized boolean agentsDue() {
        Duration pause = known.isEmpty() || known.get().confirmed() ? pace.agents() : pace.settled();
        return known.isEmpty() || nanos.getAsLong() - askedForAgentsAt >= pause.toNanos();
    }

    /** All agents are back when none is missing that the master knows of, and another look later says so again. */
    private synchronized void keep(Readings.Agents seen) {
        agents.putAll(seen.sizes());
        askedForAgentsAt = nanos.getAsLong();
        if (seen.missing() == 0 && !agents.isEmpty()) {
            known = Optional.of(new Known(known.isPresent()));
        }
    }

    /** The quota of the roles that are used, as it was shown last. */
    public synchronized List<RoleShare> roles() {
        return roles;
    }

    /** Why that could never run on the agents that were seen; empty also while they have not been known for long. */
    public synchronized Optional<String> shortage(Need need, int instances, boolean apart) {
        return known.filter(Known::confirmed)
                .flatMap(_ -> EmptyFleet.shortage(agents.values(), need, instances, apart));
    }

    @Override
    public void close() {
        thread.interrupt();
        try {
            if (thread.isAlive() && !thread.join(CLOSING)) {
                LOG.warn("The survey of the fleet does not end.");
            }
        } catch (InterruptedException hurried) {
            Thread.currentThread().interrupt();
        }
    }
}
