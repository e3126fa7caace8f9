package dev.cotton.core.control;

import dev.cotton.core.model.ClusterRecord;
import dev.cotton.core.model.ClusterRecord.Phase;
import dev.cotton.core.model.Event;
import dev.cotton.core.model.Incarnation;
import dev.cotton.core.model.Member;
import dev.cotton.core.model.Member.Stage;
import java.util.Optional;

/** The first primary of a new cluster: the first member that is ready. Epoch 1, in-sync set of one, ack count 0. */
final class Beginning implements Rule {
    @Override
    public Optional<Change> next(Situation situation) {
        ClusterRecord record = situation.record();
        if (record.phase() != Phase.CREATING || !Roles.runs(record)) {
            return Optional.empty();
        }
        return record.members().stream()
                .filter(situation::confirmed)
                .filter(member -> situation.received(member).isPresent())
                .flatMap(member -> situation.reportedIncarnation(member.id()).stream()
                        .map(incarnation -> open(member, incarnation)))
                .findFirst();
    }

    private static Change open(Member member, Incarnation incarnation) {
        return Change.of(
                Event.Kind.PRIMARY_CHOSEN,
                member.id(),
                member.id() + " is ready first and becomes the primary.",
                change -> change.phase(Phase.STEADY)
                        .primary(member.id())
                        .nextEpoch()
                        .ackCount(0)
                        .ackTarget(0)
                        .member(
                                member.id(),
                                chosen -> chosen.withStage(Stage.IN_SYNC).withIncarnation(incarnation)));
    }
}
