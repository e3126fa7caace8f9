package dev.cotton.core.control;

import dev.cotton.core.model.ClusterRecord;
import dev.cotton.core.model.InstanceId;
import dev.cotton.core.model.Member;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** A failover that only a person can order: not enough members answer to know every acknowledged commit. */
final class AcceptedLoss {
    private AcceptedLoss() {}

    /** Why it is not needed, or does not help. */
    static Optional<String> objection(Situation situation) {
        ClusterRecord record = situation.record();
        boolean serves = record.primaryMember()
                .filter(primary -> Assess.primaryGap(situation, primary).isEmpty())
                .isPresent();
        if (serves && record.succession().isEmpty()) {
            return Optional.of("The primary takes writes: use a switchover.");
        }
        return candidates(situation).isEmpty()
                ? Optional.of("No other in-sync member answers, so there is nobody to promote.")
                : Optional.empty();
    }

    private static List<Member> candidates(Situation situation) {
        return situation.inSyncReplicas().stream()
                .filter(member -> situation.received(member).isPresent())
                .toList();
    }

    /** What would be done, and what may be lost. */
    static List<String> plan(Situation situation) {
        ClusterRecord record = situation.record();
        InstanceId primary = record.primary().orElseThrow();
        List<Member> candidates = candidates(situation);
        List<Member> missing = record.inSync().stream()
                .filter(member -> !candidates.contains(member))
                .toList();
        List<String> steps = new ArrayList<>();
        steps.add("A person accepts the loss of what only " + Sentences.names(missing) + " may have, and says that "
                + primary + " takes no writes any more.");
        steps.add("Everybody who answers is fenced: " + Sentences.names(candidates) + ".");
        Electing.best(situation, candidates, true).ifPresent(best -> {
            String received = situation.received(best).map(Object::toString).orElse("");
            steps.add(best.id() + " has received the most (" + received
                    + ") and would be promoted. Commits after that may be lost; how many is not known while "
                    + Sentences.names(missing) + " cannot be asked.");
        });
        steps.add("Whoever comes back with more has it saved in the quarantine, and gets a new copy of the data.");
        return List.copyOf(steps);
    }
}
