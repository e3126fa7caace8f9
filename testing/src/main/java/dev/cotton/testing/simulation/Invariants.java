package dev.cotton.testing.simulation;

import dev.cotton.core.model.ClusterRecord;
import dev.cotton.core.model.GtidSet;
import dev.cotton.core.model.Member;
import dev.cotton.core.model.Member.Announced;
import java.util.List;
import java.util.Optional;

/** What must be so after every step. */
final class Invariants {
    private final World world;

    Invariants(World world) {
        this.world = world;
    }

    /** @throws AssertionError that says which one is broken */
    void check(ClusterRecord record) {
        atMostOneServerAcknowledges();
        discoveryShowsThePrimaryOfTheRecordOrNone(record);
        acknowledgedCommitsAreWhereTheyMustBe(record);
    }

    private void atMostOneServerAcknowledges() {
        long open = world.servers().filter(SimulatedServer::open).count();
        require(open <= 1, "B: " + open + " servers acknowledge commits.");
    }

    private static void discoveryShowsThePrimaryOfTheRecordOrNone(ClusterRecord record) {
        List<Member> shown = record.members().stream()
                .filter(member -> member.announced() == Announced.PRIMARY)
                .toList();
        require(
                shown.isEmpty() || (shown.size() == 1 && record.isPrimary(shown.getFirst())),
                "C: discovery shows " + shown + " as primary.");
    }

    /**
     * Every acknowledged commit is in the primary and in at least k members of S∖{P}. A member whose host lost the end
     * of its relay log is excused until it has caught up, as is one whose data are gone: the record learns of it.
     */
    private void acknowledgedCommitsAreWhereTheyMustBe(ClusterRecord record) {
        Optional<SimulatedServer> primary = record.primary().flatMap(world::server);
        if (primary.isEmpty() || primary.get().destroyed()) {
            return;
        }
        GtidSet acknowledged = world.acknowledged();
        require(
                primary.get().log().contains(acknowledged),
                "A: the primary lacks " + acknowledged.minus(primary.get().log()) + ".");
        List<Member> replicas = record.inSync().stream()
                .filter(member -> !record.isPrimary(member))
                .toList();
        long holding = replicas.stream()
                .filter(member -> excused(member) || holds(member, acknowledged))
                .count();
        require(
                holding >= record.ackCount(),
                "A: " + holding + " of the in-sync replicas have every acknowledged commit, and k is "
                        + record.ackCount() + ".");
    }

    private boolean excused(Member member) {
        return world.server(member.id())
                .map(server ->
                        server.destroyed() || !server.sure() || !server.data().equals(member.incarnation()))
                .orElse(true);
    }

    private boolean holds(Member member, GtidSet acknowledged) {
        return world.server(member.id())
                .filter(server -> server.log().contains(acknowledged))
                .isPresent();
    }

    static void require(boolean so, String otherwise) {
        if (!so) {
            throw new AssertionError(otherwise);
        }
    }
}
