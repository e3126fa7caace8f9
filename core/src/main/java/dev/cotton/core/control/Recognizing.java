package dev.cotton.core.control;

import dev.cotton.core.model.ClusterRecord;
import dev.cotton.core.model.Event;
import dev.cotton.core.model.Member;
import dev.cotton.core.model.Member.Stage;
import dev.cotton.core.model.Recovered;
import dev.cotton.core.wire.Status;
import java.util.List;
import java.util.Optional;

/**
 * A record that was brought back from a copy may be older than its cluster: another one may be the primary since, or others
 * be in sync. Nothing is told to anybody before every member has said that it has seen no order that is newer than the copy.
 */
final class Recognizing implements Rule {
    @Override
    public Optional<Change> next(Situation situation) {
        return situation
                .record()
                .recovered()
                .filter(copy -> doubt(situation, copy).isEmpty())
                .map(copy -> Change.of(
                        Event.Kind.CLUSTER_RESTORING,
                        "The record was brought back from a copy of " + copy.at()
                                + ", and no member has seen anything newer: the cluster is looked after again.",
                        change -> change.recovered(Optional.empty())));
    }

    /** Why nothing may be done yet with a record from a copy; absent when it is none, or none any more. */
    static Optional<String> doubt(Situation situation) {
        return situation.record().recovered().flatMap(copy -> doubt(situation, copy));
    }

    private static Optional<String> doubt(Situation situation, Recovered copy) {
        ClusterRecord record = situation.record();
        String from = "Its record was brought back from a copy of " + copy.at() + ", and ";
        List<Member> members = record.members().stream()
                .filter(member -> member.stage() != Stage.RETIRING)
                .toList();
        List<Member> newer = members.stream()
                .filter(member -> situation
                        .observation()
                        .status(member.id())
                        .map(Status::highest)
                        .filter(copy::isOlderThan)
                        .isPresent())
                .toList();
        if (!newer.isEmpty()) {
            return Optional.of(from + Sentences.names(newer)
                    + " has seen newer orders: who the primary and in sync is may have changed since. Nothing is done to the"
                    + " databases, which go on as they were. Import a newer copy, or take the data from a backup or from"
                    + " the server that takes writes into a new cluster.");
        }
        List<Member> silent = members.stream()
                .filter(member -> situation.observation().status(member.id()).isEmpty())
                .toList();
        return silent.isEmpty()
                ? Optional.empty()
                : Optional.of(from + Sentences.names(silent)
                        + " has not said yet whether it has seen anything newer. Nothing is done to the databases, which go on"
                        + " as they were.");
    }
}
