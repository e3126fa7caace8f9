package dev.cotton.testing.contract;

import dev.cotton.core.model.ClusterName;
import dev.cotton.core.model.ClusterRecord;
import dev.cotton.core.model.ClusterRecord.Phase;
import dev.cotton.core.model.ClusterRecord.Power;
import dev.cotton.core.model.ClusterRecordChange;
import dev.cotton.core.model.ClusterSpec;
import dev.cotton.core.model.Durability;
import dev.cotton.core.model.Endpoint;
import dev.cotton.core.model.Event;
import dev.cotton.core.model.Incarnation;
import dev.cotton.core.model.InstanceId;
import dev.cotton.core.model.Member;
import dev.cotton.core.model.Member.Announced;
import dev.cotton.core.model.Operation;
import dev.cotton.core.model.PlacementSpec;
import dev.cotton.core.model.Resources;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.UnaryOperator;

/** Records to store. */
public final class Records {
    private static final Instant NOW = Instant.parse("2030-01-02T03:04:05.678901Z");

    private Records() {}

    /** A cluster of three that is being created, version 1. */
    public static ClusterRecord fresh(String name, String uid, long term) {
        ClusterRecord bare = new ClusterRecord(
                ClusterRecord.SCHEMA,
                new ClusterName(name),
                uid,
                1,
                term,
                Phase.CREATING,
                Power.ON,
                new ClusterSpec(
                        3,
                        Resources.ORDINARY,
                        Durability.LOSSLESS,
                        "app",
                        Map.of("max_connections", "99"),
                        PlacementSpec.ORDINARY),
                0,
                Optional.empty(),
                0,
                0,
                List.of(),
                Optional.empty(),
                List.of(),
                Optional.empty(),
                0,
                "v1:00000000:c2VhbGVk",
                Optional.empty(),
                NOW,
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                List.of(),
                List.of(),
                "");
        return bare.with(change -> {
            for (int slot = 0; slot < 3; slot++) {
                InstanceId id = new InstanceId(bare.name(), slot);
                Endpoint endpoint = new Endpoint("127.0.0.1", 3306 + slot);
                change.addMember(slot).member(id, member -> member.withEndpoint(endpoint));
            }
            return change;
        });
    }

    /** The next version of {@code record}, under the same term. */
    public static ClusterRecord next(ClusterRecord record, UnaryOperator<ClusterRecordChange> change) {
        return record.with(edit -> change.apply(edit).version(record.version() + 1));
    }

    /** The next version, with the member of that ordinal announced so. */
    public static ClusterRecord announcing(ClusterRecord record, int ordinal, Announced announced) {
        InstanceId id = new InstanceId(record.name(), ordinal);
        return next(record, change -> change.member(id, member -> member.withAnnounced(announced)));
    }

    /** The next version, with something in every field. */
    public static ClusterRecord full(ClusterRecord record) {
        Operation operation = new Operation(
                "op-1",
                Operation.Kind.CREATE,
                Operation.Outcome.RUNNING,
                NOW,
                Optional.of(NOW.plusSeconds(1)),
                Optional.of("key ünïque"),
                List.of(
                        new Operation.Step("placed", Optional.of(NOW)),
                        new Operation.Step("healthy", Optional.empty())),
                "Because \"somebody\" asked.\n");
        InstanceId first = record.members().getFirst().id();
        return next(
                record,
                change -> change.phase(Phase.STEADY)
                        .power(Power.OFF)
                        .primary(first)
                        .ackCount(1)
                        .ackTarget(2)
                        .member(first, Records::full)
                        .binnedUntil(Optional.of(NOW.plusSeconds(7)))
                        .addOperation(operation)
                        .say(NOW, Event.Kind.PRIMARY_CHOSEN, Optional.of(first), "It was the first.")
                        .said("HEALTHY"));
    }

    private static Member full(Member member) {
        return member.withStage(Member.Stage.IN_SYNC)
                .withIncarnation(new Incarnation("0123456789abcdef"))
                .withDoubtedBoot(Optional.of("5b1b6a2e-0000-4000-8000-000000000000"))
                .withAnnounced(Announced.PRIMARY);
    }
}
