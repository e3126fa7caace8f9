package dev.cotton.core.control;

import dev.cotton.core.model.ClusterRecord;
import dev.cotton.core.model.Event;
import dev.cotton.core.model.Member;
import dev.cotton.core.model.Member.Stage;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/**
 * A replica whose place or data are gone is given up and replaced on new storage. Its replication account is used again
 * only when the engine has nothing of it any more.
 */
final class Replacing implements Rule {
    @Override
    public Optional<Change> next(Situation situation) {
        ClusterRecord record = situation.record();
        if (!Roles.runs(record)) {
            return Optional.empty();
        }
        return forget(situation).or(() -> retire(situation)).or(() -> want(situation));
    }

    private static Optional<Change> retire(Situation situation) {
        return situation.record().members().stream()
                .filter(member -> !member.inSync() && member.stage() != Stage.RETIRING)
                .filter(member -> situation.observation().lost(member.id()))
                .findFirst()
                .map(member -> Change.of(
                        Event.Kind.MEMBER_LOST,
                        member.id(),
                        "Place or data of " + member.id() + " are gone; a new replica takes its place.",
                        change -> change.member(member.id(), lost -> lost.withStage(Stage.RETIRING))));
    }

    private static Optional<Change> forget(Situation situation) {
        return situation.record().members().stream()
                .filter(member -> member.stage() == Stage.RETIRING)
                .filter(member -> situation.observation().sight(member.id()).isEmpty())
                .findFirst()
                .map(member -> Change.of(
                        Event.Kind.MEMBER_RETIRED,
                        member.id(),
                        "Nothing is left of " + member.id() + ".",
                        change -> change.removeMember(member.id())));
    }

    private static Optional<Change> want(Situation situation) {
        ClusterRecord record = situation.record();
        long there = record.members().stream()
                .filter(member -> member.stage() != Stage.RETIRING)
                .count();
        int asked = record.spec().instances();
        Optional<String> why = there < asked
                ? Optional.of("A new instance is wanted: " + there + " of " + asked + " are there.")
                : Vacating.whyOneMore(situation).filter(_ -> there == asked);
        return why.flatMap(sentence -> freeSlot(record)
                .map(slot -> Change.of(Event.Kind.MEMBER_WANTED, sentence, change -> change.addMember(slot))));
    }

    private static Optional<Integer> freeSlot(ClusterRecord record) {
        Set<Integer> taken = record.members().stream().map(Member::slot).collect(Collectors.toSet());
        return IntStream.range(0, Member.SLOTS)
                .boxed()
                .filter(slot -> !taken.contains(slot))
                .findFirst();
    }
}
