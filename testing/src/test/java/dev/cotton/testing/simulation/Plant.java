package dev.cotton.testing.simulation;

import dev.cotton.core.control.Assessment;
import dev.cotton.core.control.Effect;
import dev.cotton.core.control.Observation;
import dev.cotton.core.control.Planner;
import dev.cotton.core.control.Planner.Step;
import dev.cotton.core.model.ClusterRecord;
import dev.cotton.core.model.ClusterRecordChange;
import dev.cotton.core.model.InstanceId;
import dev.cotton.core.model.Member;
import dev.cotton.core.model.Member.Stage;
import dev.cotton.core.model.Succession.Election;
import dev.cotton.core.model.Succession.Handover;
import dev.cotton.core.wire.MysqlReport;
import dev.cotton.core.wire.Status;
import java.util.List;
import java.util.Optional;
import java.util.function.UnaryOperator;

/** A mistake that the planner could make: the sound one, but for one step that it takes too early or without a check. */
enum Plant implements Brain {
    /** An ack count is in force before its barrier. */
    RAISES_THE_ACK_COUNT_AT_ONCE {
        @Override
        Optional<ClusterRecord> hasty(ClusterRecord record, Observation observation) {
            return record.ackTarget() > record.ackCount()
                    ? changed(record, change -> change.ackCount(record.ackTarget()))
                    : Optional.empty();
        }
    },
    /** Members leave without a barrier on those who stay. */
    LEAVES_WITHOUT_A_BARRIER {
        @Override
        Optional<ClusterRecord> hasty(ClusterRecord record, Observation observation) {
            boolean leaving = record.succession().isEmpty()
                    && record.members().stream().anyMatch(member -> member.stage() == Stage.LEAVING);
            if (!leaving) {
                return Optional.empty();
            }
            long staying = record.members().stream()
                    .filter(member -> member.stage() == Stage.IN_SYNC)
                    .count();
            int count = Math.min(record.ackCount(), record.settled((int) staying));
            return changed(
                    record,
                    change -> change.everyMember(member ->
                                    member.stage() == Stage.LEAVING ? member.withStage(Stage.DETACHED) : member)
                            .ackCount(count)
                            .ackTarget(count));
        }
    },
    /** Somebody who answers is the primary, without any election. */
    PROMOTES_WHOEVER_ANSWERS {
        @Override
        Optional<ClusterRecord> hasty(ClusterRecord record, Observation observation) {
            boolean down = record.primary().isPresent()
                    && record.primary().flatMap(observation::mysql).isEmpty();
            return down
                    ? record.members().stream()
                            .filter(member -> !record.isPrimary(member))
                            .filter(member -> observation.mysql(member.id()).isPresent())
                            .findFirst()
                            .flatMap(other -> changed(
                                    record, change -> change.primary(other.id()).nextEpoch()))
                    : Optional.empty();
        }
    },
    /** One answer is enough to choose. */
    CHOOSES_BY_ONE_ANSWER {
        @Override
        Optional<ClusterRecord> hasty(ClusterRecord record, Observation observation) {
            return record.election()
                    .filter(election -> election.choice().isEmpty())
                    .flatMap(election -> record.inSync().stream()
                            .filter(member -> !record.isPrimary(member))
                            .filter(member -> observation
                                    .status(member.id())
                                    .filter(status -> status.establishedAt(record.stamp()))
                                    .filter(status ->
                                            status.incarnation().equals(member.incarnation()) && status.sure())
                                    .flatMap(Status::mysql)
                                    .isPresent())
                            .findFirst()
                            .flatMap(member -> changed(
                                    record,
                                    change -> change.succession(new Election(
                                            Optional.of(member.id()), List.of(member.id()), false, "planted")))));
        }
    },
    /** The new set is in force before enough of it have what the choice has. */
    NAMES_BEFORE_OTHERS_HAVE_IT {
        @Override
        Optional<ClusterRecord> hasty(ClusterRecord record, Observation observation) {
            return record.election()
                    .filter(election -> election.answered().size() > 1)
                    .flatMap(election -> election.choice()
                            .filter(choice -> observation
                                    .status(choice)
                                    .filter(status -> status.establishedAt(record.stamp()))
                                    .isPresent())
                            .flatMap(choice ->
                                    changed(record, change -> named(change, record, choice, election.answered()))));
        }
    },
    /** Whoever has more than the primary follows it nevertheless. */
    LETS_ERRANT_MEMBERS_FOLLOW {
        @Override
        Optional<ClusterRecord> hasty(ClusterRecord record, Observation observation) {
            boolean detached = record.succession().isEmpty()
                    && record.members().stream().anyMatch(member -> waits(record, member, observation));
            return detached
                    ? changed(
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
    },
    /** The target of a handover is primary although the old one may have reached more. */
    TAKES_OVER_BEFORE_THE_FREEZE {
        @Override
        Optional<ClusterRecord> hasty(ClusterRecord record, Observation observation) {
            return record.handover()
                    .filter(handover -> handover.step() == Handover.Step.FREEZING)
                    .flatMap(handover -> changed(
                            record,
                            change -> named(
                                            change,
                                            record,
                                            handover.target(),
                                            record.inSync().stream()
                                                    .map(Member::id)
                                                    .toList())
                                    .nextEpoch()));
        }
    },
    /** Who is attached is taken to have received all that the primary had reached. */
    COUNTS_CLIENTS_AS_EVIDENCE {
        @Override
        Observation seen(ClusterRecord record, Observation observation) {
            Optional<MysqlReport> primary = record.primary().flatMap(observation::mysql);
            return Reports.altered(
                    observation,
                    (id, status) -> primary.filter(report -> record.member(id)
                                    .filter(member -> report.attachedSlots().contains(member.slot()))
                                    .isPresent())
                            .flatMap(MysqlReport::reached)
                            .map(reached -> Reports.withReceived(status, reached))
                            .orElse(status));
        }
    },
    /** Effects of the next record are sent before it is persisted. */
    ACTS_BEFORE_IT_PERSISTS {
        @Override
        public boolean actsBeforePersisting() {
            return true;
        }
    };

    private static final Brain SOUND = Brain.sound(Planner.Settings.ORDINARY);

    /** The step that is taken too early, if it is time for it. */
    Optional<ClusterRecord> hasty(ClusterRecord record, Observation observation) {
        return Optional.empty();
    }

    /** What it takes for true. */
    Observation seen(ClusterRecord record, Observation observation) {
        return observation;
    }

    private static Optional<ClusterRecord> changed(ClusterRecord record, UnaryOperator<ClusterRecordChange> change) {
        return Optional.of(record.with(next -> change.apply(next).version(record.version() + 1)));
    }

    private static ClusterRecordChange named(
            ClusterRecordChange change, ClusterRecord record, InstanceId primary, List<InstanceId> set) {
        int count = record.settled(set.size());
        return change.primary(primary)
                .settled()
                .hidePrimary()
                .ackCount(count)
                .ackTarget(count)
                .everyMember(member -> set.contains(member.id())
                        ? member.withStage(Stage.IN_SYNC)
                        : member.inSync() ? member.withStage(Stage.DETACHED) : member);
    }

    @Override
    public Optional<Step> next(ClusterRecord record, Observation observation) {
        Observation believed = seen(record, observation);
        return hasty(record, believed)
                .map(next -> new Step(Optional.of(next), "planted: " + this))
                .or(() -> SOUND.next(record, believed));
    }

    @Override
    public List<Effect> effects(ClusterRecord record, Observation observation) {
        return SOUND.effects(record, observation);
    }

    @Override
    public Assessment assess(ClusterRecord record, Observation observation) {
        return SOUND.assess(record, observation);
    }

    @Override
    public Optional<InstanceId> switchoverTarget(ClusterRecord record, Observation observation) {
        return SOUND.switchoverTarget(record, observation);
    }
}
