package dev.cotton.scheduler.rest;

import dev.cotton.core.control.Assessment;
import dev.cotton.core.control.Assessment.State;
import dev.cotton.core.control.Observation;
import dev.cotton.core.control.Observation.Sight;
import dev.cotton.core.control.Standing;
import dev.cotton.core.model.ClusterName;
import dev.cotton.core.model.ClusterRecord;
import dev.cotton.core.model.ClusterRecord.Phase;
import dev.cotton.core.model.ClusterRecord.Power;
import dev.cotton.core.model.ClusterSpec;
import dev.cotton.core.model.DataSize;
import dev.cotton.core.model.Durability;
import dev.cotton.core.model.Endpoint;
import dev.cotton.core.model.Event;
import dev.cotton.core.model.GtidSet;
import dev.cotton.core.model.Incarnation;
import dev.cotton.core.model.InstanceId;
import dev.cotton.core.model.Member;
import dev.cotton.core.model.Member.Announced;
import dev.cotton.core.model.Member.Stage;
import dev.cotton.core.model.Operation;
import dev.cotton.core.model.Operation.Kind;
import dev.cotton.core.model.Operation.Outcome;
import dev.cotton.core.model.Operation.Step;
import dev.cotton.core.model.PlacementSpec;
import dev.cotton.core.model.Ports;
import dev.cotton.core.model.Resources;
import dev.cotton.core.model.Shape;
import dev.cotton.core.model.Stamp;
import dev.cotton.core.port.Engine.Place;
import dev.cotton.core.port.Engine.Presence;
import dev.cotton.core.port.Executors.Heard;
import dev.cotton.core.wire.Lifecycle;
import dev.cotton.core.wire.MysqlReport;
import dev.cotton.core.wire.MysqlReport.Replication;
import dev.cotton.core.wire.MysqlReport.SemiSync;
import dev.cotton.core.wire.Role;
import dev.cotton.core.wire.Status;
import dev.cotton.core.wire.Status.RoleReport;
import dev.cotton.core.wire.Status.Usage;
import dev.cotton.scheduler.fleet.ClusterView;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** Clusters for tests. */
final class Samples {
    static final String SEALED = "sealed-secrets-never-shown";
    static final Instant CREATED = Instant.parse("2026-11-22T10:00:00Z");
    private static final ClusterSpec SPEC = new ClusterSpec(
            3, Resources.ORDINARY, Durability.LOSSLESS, "app", Map.of("max_connections", "50"), PlacementSpec.ORDINARY);

    private static final Shape SHAPE = SPEC.shape();

    private Samples() {}

    /** Just asked for. */
    static ClusterView fresh(ClusterName name, ClusterSpec spec) {
        return view(
                record(name, Phase.CREATING, spec, List.of(), Optional.empty(), Optional.empty()),
                Map.of(),
                new Assessment(State.CREATING, "No instance runs yet."));
    }

    /** A primary, a replica in sync, and a third member that its engine has lost sight of. */
    static ClusterView healthy(String name) {
        ClusterName cluster = new ClusterName(name);
        List<Member> members = List.of(
                inSync(cluster, 0, Announced.PRIMARY), inSync(cluster, 1, Announced.REPLICA), launching(cluster));
        ClusterRecord record = record(
                cluster,
                Phase.STEADY,
                SPEC,
                members,
                Optional.of(members.getFirst().id()),
                Optional.empty());
        Map<InstanceId, Sight> sights = Map.of(
                members.get(0).id(), sight(primary(members.get(0).id()), 0),
                members.get(1).id(), sight(replica(members.get(1).id()), 1));
        return view(record, sights, new Assessment(State.DEGRADED, "2 of 3 instances are in sync."));
    }

    /** Deleted, its data kept. */
    static ClusterView binned(String name) {
        ClusterName cluster = new ClusterName(name);
        Instant until = CREATED.plus(Duration.ofDays(7));
        return view(
                record(cluster, Phase.BINNED, SPEC, List.of(), Optional.empty(), Optional.of(until)),
                Map.of(),
                new Assessment(State.BINNED, "Deleted; the data are in the bin."));
    }

    static Operation running(String id, Kind kind) {
        return new Operation(
                id,
                kind,
                Outcome.RUNNING,
                CREATED,
                Optional.empty(),
                Optional.empty(),
                List.of(new Step("accepted", Optional.of(CREATED)), new Step("done", Optional.empty())),
                "Instances are starting.");
    }

    static Event event(long sequence, String text) {
        return new Event(sequence, CREATED, Event.Kind.MEMBER_IN_SYNC, Optional.empty(), text);
    }

    private static ClusterRecord record(
            ClusterName name,
            Phase phase,
            ClusterSpec spec,
            List<Member> members,
            Optional<InstanceId> primary,
            Optional<Instant> binnedUntil) {
        return new ClusterRecord(
                ClusterRecord.SCHEMA,
                name,
                "uid-of-" + name,
                12,
                3,
                phase,
                Power.ON,
                spec,
                primary.isPresent() ? 1 : 0,
                primary,
                primary.isPresent() ? 1 : 0,
                primary.isPresent() ? 1 : 0,
                members,
                Optional.empty(),
                List.of(),
                Optional.empty(),
                members.size(),
                SEALED,
                Optional.empty(),
                CREATED,
                binnedUntil,
                Optional.empty(),
                Optional.empty(),
                List.of(running("op-1-of-" + name, Kind.CREATE)),
                List.of(event(1, "first"), event(2, "second"), event(3, "third")),
                "");
    }

    private static ClusterView view(ClusterRecord record, Map<InstanceId, Sight> sights, Assessment assessment) {
        return new ClusterView(record, new Observation(CREATED, sights, Standing.Span.NONE), assessment);
    }

    private static Member inSync(ClusterName cluster, int ordinal, Announced announced) {
        return new Member(
                new InstanceId(cluster, ordinal),
                ordinal,
                Stage.IN_SYNC,
                Optional.of(new Incarnation("incarnation" + ordinal)),
                Optional.empty(),
                announced,
                Optional.of(new Endpoint("127.0.0.1", 23000 + ordinal)),
                GtidSet.EMPTY,
                SHAPE);
    }

    private static Member launching(ClusterName cluster) {
        return new Member(
                new InstanceId(cluster, 2),
                2,
                Stage.LAUNCHING,
                Optional.empty(),
                Optional.of("boot-1"),
                Announced.NONE,
                Optional.empty(),
                GtidSet.EMPTY,
                SHAPE);
    }

    private static Sight sight(Status status, int ordinal) {
        Ports ports = new Ports("127.0.0.1", 23000 + ordinal, 23100 + ordinal, 23200 + ordinal, 23300 + ordinal);
        Place place = new Place(Presence.RUNNING, "here", Optional.of(ports), "cgroup v2", "");
        return new Sight(
                place, Optional.of(new Heard(Optional.of(status), Duration.ofMillis(120), true, "")), Duration.ZERO);
    }

    private static Status primary(InstanceId id) {
        return status(
                id,
                new Role.Primary(1, Set.of(1), false),
                new MysqlReport(
                        "9.7.0",
                        "11111111-1111-1111-1111-111111111111",
                        false,
                        false,
                        GtidSet.parse("11111111-1111-1111-1111-111111111111:1-40"),
                        GtidSet.parse("11111111-1111-1111-1111-111111111111:1-40"),
                        Optional.empty(),
                        Optional.of(Duration.ofMillis(300)),
                        Optional.empty(),
                        new SemiSync(true, 1, 1, false, 0),
                        Set.of(1)));
    }

    private static Status replica(InstanceId id) {
        return status(
                id,
                new Role.Replica(new InstanceId(id.cluster(), 0), new Endpoint("127.0.0.1", 23000), true, Set.of()),
                new MysqlReport(
                        "9.7.0",
                        "22222222-2222-2222-2222-222222222222",
                        true,
                        true,
                        GtidSet.parse("11111111-1111-1111-1111-111111111111:1-39"),
                        GtidSet.parse("11111111-1111-1111-1111-111111111111:1-40"),
                        Optional.empty(),
                        Optional.empty(),
                        Optional.of(new Replication(
                                "127.0.0.1:23000",
                                "ON",
                                true,
                                "",
                                "",
                                Optional.of(Duration.ofMillis(200)),
                                Optional.of(Duration.ofMillis(900)),
                                Optional.of(Duration.ofMillis(1500)))),
                        new SemiSync(false, 0, 0, true, 0),
                        Set.of()));
    }

    private static Status status(InstanceId id, Role role, MysqlReport mysql) {
        return new Status(
                id,
                7,
                "0.1.0",
                "boot-1",
                Duration.ofMinutes(5),
                Optional.of(new Incarnation("incarnation0")),
                true,
                Lifecycle.RUNNING,
                "mysqld answers.",
                Optional.empty(),
                new Stamp(3, 1, 12),
                Optional.of(new RoleReport(new Stamp(3, 1, 12), role, true, "")),
                Optional.of(mysql),
                new Usage(
                        Optional.of(4242L),
                        0,
                        DataSize.parse("400mb"),
                        DataSize.parse("300mb"),
                        DataSize.parse("1700mb"),
                        Optional.of(new Status.Room(DataSize.parse("200mb"), DataSize.parse("824mb")))),
                Optional.of(new Status.InForce(Durability.LOSSLESS, Map.of("max_connections", "50"))),
                Optional.empty(),
                Optional.empty(),
                Optional.empty());
    }
}
