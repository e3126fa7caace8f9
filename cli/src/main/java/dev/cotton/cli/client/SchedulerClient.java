package dev.cotton.cli.client;

import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Optional;
import java.util.OptionalLong;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/**
 * The REST interface of one scheduler. Every call throws {@link dev.cotton.cli.Failure} with the scheduler's own sentence
 * when it is refused, and with one about the connection when no answer comes in time. Thread-safe.
 */
public final class SchedulerClient {
    private static final String CLUSTERS = "/api/v1/clusters";
    private static final String BACKUPS = "/api/v1/backups";
    private static final String QUARANTINE = "/quarantine";

    private final Transport transport;

    public SchedulerClient(SchedulerAddress address) {
        transport = new Transport(address);
    }

    public SchedulerAddress address() {
        return transport.address();
    }

    /** The live clusters. */
    public Document<Answers.Clusters> clusters() {
        return transport.get(CLUSTERS, Answers.Clusters.class);
    }

    /** Deleted clusters whose data are still kept, the newest first. */
    public Document<Answers.Clusters> bin() {
        return transport.get("/api/v1/bin", Answers.Clusters.class);
    }

    public Document<Cluster> cluster(String name) {
        return transport.get(path(name), Cluster.class);
    }

    /**
     * @param request as of {@code CreateCluster}
     * @param idempotencyKey makes the call safe to repeat
     */
    public Document<Operation> create(JsonNode request, Optional<String> idempotencyKey) {
        return transport.post(CLUSTERS, Optional.of(request), idempotencyKey, Operation.class);
    }

    /** Stops the cluster; its data go to the bin, or are destroyed with {@code purge}. */
    public Document<Operation> delete(String name, boolean purge) {
        return transport.delete(path(name) + (purge ? "?purge=true" : ""), Operation.class);
    }

    /** What {@link #delete} would do. */
    public Document<Answers.Plan> deletionPlan(String name, boolean purge) {
        return transport.delete(path(name) + "?dryRun=true" + (purge ? "&purge=true" : ""), Answers.Plan.class);
    }

    /** Destroys the newest cluster of that name in the bin. */
    public Document<Operation> purgeFromBin(String name) {
        return transport.delete("/api/v1/bin/" + encoded(name), Operation.class);
    }

    /** What {@link #purgeFromBin} would do. */
    public Document<Answers.Plan> purgePlan(String name) {
        return transport.delete("/api/v1/bin/" + encoded(name) + "?dryRun=true", Answers.Plan.class);
    }

    public Document<Operation> restore(String name) {
        return act(name, "restore");
    }

    /**
     * Puts the cluster in the bin, and has another one take its name with the data of a backup.
     *
     * @param from as of {@code FromBackup}
     */
    public Document<Operation> replace(String name, ObjectNode from) {
        return ask(name, "replace", replacement(from, false), Operation.class);
    }

    /** What {@link #replace} would do. */
    public Document<Answers.Plan> replacementPlan(String name, ObjectNode from) {
        return ask(name, "replace", replacement(from, true), Answers.Plan.class);
    }

    private static ObjectNode replacement(ObjectNode from, boolean dryRun) {
        ObjectNode wish = JsonNodeFactory.instance.objectNode().put("dryRun", dryRun);
        wish.set("from", from);
        return wish;
    }

    /** The backups of clusters of that name, or all. */
    public Document<Backup.All> backups(Optional<String> cluster) {
        return transport.get(cluster.map(name -> path(name) + "/backups").orElse(BACKUPS), Backup.All.class);
    }

    public Document<Backup> backup(String id) {
        return transport.get(BACKUPS + "/" + encoded(id), Backup.class);
    }

    /** What changed the schemas of a cluster in the last {@code span}, which is rounded up to minutes. */
    public Document<SchemaChanges> schemaChanges(String name, Duration span) {
        long minutes = Math.max(1, span.plusSeconds(59).toMinutes());
        return transport.get(path(name) + "/schema-changes?minutes=" + minutes, SchemaChanges.class);
    }

    /** Begins a backup now. */
    public Document<Backup.Run> backUp(String name) {
        return transport.post(path(name) + "/backups", Optional.empty(), Optional.empty(), Backup.Run.class);
    }

    /** Has a policy of its own hold for the backups of a cluster. */
    public Document<Backup.Standing> followBackupPolicy(String name, Backup.Policy policy) {
        return transport.put(path(name) + "/backup-policy", policy.request(), Backup.Standing.class);
    }

    /** Has a backup proven again. */
    public Document<Backup.Run> verifyBackup(String id) {
        return transport.post(
                BACKUPS + "/" + encoded(id) + "/verify", Optional.empty(), Optional.empty(), Backup.Run.class);
    }

    /** Destroys a backup; the newest of its cluster that is proven only with {@code force}. */
    public Document<Backup> deleteBackup(String id, boolean force) {
        return transport.delete(BACKUPS + "/" + encoded(id) + (force ? "?force=true" : ""), Backup.class);
    }

    /** What {@link #deleteBackup} would do. */
    public Document<Answers.Plan> backupDeletionPlan(String id, boolean force) {
        return transport.delete(
                BACKUPS + "/" + encoded(id) + "?dryRun=true" + (force ? "&force=true" : ""), Answers.Plan.class);
    }

    /** Stops the databases of a cluster. */
    public Document<Operation> stop(String name) {
        return act(name, "stop");
    }

    /** What {@link #stop} would do. */
    public Document<Answers.Plan> stopPlan(String name) {
        return transport.post(path(name) + "/stop?dryRun=true", Optional.empty(), Optional.empty(), Answers.Plan.class);
    }

    /** Lets the databases of a stopped cluster run again. */
    public Document<Operation> start(String name) {
        return act(name, "start");
    }

    /** Asks for another number, size or kind of instances; {@code wish} is a body of the REST interface. */
    public Document<Operation> change(String name, ObjectNode wish) {
        return transport.patch(path(name), wish, Operation.class);
    }

    /** What {@link #change} would do. */
    public Document<Answers.Plan> changePlan(String name, ObjectNode wish) {
        return transport.patch(path(name), wish.deepCopy().put("dryRun", true), Answers.Plan.class);
    }

    /**
     * Has a healthy primary hand over.
     *
     * @param to the instance that is to take over; the scheduler chooses when absent
     */
    public Document<Operation> switchOver(String name, Optional<String> to) {
        return ask(name, "switchover", wish(to, false), Operation.class);
    }

    /** What {@link #switchOver} would do. */
    public Document<Answers.Plan> switchoverPlan(String name, Optional<String> to) {
        return ask(name, "switchover", wish(to, true), Answers.Plan.class);
    }

    /** Promotes whoever answers, whatever may be lost. */
    public Document<Operation> failOverAcceptingLoss(String name) {
        return ask(name, "failover", JsonNodeFactory.instance.objectNode().put("confirm", name), Operation.class);
    }

    /** What {@link #failOverAcceptingLoss} would do and what may be lost. */
    public Document<Answers.Plan> failoverPlan(String name) {
        return ask(name, "failover", JsonNodeFactory.instance.objectNode().put("dryRun", true), Answers.Plan.class);
    }

    /** @param span after which it ends by itself; never when absent */
    public Document<Cluster> pauseAutomation(String name, String who, String why, Optional<Duration> span) {
        ObjectNode wish = JsonNodeFactory.instance.objectNode().put("who", who).put("why", why);
        span.ifPresent(time -> wish.put("span", time.toString()));
        return ask(name, "pause-automation", wish, Cluster.class);
    }

    /** Lets failovers happen by themselves again. */
    public Document<Cluster> resumeAutomation(String name) {
        return transport.post(path(name) + "/resume-automation", Optional.empty(), Optional.empty(), Cluster.class);
    }

    /** Says that somebody has looked after the failovers up to now. */
    public Document<Cluster> acknowledgeFailovers(String name) {
        return transport.post(path(name) + "/acknowledge-failovers", Optional.empty(), Optional.empty(), Cluster.class);
    }

    private static JsonNode wish(Optional<String> to, boolean dryRun) {
        ObjectNode wish = JsonNodeFactory.instance.objectNode().put("dryRun", dryRun);
        to.ifPresent(target -> wish.put("to", target));
        return wish;
    }

    private <T> Document<T> ask(String name, String verb, JsonNode wish, Class<T> answer) {
        return transport.post(path(name) + "/" + verb, Optional.of(wish), Optional.empty(), answer);
    }

    public Document<Operation> operation(String id) {
        return transport.get("/api/v1/operations/" + encoded(id), Operation.class);
    }

    public Document<Answers.Credentials> credentials(String name) {
        return transport.get(path(name) + "/credentials", Answers.Credentials.class);
    }

    /** The events of a cluster with a sequence number above {@code after}. */
    public Document<Answers.Events> events(String name, long after) {
        return transport.get(path(name) + "/events?after=" + after, Answers.Events.class);
    }

    /**
     * What happens to all clusters from now on.
     *
     * @param lastSeen as an earlier stream gave it: then it begins with what happened after that, as far as that is known
     */
    public EventStream stream(Optional<String> lastSeen) {
        return new EventStream(transport.lines("/api/v1/events", lastSeen), transport, lastSeen);
    }

    /**
     * A piece of an instance's log.
     *
     * @param log {@code mysqld} or {@code executor}
     * @param offset where to begin in bytes; negative counts from the end; the end of the log when absent
     */
    public Document<Answers.LogPiece> log(String instance, String log, OptionalLong offset, int limit) {
        String from = offset.isPresent() ? "&offset=" + offset.getAsLong() : "";
        return transport.get(
                "/api/v1/instances/" + encoded(instance) + "/log?name=" + log + "&limit=" + limit + from,
                Answers.LogPiece.class);
    }

    /** What is saved of a cluster. */
    public Document<Quarantine> quarantine(String name) {
        return transport.get(path(name) + QUARANTINE, Quarantine.class);
    }

    public Document<Quarantine.Entry> quarantineEntry(String name, String id) {
        return transport.get(path(name) + QUARANTINE + "/" + encoded(id), Quarantine.Entry.class);
    }

    /** A piece of an entry's text; nothing after its end. */
    public byte[] quarantineText(String name, String id, long offset, int limit) {
        return transport.bytes(
                path(name) + QUARANTINE + "/" + encoded(id) + "/text?offset=" + offset + "&limit=" + limit);
    }

    /** Destroys an entry, for ever. */
    public Document<Quarantine.Entry> discardQuarantineEntry(String name, String id) {
        return transport.delete(path(name) + QUARANTINE + "/" + encoded(id), Quarantine.Entry.class);
    }

    /** The certificate of the authority that signed every mysqld's certificate, in PEM. */
    public String certificateAuthority() {
        return transport.text("/api/v1/ca");
    }

    public Document<Answers.Version> version() {
        return transport.get("/api/v1/version", Answers.Version.class);
    }

    public Document<Answers.Health> health() {
        return transport.get("/api/v1/health", Answers.Health.class);
    }

    public Document<Capacity> capacity() {
        return transport.get("/api/v1/capacity", Capacity.class);
    }

    private Document<Operation> act(String name, String verb) {
        return transport.post(path(name) + "/" + verb, Optional.empty(), Optional.empty(), Operation.class);
    }

    private static String path(String name) {
        return CLUSTERS + "/" + encoded(name);
    }

    private static String encoded(String segment) {
        return URLEncoder.encode(segment, StandardCharsets.UTF_8).replace("+", "%20");
    }
}
