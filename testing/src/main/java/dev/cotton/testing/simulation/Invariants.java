package dev.cotton.testing.simulation;

import dev.cotton.core.model.ClusterRecord;
import dev.cotton.core.model.Endpoint;
import dev.cotton.core.model.Member;
import java.util.List;
import java.util.Optional;
import java.util.SortedMap;
import java.util.function.Supplier;

/** What must be so after every step; the letters are those of {@code docs/invariants.md}. */
final class Invariants {
    private final World world;

    Invariants(World world) {
        this.world = world;
    }

    /** @throws AssertionError that says which one is broken */
    void check(ClusterRecord record) {
        world.note();
        onlyThePrimaryAcknowledges(record);
        Optional<SimulatedInstance> primary = record.primaryMember()
                .flatMap(member -> world.instance(member.id())
                        .filter(instance -> instance.data().equals(member.incarnation())));
        primary.ifPresent(instance -> {
            thePrimaryHasEveryAcknowledgedCommit(instance);
            theRecordPromisesNoMoreThanThePrimaryWaitsFor(record, instance);
        });
        List<Member> replicas = record.members().stream()
                .filter(member -> member.inSync() && !record.isPrimary(member))
                .toList();
        enoughReceivedEveryAcknowledgedCommit(record, replicas);
        noQuorumOfAFailoverLacksAnAcknowledgedCommit(record, replicas);
    }

    /**
     * The record names one primary at any instant, so at most one server acknowledges then. A former one may still tell a
     * client of a commit that its successor has: an ack that it needed for that may arrive late.
     */
    private void onlyThePrimaryAcknowledges(ClusterRecord record) {
        world.takeAckers().forEach((ordinal, commits) -> {
            boolean primary =
                    record.primary().filter(named -> named.ordinal() == ordinal).isPresent();
            boolean known = record.primary()
                    .flatMap(world::instance)
                    .filter(instance -> instance.mysqld().received().contains(commits))
                    .isPresent();
            require(
                    primary || known,
                    () -> "B: instance " + ordinal + " acknowledges, and the primary is " + record.primary() + ".");
        });
    }

    /**
     * Discovery shows the primary of the record, or none.
     *
     * @param discovery what clients see, path to data
     * @throws AssertionError when it does not
     */
    void checkDiscovery(ClusterRecord record, SortedMap<String, String> discovery) {
        List<String> masters = discovery.keySet().stream()
                .filter(path -> path.contains("/master/"))
                .toList();
        Optional<String> expected = record.primaryMember()
                .map(member -> "%s/master/member_%010d"
                        .formatted(record.name(), member.id().ordinal()));
        require(
                masters.isEmpty() || (masters.size() == 1 && expected.equals(Optional.of(masters.getFirst()))),
                () -> "C: discovery shows " + masters + " and the primary is " + record.primary() + ".");
        record.primaryMember()
                .flatMap(Member::endpoint)
                .filter(endpoint -> !masters.isEmpty())
                .map(Endpoint::port)
                .ifPresent(port -> require(
                        discovery.getOrDefault(masters.getFirst(), "").contains("\"port\":" + port),
                        () -> "C: discovery shows the primary at another port than " + port + "."));
    }

    private void thePrimaryHasEveryAcknowledgedCommit(SimulatedInstance primary) {
        require(
                primary.mysqld().received().contains(world.acknowledged()),
                () -> "A: the primary lacks an acknowledged commit.");
    }

    private static void theRecordPromisesNoMoreThanThePrimaryWaitsFor(ClusterRecord record, SimulatedInstance primary) {
        SimulatedMysqld mysqld = primary.mysqld();
        require(
                !mysqld.writable() || mysqld.ackCount() >= record.ackCount(),
                () -> "A: k is " + record.ackCount() + ", and the primary waits for " + mysqld.ackCount() + ".");
    }

    /** Counts what a member's data held at any time: what is lost by a fault was received nevertheless. */
    private void enoughReceivedEveryAcknowledgedCommit(ClusterRecord record, List<Member> replicas) {
        long received = replicas.stream()
                .filter(member -> member.incarnation()
                        .filter(data -> world.everHeld(data).contains(world.acknowledged()))
                        .isPresent())
                .count();
        require(
                received >= record.ackCount(),
                () -> "A: " + received + " in-sync replicas received every acknowledged commit, and k is "
                        + record.ackCount() + ".");
    }

    /**
     * Any |S| − k members besides the primary that a failover would count hold every acknowledged commit among them:
     * this is what A is for. Nothing that was lost is forgiven here, unless its member would not be counted.
     */
    private void noQuorumOfAFailoverLacksAnAcknowledgedCommit(ClusterRecord record, List<Member> replicas) {
        long lacking = replicas.stream()
                .filter(this::wouldCount)
                .filter(member -> world.instance(member.id())
                        .filter(instance -> instance.mysqld().received().contains(world.acknowledged()))
                        .isEmpty())
                .count();
        int quorum = replicas.size() - record.ackCount() + 1;
        require(
                lacking < quorum,
                () -> "A: " + lacking + " of " + replicas.size() + " in-sync replicas lack an acknowledged commit, and "
                        + quorum + " of them would do for a failover.");
    }

    private boolean wouldCount(Member member) {
        return member.doubtedBoot().isEmpty()
                && member.incarnation().isPresent()
                && world.instance(member.id())
                        .filter(SimulatedInstance::sure)
                        .filter(instance -> instance.data().equals(member.incarnation()))
                        .isPresent();
    }

    static void require(boolean so, Supplier<String> otherwise) {
        if (!so) {
            throw new AssertionError(otherwise.get());
        }
    }
}
