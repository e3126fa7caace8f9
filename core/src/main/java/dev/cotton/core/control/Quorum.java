package dev.cotton.core.control;

import dev.cotton.core.model.ClusterRecord;
import dev.cotton.core.model.Durability;
import dev.cotton.core.model.Member;
import java.util.List;

/**
 * Who has to answer before a primary may be replaced: so many in-sync replicas that at least one of them holds any commit
 * that was ever acknowledged, or the former primary itself.
 */
final class Quorum {
    private Quorum() {}

    /** |S∖{P}| − k + 1. */
    static int needed(ClusterRecord record) {
        int replicas = (int) record.inSync().stream()
                .filter(member -> !record.isPrimary(member))
                .count();
        return lossy(record) ? 1 : replicas - record.ackCount() + 1;
    }

    /** Whether commits may be lost that were acknowledged: that is how the cluster was made, or a person accepted it. */
    static boolean lossy(ClusterRecord record) {
        return record.spec().durability() == Durability.ASYNC
                || record.election().filter(election -> election.lossAccepted()).isPresent();
    }

    /** In-sync replicas that could be asked now. */
    static List<Member> present(Situation situation) {
        return situation.inSyncReplicas().stream()
                .filter(situation::counts)
                .filter(member -> situation.received(member).isPresent())
                .toList();
    }

    /** Whether enough in-sync replicas could be asked now. */
    static boolean inReach(Situation situation) {
        return present(situation).size() >= needed(situation.record());
    }

    /** In-sync replicas that cannot be asked now, or whose answers do not count. */
    static List<Member> missing(Situation situation) {
        List<Member> present = present(situation);
        return situation.inSyncReplicas().stream()
                .filter(member -> !present.contains(member))
                .toList();
    }

    /** The members whose answers, given fenced under the present stamp, count in the election. */
    static List<Member> answers(Situation situation) {
        boolean lossAccepted = situation
                .record()
                .election()
                .filter(election -> election.lossAccepted())
                .isPresent();
        return situation.record().inSync().stream()
                .filter(situation::confirmed)
                .filter(member -> situation.received(member).isPresent())
                .filter(member -> situation.record().isPrimary(member)
                        ? !situation.stranger(member)
                        : situation.counts(member) || lossAccepted)
                .toList();
    }

    /** Whether {@code answers} are enough to know every commit that was ever acknowledged. */
    static boolean suffices(ClusterRecord record, List<Member> answers) {
        long replicas =
                answers.stream().filter(member -> !record.isPrimary(member)).count();
        return replicas >= needed(record) || answers.size() > replicas;
    }
}
