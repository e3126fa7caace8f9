package dev.cotton.testing.mesos;

import java.util.Optional;
import java.util.concurrent.Future;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/** What a master knows of one registered agent. */
final class AgentEntry {
    final String id;
    final Agent agent;

    /** Everything it has, with the reservations and volumes made on it. */
    Resources total;

    boolean connected = true;
    boolean deactivated;
    Optional<JsonNode> unavailability = Optional.empty();

    @Nullable
    Future<?> pingTimeout;

    AgentEntry(String id, Agent agent, Resources total) {
        this.id = id;
        this.agent = agent;
        this.total = total;
    }

    void stopWaiting() {
        if (pingTimeout != null) {
            pingTimeout.cancel(false);
            pingTimeout = null;
        }
    }
}
