package dev.cotton.testing.mesos;

import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.Future;
import tools.jackson.databind.node.ObjectNode;

/** One life of a master process: what it knows is lost at its end. Used on the loop's thread only. */
final class Master {
    final Cluster cluster;
    final MasterOptions options;
    final String id = UUID.randomUUID().toString();
    final Map<String, Framework> frameworks = new LinkedHashMap<>();

    /** Ids of frameworks that were removed: they cannot come back. */
    final Set<String> completed = new LinkedHashSet<>();

    /** Registered agents by id. */
    final Map<String, AgentEntry> agents = new LinkedHashMap<>();

    /** Agents that the registry knows and that have not come to this master yet. */
    final Set<String> recovered = new LinkedHashSet<>();

    final Allocator allocator;
    final Offers offers;
    final Subscriptions subscriptions;
    final AgentWatch watch;
    final TaskUpdates updates;
    final Maintenance maintenance;
    final Operations operations;
    final Roles roles;
    private final WebServer web;
    private final List<Future<?>> ticks;
    private int nextFramework;
    private int nextAgent;
    private int nextOffer;
    private boolean elected;
    private boolean recovering = true;

    /** Starts to listen at {@code port}; it leads once it is elected. */
    Master(Cluster cluster, MasterOptions options, int port) {
        this.cluster = cluster;
        this.options = options;
        this.offers = new Offers(this);
        this.allocator = new Allocator(this);
        this.subscriptions = new Subscriptions(this);
        this.updates = new TaskUpdates(this);
        this.watch = new AgentWatch(this);
        this.maintenance = new Maintenance(this);
        this.operations = new Operations(this);
        this.roles = new Roles(this);
        this.web = new WebServer("mesos-master", port, cluster.masterSockets(), new MasterHttp(this)::answer);
        this.ticks = List.of(
                cluster.loop().every(options.allocationInterval(), this::allocate),
                cluster.loop().every(options.heartbeatInterval(), subscriptions::beat));
    }

    /** Becomes the leader; it has recovered, and serves frameworks, soon after. */
    void elect() {
        elected = true;
        recovered.addAll(cluster.registry().admitted);
        cluster.registry().unreachable.keySet().forEach(recovered::remove);
        cluster.loop().after(cluster.masterRecovery(), () -> {
            recovering = false;
            recovered.forEach(watch::expect);
            cluster.leaderIsReady(this);
        });
    }

    boolean isElected() {
        return elected;
    }

    boolean isRecovering() {
        return recovering;
    }

    /** Ends at once, as by SIGKILL. */
    void kill() {
        elected = false;
        ticks.forEach(each -> each.cancel(false));
        web.close();
        watch.stop();
    }

    /** Offers what is free, if it leads. */
    void allocate() {
        if (elected && !recovering) {
            allocator.allocate();
        }
    }

    int port() {
        return web.port();
    }

    String newFrameworkId() {
        return "%s-%04d".formatted(id, nextFramework++);
    }

    String newAgentId() {
        return id + "-S" + nextAgent++;
    }

    String newOfferId() {
        return id + "-O" + nextOffer++;
    }

    Optional<Framework> framework(String wanted) {
        return Optional.ofNullable(frameworks.get(wanted));
    }

    Optional<AgentEntry> agent(String wanted) {
        return Optional.ofNullable(agents.get(wanted));
    }

    /** MasterInfo, as events and ZooKeeper show it. */
    ObjectNode info() {
        ObjectNode info = Json.object()
                .put("id", id)
                .put("ip", 16777343)
                .put("port", port())
                .put("pid", "master@127.0.0.1:" + port())
                .put("hostname", "127.0.0.1")
                .put("version", "1.12.0");
        info.set(
                "address",
                Json.object()
                        .put("hostname", "127.0.0.1")
                        .put("ip", "127.0.0.1")
                        .put("port", port()));
        info.set(
                "capabilities",
                Json.array(List.of("AGENT_UPDATE", "AGENT_DRAINING", "QUOTA_V2").stream()
                        .map(each -> Json.object().put("type", each))
                        .toList()));
        options.domain().ifPresent(each -> info.set("domain", AgentDescription.domain(each)));
        return info;
    }
}
