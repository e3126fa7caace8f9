package dev.cotton.testing.simulation;

import dev.cotton.core.control.Observation;
import dev.cotton.core.control.Planner.Step;
import dev.cotton.core.model.ClusterRecord;
import dev.cotton.core.model.GtidSet;
import dev.cotton.core.model.Member;
import dev.cotton.core.model.Member.Stage;
import dev.cotton.core.wire.MysqlReport;
import dev.cotton.core.wire.Status;
import java.util.Optional;

/** Mistakes on the way into the in-sync set and out of it. */
enum MembershipPlant implements Plant {
    /** An ack count is in force before its barrier. */
    RAISES_THE_ACK_COUNT_AT_ONCE {
        @Override
        public Optional<ClusterRecord> hasty(ClusterRecord record, Observation observation) {
            return record.ackTarget() > record.ackCount()
                    ? Plant.changed(record, change -> change.ackCount(record.ackTarget()))
                    : Optional.empty();
        }
    },
    /** The ack count is raised for a member that is not in the set yet. */
    RAISES_THE_ACK_COUNT_BEFORE_THE_SET {
        @Override
        public Optional<ClusterRecord> hasty(ClusterRecord record, Observation observation) {
            boolean following = record.succession().isEmpty()
                    && record.members().stream().anyMatch(member -> member.stage() == Stage.FOLLOWING);
            int count = record.settled(record.inSync().size() + 1);
            return following && record.ackCount() < count
                    ? Plant.changed(record, change -> change.ackCount(count).ackTarget(count))
                    : Optional.empty();
        }
    },
    /** Members leave without a barrier on those who stay. */
    LEAVES_WITHOUT_A_BARRIER {
        @Override
        public Optional<ClusterRecord> hasty(ClusterRecord record, Observation observation) {
            boolean leaving = record.succession().isEmpty()
                    && record.members().stream().anyMatch(member -> member.stage() == Stage.LEAVING);
            if (!leaving) {
                return Optional.empty();
            }
            long staying = record.members().stream()
                    .filter(member -> member.stage() == Stage.IN_SYNC)
                    .count();
            int count = Math.min(record.ackCount(), record.settled((int) staying));
            return Plant.changed(
                    record,
                    change -> change.everyMember(member ->
                                    member.stage() == Stage.LEAVING ? member.withStage(Stage.DETACHED) : member)
                            .ackCount(count)
                            .ackTarget(count));
        }
    },
    /** Who stays does not become fewer acknowledgements. */
    LEAVES_WITH_THE_COUNT_OF_BEFORE {
        @Override
        public Optional<Step> altered(ClusterRecord record, Step sound) {
            return left(record, sound, record.ackCount());
        }
    },
    /** A count that the primary does not use yet is in force when somebody has left. */
    LEAVES_WITH_THE_COUNT_OF_A_SETTLED_SET {
        @Override
        public Optional<Step> altered(ClusterRecord record, Step sound) {
            return left(
                    record,
                    sound,
                    sound.next().map(ClusterRecord::settledAckCount).orElse(0));
        }
    },
    /** Who is gone while somebody leaves is waited for. */
    NEVER_LOOKS_AT_A_LEAVE_AGAIN {
        @Override
        public Optional<Step> altered(ClusterRecord record, Step sound) {
            boolean more = sound.next()
                    .filter(next -> next.members().stream()
                            .anyMatch(member -> member.stage() == Stage.LEAVING
                                    && record.member(member.id())
                                            .filter(before -> before.stage() == Stage.IN_SYNC)
                                            .isPresent()))
                    .isPresent();
            return Plant.leaving(record) && more ? Optional.empty() : Optional.of(sound);
        }

        @Override
        public boolean hangs() {
            return true;
        }
    },
    /** Members are let in before they have confirmed that they acknowledge nothing. */
    ADMITS_BEFORE_THEY_ARE_FENCED {
        @Override
        public Optional<ClusterRecord> hasty(ClusterRecord record, Observation observation) {
            boolean detached = record.succession().isEmpty()
                    && record.members().stream().anyMatch(member -> waits(record, member, observation));
            return detached
                    ? Plant.changed(
                            record,
                            change -> change.everyMember(member ->
                                    waits(record, member, observation) ? member.withStage(Stage.FOLLOWING) : member))
                    : Optional.empty();
        }

        private boolean waits(ClusterRecord record, Member member, Observation observation) {
            Optional<GtidSet> reached =
                    record.primary().flatMap(observation::mysql).flatMap(MysqlReport::reached);
            return member.stage() == Stage.DETACHED
                    && !Plant.established(record, observation, member.id())
                    && observation
                            .status(member.id())
                            .filter(status -> status.incarnation().equals(member.incarnation()))
                            .flatMap(Status::mysql)
                            .filter(mysql -> reached.filter(set -> set.contains(mysql.received()))
                                    .isPresent())
                            .isPresent();
        }
    },
    /** Whoever has lost transactions that it wrote itself waits until it receives them. */
    WAITS_FOR_ITS_OWN_TRANSACTIONS {
        @Override
        public Optional<Step> altered(ClusterRecord record, Step sound) {
            return sound.next()
                            .filter(next -> next.members().stream()
                                    .anyMatch(member -> member.stage() == Stage.ERRANT
                                            && member.errant().isEmpty()))
                            .isPresent()
                    ? Optional.empty()
                    : Optional.of(sound);
        }

        @Override
        public boolean hangs() {
            return true;
        }
    },
    /** Whoever has more than the primary follows it nevertheless. */
    LETS_ERRANT_MEMBERS_FOLLOW {
        @Override
        public Optional<ClusterRecord> hasty(ClusterRecord record, Observation observation) {
            boolean detached = record.succession().isEmpty()
                    && record.members().stream().anyMatch(member -> waits(record, member, observation));
            return detached
                    ? Plant.changed(
                            record,
                            change -> change.everyMember(member ->
                                    waits(record, member, observation) ? member.withStage(Stage.FOLLOWING) : member))
                    : Optional.empty();
        }

        private boolean waits(ClusterRecord record, Member member, Observation observation) {
            return member.stage() == Stage.DETACHED
                    && observation
                            .status(member.id())
                            .filter(status -> status.establishedAt(record.stamp()))
                            .filter(status -> status.incarnation().equals(member.incarnation()))
                            .flatMap(Status::mysql)
                            .isPresent();
        }
    };

    private static Optional<Step> left(ClusterRecord record, Step sound, int count) {
        boolean left = Plant.leaving(record)
                && record.succession().isEmpty()
                && sound.next().filter(next -> !Plant.leaving(next)).isPresent();
        return Optional.of(
                left
                        ? new Step(
                                sound.next()
                                        .map(next -> next.with(change -> change.version(next.version())
                                                .ackCount(count)
                                                .ackTarget(count))),
                                "planted: " + sound.why())
                        : sound);
    }
}
