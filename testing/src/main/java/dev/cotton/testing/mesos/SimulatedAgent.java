package dev.cotton.testing.mesos;

import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.function.Consumer;
import java.util.function.Function;
import tools.jackson.databind.node.ObjectNode;

/**
 * One agent of a {@link MesosSimulator} and what can happen to it. All methods may be called from any thread; they
 * return when the fault has happened, not when schedulers have heard of it.
 */
public final class SimulatedAgent {
    private final Cluster cluster;
    private final Agent agent;

    SimulatedAgent(Cluster cluster, Agent agent) {
        this.cluster = cluster;
        this.agent = agent;
    }

    /** Its id, empty while it has none: before it registered, or after it was removed. */
    public String id() {
        return ask(Agent::id);
    }

    /** The port of its executor API; it keeps it over restarts. */
    public int port() {
        return ask(Agent::port);
    }

    /** Its work folder, with sandboxes in {@code slaves/} and persistent volumes in {@code volumes/roles/}. */
    public Path workFolder() {
        return agent.workFolder();
    }

    /** Process ids of the first processes of the containers that run on it. */
    public List<Long> containers() {
        return ask(
                each -> each.tasks().containers().stream().map(Container::pid).toList());
    }

    /** The sandbox folders of executors that are alive. */
    public List<Path> sandboxes() {
        return ask(each -> each.runs().stream()
                .filter(AgentRun::isAlive)
                .map(AgentRun::sandbox)
                .toList());
    }

    /**
     * Kills the agent's process (SIGKILL). Executors live on; with checkpoints they wait for the agent. At once its
     * offers are rescinded; after the ping timeout its tasks are TASK_UNREACHABLE.
     */
    public void kill() {
        run(Agent::kill);
    }

    /** Starts the agent again with what it keeps on disk: executors subscribe again, then it registers. */
    public void start() {
        run(Agent::start);
    }

    /** Starts the agent again as another one, without its reservations and tasks; only after {@link #kill}. */
    public void startAsNewAgent() {
        run(each -> {
            each.forgetEverything(each.options());
            each.start();
        });
    }

    /** As {@link #startAsNewAgent()}, with other options but for how often updates are sent again. */
    public void startAsNewAgent(AgentOptions options) {
        run(each -> {
            each.forgetEverything(options);
            each.start();
        });
    }

    /**
     * Cuts the network between the agent and masters: calls to its tasks are lost, and after the ping timeout its
     * tasks are TASK_UNREACHABLE. Executors and the agent still reach each other.
     */
    public void cutOff() {
        run(Agent::cutOff);
    }

    /** Ends {@link #cutOff}: the agent registers again, its tasks come back. */
    public void reconnect() {
        run(Agent::reconnect);
    }

    /** Stops the agent as SIGUSR1 does: it unregisters, its tasks are TASK_LOST and killed. */
    public void unregister() {
        run(Agent::unregister);
    }

    /** An operator marks the agent gone: TASK_GONE_BY_OPERATOR; it is not let in again. */
    public void markGone() {
        run(each -> cluster.leader().ifPresent(master -> master.watch.markGone(each.id())));
    }

    /** An operator declares its machine down: TASK_LOST, and the agent ends. */
    public void machineDown() {
        run(each -> {
            cluster.leader().ifPresent(master -> master.watch.remove(each.id(), "Operator initiated 'Machine DOWN'"));
            each.toldToShutDown();
        });
    }

    /** An operator plans maintenance: offers are rescinded and made anew, frameworks get inverse offers. */
    public void scheduleMaintenance(Instant start, Duration length) {
        ObjectNode unavailability = Json.object();
        unavailability.set(
                "start", Json.object().put("nanoseconds", start.getEpochSecond() * 1_000_000_000L + start.getNano()));
        unavailability.set("duration", Json.object().put("nanoseconds", length.toNanos()));
        run(each -> cluster.leader()
                .flatMap(master -> master.agent(each.id()))
                .ifPresent(entry ->
                        cluster.leader().ifPresent(master -> master.maintenance.schedule(entry, unavailability))));
    }

    private void run(Consumer<Agent> work) {
        ask(each -> {
            work.accept(each);
            return true;
        });
    }

    private <T> T ask(Function<Agent, T> question) {
        return cluster.loop().ask(() -> question.apply(agent));
    }
}
