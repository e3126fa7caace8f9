package dev.cotton.core.control;

import dev.cotton.core.control.Observation.Sight;
import dev.cotton.core.model.ClusterName;
import dev.cotton.core.model.ClusterRecord;
import dev.cotton.core.model.ClusterSpec;
import dev.cotton.core.model.Durability;
import dev.cotton.core.model.GtidSet;
import dev.cotton.core.model.Incarnation;
import dev.cotton.core.model.InstanceId;
import dev.cotton.core.model.Member;
import dev.cotton.core.model.Origin;
import dev.cotton.core.model.PlacementSpec;
import dev.cotton.core.model.Ports;
import dev.cotton.core.model.Resources;
import dev.cotton.core.model.Stamp;
import dev.cotton.core.port.Engine.Place;
import dev.cotton.core.port.Engine.Presence;
import dev.cotton.core.port.Executors.Heard;
import dev.cotton.core.wire.BackupId;
import dev.cotton.core.wire.BackupReport;
import dev.cotton.core.wire.Lifecycle;
import dev.cotton.core.wire.MysqlReport;
import dev.cotton.core.wire.MysqlReport.Replication;
import dev.cotton.core.wire.MysqlReport.SemiSync;
import dev.cotton.core.wire.Role;
import dev.cotton.core.wire.Status;
import dev.cotton.core.wire.Status.InForce;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.UnaryOperator;

/**
 * A cluster on a stage: executors that do at once what the persisted record tells them, until the test says otherwise.
 */
final class Theatre {
    static final GtidSet SOME = GtidSet.parse("3e11fa47-71ca-11e1-9e33-c80aa9429562:1-10");
    static final GtidSet MORE = GtidSet.parse("3e11fa47-71ca-11e1-9e33-c80aa9429562:1-20");
    private static final Instant NOW = Instant.parse("2026-01-01T00:00:00Z");

    final Planner planner = new Planner(Planner.Settings.ORDINARY);
    ClusterRecord record;
    private final Map<InstanceId, UnaryOperator<Sight>> tweaks = new HashMap<>();
    private final Set<InstanceId> gone = new HashSet<>();
    private Instant now = NOW;
    private Duration standing = Duration.ofMillis(300);

    Theatre(int instances) {
        this(instances, Durability.LOSSLESS);
    }

    Theatre(int instances, Durability durability) {
        this(instances, durability, Optional.empty());
    }

    Theatre(int instances, Durability durability, Optional<Origin> origin) {
        record = Requests.create(
                new ClusterName("demo"),
                new ClusterSpec(instances, Resources.ORDINARY, durability, "app", Map.of(), PlacementSpec.ORDINARY),
                new Requests.Identity("uid", "sealed", 0, origin),
                1,
                new Requests.Asked("op-1", NOW, Optional.empty()));
    }

    static InstanceId id(int ordinal) {
        return new InstanceId(new ClusterName("demo"), ordinal);
    }

    /** From now on the sight of {@code id} is what {@code tweak} makes of an obedient one. */
    void tweak(InstanceId id, UnaryOperator<Sight> tweak) {
        tweaks.put(id, tweak);
    }

    /** From now on every record has stood for that long. */
    void stands(Duration time) {
        standing = time;
    }

    void obey(InstanceId id) {
        tweaks.remove(id);
    }

    /** Nothing of it is there any more. */
    void vanish(InstanceId id) {
        gone.add(id);
    }

    void passes(Duration time) {
        now = now.plus(time);
    }

    /** Persists changes until the planner has none. */
    Theatre settle() {
        for (int i = 0; i < 100; i++) {
            if (step().isEmpty()) {
                return this;
            }
        }
        throw new AssertionError("The planner goes on for ever: " + record);
    }

    /** One change: the sentence that goes with it, or nothing. */
    Optional<String> step() {
        Optional<Planner.Step> step = planner.next(record, observe());
        step.ifPresent(taken -> record = taken.next().orElseThrow());
        return step.map(Planner.Step::why);
    }

    Assessment assess() {
        return planner.assess(record, observe());
    }

    Member member(int ordinal) {
        return record.member(id(ordinal)).orElseThrow();
    }

    Observation observe() {
        Map<InstanceId, Sight> sights = new HashMap<>();
        Observation placed = new Observation(now, placesOnly(), Standing.Span.NONE);
        for (Member member : record.members()) {
            if (gone.contains(member.id())) {
                continue;
            }
            Role role = Roles.of(new Situation(record, placed), member).orElse(new Role.Fenced());
            Sight obedient = sight(member, role, SOME);
            sights.put(
                    member.id(),
                    tweaks.getOrDefault(member.id(), UnaryOperator.identity()).apply(obedient));
        }
        return new Observation(now, sights, new Standing.Span(record.stamp(), standing));
    }

    private Map<InstanceId, Sight> placesOnly() {
        Map<InstanceId, Sight> sights = new HashMap<>();
        record.members()
                .forEach(member -> sights.put(
                        member.id(), new Sight(place(member, Presence.RUNNING), Optional.empty(), Duration.ZERO)));
        return sights;
    }

    static Place place(Member member, Presence presence) {
        int base = 20000 + 10 * member.id().ordinal();
        return new Place(
                presence, "h", Optional.of(new Ports("127.0.0.1", base, base + 1, base + 2, base + 3)), "none", "");
    }

    private Sight sight(Member member, Role role, GtidSet received) {
        return new Sight(
                place(member, Presence.RUNNING),
                Optional.of(new Heard(Optional.of(status(member, role, received)), Duration.ZERO, true, "")),
                Duration.ZERO);
    }

    private Status status(Member member, Role role, GtidSet received) {
        boolean primary = role instanceof Role.Primary;
        boolean reached = primary || role instanceof Role.Candidate;
        Optional<Replication> replication = role instanceof Role.Replica replica
                ? Optional.of(new Replication(
                        replica.endpoint().toString(),
                        "ON",
                        true,
                        "",
                        "",
                        Optional.of(Duration.ZERO),
                        Optional.of(Duration.ZERO),
                        Optional.empty()))
                : Optional.empty();
        MysqlReport mysql = new MysqlReport(
                "9.7.4",
                "uuid",
                !primary,
                !primary,
                received,
                received,
                reached ? Optional.of(received) : Optional.empty(),
                primary ? Optional.of(Duration.ofMillis(200)) : Optional.empty(),
                replication,
                new SemiSync(primary, 0, 0, role instanceof Role.Replica replica && replica.acks(), 0),
                Set.of());
        boolean stopped = role instanceof Role.Stopped;
        return new Status(
                member.id(),
                1,
                "test",
                "boot-1",
                Duration.ofMinutes(1),
                Optional.of(incarnation(member.id(), 1)),
                true,
                stopped ? Lifecycle.STOPPED : Lifecycle.RUNNING,
                "",
                Optional.empty(),
                record.stamp(),
                Optional.of(new Status.RoleReport(record.stamp(), role, true, "")),
                stopped ? Optional.empty() : Optional.of(mysql),
                Status.Usage.NONE,
                Optional.of(
                        new InForce(record.spec().durability(), member.shape().options())),
                Optional.empty(),
                Optional.empty(),
                Optional.empty());
    }

    static Incarnation incarnation(InstanceId id, int life) {
        return new Incarnation("life" + life + "x" + String.format("%04d", id.ordinal()));
    }

    /** A sight with another report from its executor. */
    static Sight reporting(Sight sight, UnaryOperator<Status> change) {
        return new Sight(
                sight.place(),
                sight.heard()
                        .map(heard -> new Heard(
                                heard.status().map(change), heard.silence(), heard.reachable(), heard.trouble())),
                sight.detached());
    }

    static Sight silent(Sight sight) {
        return new Sight(
                sight.place(),
                Optional.of(new Heard(Optional.empty(), Duration.ofSeconds(5), false, "refused")),
                sight.detached());
    }

    /** Its mysqld has exited. */
    static Sight exited(Sight sight) {
        return reporting(
                sight,
                status -> withMysql(withData(status, status.incarnation(), Lifecycle.RESTARTING), Optional.empty()));
    }

    static Sight detached(Sight sight, Duration span) {
        return new Sight(sight.place(), sight.heard(), span);
    }

    static Sight lost(Sight sight) {
        Place place = sight.place();
        return new Sight(
                new Place(Presence.LOST, place.host(), place.ports(), place.isolation(), "its folder is gone"),
                Optional.empty(),
                Duration.ZERO);
    }

    /** Its place is to be left, for {@code why}. */
    static Sight noticed(Sight sight, String why) {
        Place place = sight.place();
        return new Sight(
                new Place(place.presence(), place.host(), place.ports(), place.isolation(), place.why(), why),
                sight.heard(),
                sight.detached());
    }

    /** A report with other GTID sets. */
    static Status holding(Status status, GtidSet received) {
        return withMysql(
                status,
                status.mysql()
                        .map(mysql -> mysql.withSets(received, received)
                                .withReached(mysql.reached().map(set -> received))));
    }

    /** The report of the server with that UUID. */
    static Status by(Status status, String server) {
        return withMysql(
                status,
                status.mysql()
                        .map(mysql -> new MysqlReport(
                                mysql.version(),
                                server,
                                mysql.readOnly(),
                                mysql.superReadOnly(),
                                mysql.executed(),
                                mysql.received(),
                                mysql.reached(),
                                mysql.heartbeatAge(),
                                mysql.replication(),
                                mysql.semiSync(),
                                mysql.attachedSlots())));
    }

    /** A primary whose commits have waited for that long for an acknowledgement. */
    static Status waiting(Status status, Duration span) {
        return withMysql(
                status,
                status.mysql()
                        .map(mysql -> mysql.withHeartbeatAge(Optional.of(span))
                                .withSemiSync(new SemiSync(true, 1, 2, false, 1))));
    }

    /** A primary to which replicas with those replication accounts are attached. */
    static Status attached(Status status, Set<Integer> slots) {
        return withMysql(
                status,
                status.mysql()
                        .map(mysql -> new MysqlReport(
                                mysql.version(),
                                mysql.serverUuid(),
                                mysql.readOnly(),
                                mysql.superReadOnly(),
                                mysql.executed(),
                                mysql.received(),
                                mysql.reached(),
                                mysql.heartbeatAge(),
                                mysql.replication(),
                                mysql.semiSync(),
                                slots)));
    }

    /** A replica whose source is there and has sent no event for that long. */
    static Status unfed(Status status, Duration span) {
        return withReplication(status, state -> state.withAges(state.silence(), Optional.of(span), state.lag()));
    }

    /** A replica whose source gave no sign of life for that long. */
    static Status deaf(Status status, Duration span) {
        return withReplication(status, state -> state.withAges(Optional.of(span), state.sinceReceived(), state.lag()));
    }

    private static Status withReplication(Status status, UnaryOperator<Replication> change) {
        return withMysql(
                status,
                status.mysql()
                        .map(mysql -> mysql.withReplication(mysql.replication().map(change))));
    }

    /** A replica whose receiver did not start as one that acknowledges. */
    static Status notAcknowledging(Status status) {
        return withMysql(status, status.mysql().map(mysql -> mysql.withSemiSync(new SemiSync(false, 0, 0, false, 0))));
    }

    static Status notApplying(Status status) {
        return withMysql(
                status,
                status.mysql()
                        .map(mysql -> mysql.withReplication(mysql.replication()
                                .map(seen -> new Replication(
                                        seen.source(),
                                        seen.receiver(),
                                        false,
                                        "",
                                        "",
                                        seen.silence(),
                                        seen.sinceReceived(),
                                        seen.lag())))));
    }

    /** With the applier paused for a backup, or not. */
    static Status copying(Status status) {
        return new Status(
                status.instance(),
                status.revision(),
                status.version(),
                status.bootId(),
                status.uptime(),
                status.incarnation(),
                status.sure(),
                status.lifecycle(),
                status.detail(),
                status.progress(),
                status.highest(),
                status.role(),
                status.mysql(),
                status.usage(),
                status.inForce(),
                Optional.of(BackupReport.begun(new BackupId("b1"))),
                status.verification(),
                status.archive());
    }

    static Status seen(Status status, Stamp highest) {
        return new Status(
                status.instance(),
                status.revision(),
                status.version(),
                status.bootId(),
                status.uptime(),
                status.incarnation(),
                status.sure(),
                status.lifecycle(),
                status.detail(),
                status.progress(),
                highest,
                status.role(),
                status.mysql(),
                status.usage(),
                status.inForce(),
                status.backup(),
                status.verification(),
                status.archive());
    }

    static Status unconfirmed(Status status) {
        return new Status(
                status.instance(),
                status.revision(),
                status.version(),
                status.bootId(),
                status.uptime(),
                status.incarnation(),
                status.sure(),
                status.lifecycle(),
                status.detail(),
                status.progress(),
                status.highest(),
                status.role().map(report -> new Status.RoleReport(report.stamp(), report.role(), false, "working")),
                status.mysql(),
                status.usage(),
                status.inForce(),
                status.backup(),
                status.verification(),
                status.archive());
    }

    static Status booted(Status status, String bootId, boolean sure) {
        return new Status(
                status.instance(),
                status.revision(),
                status.version(),
                bootId,
                status.uptime(),
                status.incarnation(),
                sure,
                status.lifecycle(),
                status.detail(),
                status.progress(),
                status.highest(),
                status.role(),
                status.mysql(),
                status.usage(),
                status.inForce(),
                status.backup(),
                status.verification(),
                status.archive());
    }

    static Status withData(Status status, Optional<Incarnation> incarnation, Lifecycle lifecycle) {
        return new Status(
                status.instance(),
                status.revision(),
                status.version(),
                status.bootId(),
                status.uptime(),
                incarnation,
                status.sure(),
                lifecycle,
                status.detail(),
                status.progress(),
                status.highest(),
                status.role(),
                lifecycle == Lifecycle.RUNNING ? status.mysql() : Optional.empty(),
                status.usage(),
                status.inForce(),
                status.backup(),
                status.verification(),
                status.archive());
    }

    static Status durable(Status status, Durability durability) {
        return inForce(status, new InForce(durability, Map.of()));
    }

    static Status inForce(Status status, Map<String, String> options) {
        return inForce(status, new InForce(Durability.LOSSLESS, options));
    }

    private static Status inForce(Status status, InForce inForce) {
        return new Status(
                status.instance(),
                status.revision(),
                status.version(),
                status.bootId(),
                status.uptime(),
                status.incarnation(),
                status.sure(),
                status.lifecycle(),
                status.detail(),
                status.progress(),
                status.highest(),
                status.role(),
                status.mysql(),
                status.usage(),
                Optional.of(inForce),
                status.backup(),
                status.verification(),
                status.archive());
    }

    static Status using(Status status, Status.Usage usage) {
        return new Status(
                status.instance(),
                status.revision(),
                status.version(),
                status.bootId(),
                status.uptime(),
                status.incarnation(),
                status.sure(),
                status.lifecycle(),
                status.detail(),
                status.progress(),
                status.highest(),
                status.role(),
                status.mysql(),
                usage,
                status.inForce(),
                status.backup(),
                status.verification(),
                status.archive());
    }

    private static Status withMysql(Status status, Optional<MysqlReport> mysql) {
        return new Status(
                status.instance(),
                status.revision(),
                status.version(),
                status.bootId(),
                status.uptime(),
                status.incarnation(),
                status.sure(),
                status.lifecycle(),
                status.detail(),
                status.progress(),
                status.highest(),
                status.role(),
                mysql,
                status.usage(),
                status.inForce(),
                status.backup(),
                status.verification(),
                status.archive());
    }
}
