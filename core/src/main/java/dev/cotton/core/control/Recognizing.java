package dev.cotton.core.control;

import dev.cotton.core.model.ClusterRecord;
import dev.cotton.core.model.Event;
import dev.cotton.core.model.Member;
import dev.cotton.core.model.Recovered;
import dev.cotton.core.wire.Status;
import java.util.List;
import java.util.Optional;
import java.util.function.Predicate;

/**
 * A record that was brought back from a copy may be older than its cluster: another one may be the primary since, or others
 * be in sync. Each such change is told to the primary or to a quorum of the in-sync set before it counts. So nothing is told
 * to anybody before every in-sync member of the copy, with the data that the copy names, has said that it has seen no order
 * that is newer.
 */
final class Recognizing implements Rule {
    private static final String ELSEWHERE =
            " Import a newer copy, or take the data into a new cluster, from a backup or from the"
                    + " server that takes writes.";

    @Override
    public Optional<Change> next(Situation situation) {
        return situation
                .record()
                .recovered()
                .filter(copy -> doubt(situation, copy).isEmpty())
                .map(copy -> Change.of(
                        Event.Kind.CLUSTER_RESTORING,
                        "The record was brought back from a copy of " + copy.at()
                                + ", and no in-sync member has seen anything newer: the cluster is looked after again.",
                        change -> change.recovered(Optional.empty())));
    }

    /** Why nothing may be done yet with a record from a copy; absent when it is none, or none any more. */
    static Optional<String> doubt(Situation situation) {
        return situation.record().recovered().flatMap(copy -> doubt(situation, copy));
    }

    private static Optional<String> doubt(Situation situation, Recovered copy) {
        ClusterRecord record = situation.record();
        List<Member> newer = those(
                record.members(),
                member -> situation
                        .observation()
                        .status(member.id())
                        .map(Status::highest)
                        .filter(copy::isOlderThan)
                        .isPresent());
        if (!newer.isEmpty()) {
            return doubt(
                    copy,
                    Sentences.names(newer)
                            + " has seen newer orders: who the primary and in sync is may have changed since."
                            + ELSEWHERE);
        }
        if (record.inSync().isEmpty()) {
            return doubt(copy, "it had no primary then, and may have one since." + ELSEWHERE);
        }
        List<Member> silent = those(
                record.inSync(),
                member -> situation.observation().status(member.id()).isEmpty());
        if (!silent.isEmpty()) {
            return doubt(copy, Sentences.names(silent) + " has not said yet whether it has seen anything newer.");
        }
        List<Member> others = those(record.inSync(), situation::stranger);
        return others.isEmpty()
                ? Optional.empty()
                : doubt(copy, Sentences.names(others) + " has other data than it had then." + ELSEWHERE);
    }

    private static List<Member> those(List<Member> members, Predicate<Member> wanted) {
        return members.stream().filter(wanted).toList();
    }

    private static Optional<String> doubt(Recovered copy, String why) {
        return Optional.of("Its record was brought back from a copy of " + copy.at() + ", and " + why
                + " Nothing is done to the databases, which go on as they were.");
    }
}
