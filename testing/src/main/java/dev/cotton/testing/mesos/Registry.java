package dev.cotton.testing.mesos;

import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.Map;
import java.util.Set;
import tools.jackson.databind.JsonNode;

/** What masters remember together, over restarts and failovers: Mesos' replicated registry. */
final class Registry {
    /** Ids of agents that were admitted and not removed. */
    final Set<String> admitted = new LinkedHashSet<>();

    /** Since when, in nanoseconds since the epoch, agents are unreachable. */
    final Map<String, Long> unreachable = new LinkedHashMap<>();

    /** Ids of agents that an operator marked gone. */
    final Set<String> gone = new LinkedHashSet<>();

    /** Quota by role. */
    final Map<String, JsonNode> quotas = new LinkedHashMap<>();
}
