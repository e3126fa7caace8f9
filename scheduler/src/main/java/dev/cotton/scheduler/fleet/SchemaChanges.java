package dev.cotton.scheduler.fleet;

import dev.cotton.core.model.ClusterName;
import dev.cotton.core.model.ClusterRecord;
import dev.cotton.core.model.InstanceId;
import dev.cotton.core.model.Member;
import dev.cotton.core.port.Executors.UnreachableException;
import dev.cotton.core.wire.SchemaChange;
import dev.cotton.scheduler.fleet.Refusal.Code;
import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Stream;

/** What changed the schemas of clusters, as the binary logs of one of their members say it. Thread-safe. */
final class SchemaChanges {
    private final GatheredQuarantine.World world;

    SchemaChanges(GatheredQuarantine.World world) {
        this.world = world;
    }

    /** Of the primary, or of the first of the others that answers; those that are known to be silent are asked last. */
    SchemaChange.Found of(ClusterName name, Instant after) {
        String why = "";
        List<InstanceId> members = primaryFirst(world.record(name)).stream()
                .sorted(Comparator.comparing(
                        member -> !world.executors().heard(member).reachable()))
                .toList();
        for (InstanceId member : members) {
            try {
                return world.executors().schemaChanges(member, after);
            } catch (UnreachableException silent) {
                why = String.valueOf(silent.getMessage());
            }
        }
        throw new Refusal(Code.UNREACHABLE, "No executor of " + name + " answers. " + why);
    }

    private static List<InstanceId> primaryFirst(ClusterRecord record) {
        return Stream.concat(
                        record.primary().stream(), record.members().stream().map(Member::id))
                .distinct()
                .toList();
    }
}
