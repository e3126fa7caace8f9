package dev.cotton.testing.mesos;

import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.stream.IntStream;
import javax.net.ServerSocketFactory;
import javax.net.ssl.SSLContext;

/**
 * Apache Mesos for tests: masters and agents with their v1 HTTP APIs on loopback. Agents run executors as processes of
 * this machine, in sandboxes below the simulator's folder, as the command's user when this process is root's.
 *
 * <p>All methods may be called from any thread. Close it to end masters, agents and every process of every executor.
 */
public final class MesosSimulator implements AutoCloseable {
    private final Loop loop;
    private final Cluster cluster;
    private final Path folder;
    private final boolean stepped;
    private final List<SimulatedAgent> agents = new ArrayList<>();

    private MesosSimulator(Builder builder) {
        this.loop = builder.stepped ? Loop.withSteppedTime() : Loop.withPassingTime();
        this.folder = builder.folder;
        this.stepped = builder.stepped;
        this.cluster = new Cluster(
                loop,
                builder.options,
                new Cluster.Delays(builder.masterRecovery, builder.election, builder.reregistration),
                new Cluster.Outward(builder.announcements, builder.sockets));
    }

    /** What a simulator is to be started with; not thread-safe. */
    public static final class Builder {
        private final Path folder;
        private final List<AgentOptions> agents = new ArrayList<>();
        private MasterOptions options = MasterOptions.forTests();
        private LeaderAnnouncements announcements = LeaderAnnouncements.nowhere();
        private ServerSocketFactory sockets = ServerSocketFactory.getDefault();
        private int masters = 1;
        private Duration masterRecovery = Duration.ofMillis(100);
        private Duration election = Duration.ofMillis(300);
        private Duration reregistration = Duration.ofMillis(100);
        private boolean stepped;

        private Builder(Path folder) {
            this.folder = folder;
        }

        /** Options of every master; {@link MasterOptions#forTests} otherwise. */
        public Builder masterOptions(MasterOptions chosen) {
            options = chosen;
            return this;
        }

        /** So many masters, of which the first leads; one otherwise. */
        public Builder masters(int count) {
            masters = count;
            return this;
        }

        /** Where masters announce themselves; nowhere otherwise. */
        public Builder announcements(LeaderAnnouncements chosen) {
            announcements = chosen;
            return this;
        }

        /** Masters speak HTTPS only, as with {@code LIBPROCESS_SSL_ENABLED}; HTTP otherwise. */
        public Builder tls(SSLContext identity) {
            sockets = identity.getServerSocketFactory();
            return this;
        }

        /** How long an elected master answers 503, 100 ms otherwise. */
        public Builder masterRecovery(Duration chosen) {
            masterRecovery = chosen;
            return this;
        }

        /** How long followers redirect to a dead leader, 300 ms otherwise. */
        public Builder election(Duration chosen) {
            election = chosen;
            return this;
        }

        /** How long after a new leader is ready agents come to it, 100 ms otherwise. */
        public Builder reregistration(Duration chosen) {
            reregistration = chosen;
            return this;
        }

        /**
         * Time stands still for masters and agents, and passes by {@link MesosSimulator#elapse} only. Processes of
         * executors run in the time of this machine all the same.
         */
        public Builder steppedTime() {
            stepped = true;
            return this;
        }

        /** One more agent. */
        public Builder agent(AgentOptions chosen) {
            agents.add(chosen);
            return this;
        }

        /** Starts masters and agents; returns when all agents are registered. */
        public MesosSimulator start() {
            MesosSimulator simulator = new MesosSimulator(this);
            simulator.start(masters, agents);
            return simulator;
        }
    }

    /** A simulator that keeps sandboxes and volumes in {@code folder}, which has to be empty or not there, and open to the users of executors. */
    public static Builder in(Path folder) {
        return new Builder(folder);
    }

    private void start(int masters, List<AgentOptions> wanted) {
        ControlGroup.removeLeftovers();
        ask(cluster -> {
            for (int i = 0; i < masters; i++) {
                cluster.addMaster();
            }
            return masters;
        });
        Settling.until("the first master leads", () -> {
            settle();
            return ask(each -> each.readyLeader().isPresent());
        });
        wanted.forEach(this::addAgent);
    }

    /** Starts one more agent; returns when it is registered. */
    public SimulatedAgent addAgent(AgentOptions options) {
        Agent agent = ask(each -> {
            Agent made = new Agent(
                    each, options, folder.resolve("agent" + (each.agents().size() + 1)));
            each.agents().add(made);
            made.start();
            return made;
        });
        SimulatedAgent added = new SimulatedAgent(cluster, agent);
        agents.add(added);
        Settling.until("the agent is registered", () -> !added.id().isEmpty());
        return added;
    }

    private void settle() {
        if (stepped) {
            elapse(Duration.ofMillis(10));
        }
    }

    /** {@code 127.0.0.1:port} of the leading master, or of the last one that led. */
    public String leader() {
        return "127.0.0.1:" + ask(Cluster::leadingPort);
    }

    /** {@code 127.0.0.1:port} of each master, running or not. */
    public List<String> masters() {
        return ask(each -> IntStream.range(0, each.masters())
                .mapToObj(seat -> "127.0.0.1:" + each.port(seat))
                .toList());
    }

    /** The agents in the order in which they were added. */
    public List<SimulatedAgent> agents() {
        return List.copyOf(agents);
    }

    /** Kills a master (SIGKILL): its streams end; if it led, another one is elected after the session timeout. */
    public void killMaster(int index) {
        run(each -> each.killMaster(index));
    }

    /** Starts a killed master again at its port. It knows nothing but which agents there are. */
    public void startMaster(int index) {
        run(each -> each.startMaster(index));
    }

    /** Drops the connection of every subscribed framework, without a terminating chunk. */
    public void cutStreams() {
        run(each -> each.leader()
                .ifPresent(master -> List.copyOf(master.frameworks.values()).forEach(framework -> {
                    RecordStream stream = framework.stream;
                    if (stream != null) {
                        stream.cut();
                        master.subscriptions.disconnect(framework);
                    }
                })));
    }

    /** Rescinds all outstanding offers. */
    public void rescindOffers() {
        run(each -> each.leader()
                .ifPresent(master -> master.offers.of(offer -> true).forEach(master.offers::rescind)));
    }

    /** An operator tears a framework down: its stream ends without an ERROR, its id cannot come back. */
    public void tearDown(String frameworkId) {
        run(each -> each.leader()
                .ifPresent(master -> master.framework(frameworkId).ifPresent(master.subscriptions::remove)));
    }

    /** What there is: frameworks, tasks, reservations and volumes, as an operator sees them. */
    public MesosView view() {
        return ask(MesosView::of);
    }

    /** The last answers to inverse offers, ACCEPT or DECLINE, by {@code framework@agent}. */
    public Map<String, String> inverseOfferAnswers() {
        return ask(each ->
                each.leader().map(master -> master.maintenance.answers()).orElse(Map.of()));
    }

    /** Offers what is free now, as the leading master does every allocation interval. */
    public void allocate() {
        run(each -> each.leader().ifPresent(Master::allocate));
    }

    /**
     * Lets time pass where it stands still otherwise ({@link Builder#steppedTime}): whatever is due by then happens, in
     * order, before this returns.
     */
    public void elapse(Duration duration) {
        loop.elapse(duration);
    }

    /** Ends everything; waits until all containers are dead. */
    @Override
    public void close() {
        List<Container> containers = ask(each -> each.agents().stream()
                .flatMap(agent -> agent.tasks().containers().stream())
                .toList());
        run(Cluster::end);
        containers.forEach(Container::destroy);
        Settling.until("all containers are dead", () -> containers.stream().noneMatch(Container::isRunning));
        loop.close();
    }

    private void run(Consumer<Cluster> work) {
        ask(each -> {
            work.accept(each);
            return true;
        });
    }

    private <T> T ask(Function<Cluster, T> question) {
        return loop.ask(() -> question.apply(cluster));
    }
}
