package dev.cotton.testing.simulation;

import dev.cotton.core.control.Observation;
import dev.cotton.core.model.ClusterRecord;
import dev.cotton.core.model.InstanceId;
import dev.cotton.core.model.Member;
import dev.cotton.core.model.Member.Stage;
import dev.cotton.core.model.Succession.Election;
import dev.cotton.core.model.Succession.Handover;
import dev.cotton.core.wire.Role;
import dev.cotton.core.wire.Status;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/** Mistakes on the way from one primary to the next. */
enum SuccessionPlant implements Plant {
    /** Somebody who answers is the primary, without any election. */
    PROMOTES_WHOEVER_ANSWERS {
        @Override
        public Optional<ClusterRecord> hasty(ClusterRecord record, Observation observation) {
            boolean down = record.primary().isPresent()
                    && record.primary().flatMap(observation::mysql).isEmpty();
            return down
                    ? record.members().stream()
                            .filter(member -> !record.isPrimary(member))
                            .filter(member -> observation.mysql(member.id()).isPresent())
                            .findFirst()
                            .flatMap(other -> Plant.changed(
                                    record, change -> change.primary(other.id()).nextEpoch()))
                    : Optional.empty();
        }
    },
    /** One answer is enough to choose. */
    CHOOSES_BY_ONE_ANSWER {
        @Override
        public Optional<ClusterRecord> hasty(ClusterRecord record, Observation observation) {
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
                            .flatMap(member -> Plant.changed(
                                    record,
                                    change -> change.succession(new Election(
                                            Optional.of(member.id()), List.of(member.id()), false, "planted")))));
        }
    },
    /** Nobody asks the former primary, although its data are the truth. */
    NEVER_ASKS_THE_FORMER_PRIMARY {
        @Override
        public Observation seen(ClusterRecord record, Observation observation) {
            return record.election().isEmpty()
                    ? observation
                    : Reports.altered(
                            observation, (id, status) -> record.isPrimary(id) ? Reports.unestablished(status) : status);
        }

        @Override
        public boolean hangs() {
            return true;
        }
    },
    /** The set of those that answered is in force as soon as one is chosen. */
    NARROWS_THE_SET_WHEN_IT_CHOOSES {
        @Override
        public Optional<ClusterRecord> hasty(ClusterRecord record, Observation observation) {
            return record.election()
                    .filter(election -> election.choice().isPresent())
                    .map(Election::answered)
                    .filter(answered -> record.inSync().size() > answered.size())
                    .flatMap(answered -> {
                        int count = record.settled(answered.size());
                        return Plant.changed(
                                record,
                                change -> change.ackCount(count)
                                        .ackTarget(count)
                                        .everyMember(member -> member.inSync() && !answered.contains(member.id())
                                                ? member.withStage(Stage.DETACHED)
                                                : member));
                    });
        }
    },
    /** When the choice is gone, another one is chosen by the answers that were given before. */
    CHOOSES_AGAIN_BY_OLD_ANSWERS {
        @Override
        public Optional<ClusterRecord> hasty(ClusterRecord record, Observation observation) {
            return record.election()
                    .flatMap(election -> election.choice()
                            .filter(choice -> observation.mysql(choice).isEmpty())
                            .flatMap(choice -> {
                                List<InstanceId> rest = election.answered().stream()
                                        .filter(id -> observation.mysql(id).isPresent())
                                        .toList();
                                return rest.stream()
                                        .findFirst()
                                        .flatMap(next -> Plant.changed(
                                                record,
                                                change -> change.succession(
                                                        new Election(Optional.of(next), rest, false, "planted"))));
                            }));
        }
    },
    /** The new set is in force before enough of it have what the choice has. */
    NAMES_BEFORE_OTHERS_HAVE_IT {
        @Override
        public Optional<ClusterRecord> hasty(ClusterRecord record, Observation observation) {
            return record.election()
                    .filter(election -> election.answered().size() > 1)
                    .flatMap(election -> election.choice()
                            .filter(choice -> observation
                                    .status(choice)
                                    .filter(status -> status.establishedAt(record.stamp()))
                                    .isPresent())
                            .flatMap(choice -> Plant.changed(
                                    record, change -> Plant.named(change, record, choice, election.answered()))));
        }
    },
    /** The target of a handover is primary although the old one may have reached more. */
    TAKES_OVER_BEFORE_THE_FREEZE {
        @Override
        public Optional<ClusterRecord> hasty(ClusterRecord record, Observation observation) {
            return record.handover()
                    .filter(handover -> handover.step() == Handover.Step.FREEZING)
                    .flatMap(handover -> Plant.changed(
                            record,
                            change -> Plant.named(
                                            change,
                                            record,
                                            handover.target(),
                                            record.inSync().stream()
                                                    .map(Member::id)
                                                    .toList())
                                    .nextEpoch()));
        }
    },
    /** The target of a handover is primary before it has all that the frozen one had reached. */
    TAKES_OVER_WITHOUT_ALL_OF_IT {
        @Override
        public Optional<ClusterRecord> hasty(ClusterRecord record, Observation observation) {
            return record.handover()
                    .filter(handover -> handover.step() == Handover.Step.FREEZING)
                    .filter(handover -> record.primary()
                            .filter(primary -> Plant.established(record, observation, primary))
                            .isPresent())
                    .flatMap(handover -> Plant.changed(
                            record,
                            change -> Plant.named(
                                            change,
                                            record,
                                            handover.target(),
                                            record.inSync().stream()
                                                    .map(Member::id)
                                                    .toList())
                                    .nextEpoch()));
        }
    },
    /** A primary that was named and does not serve soon is given up for the former one. */
    GOES_BACK_AFTER_IT_HAS_NAMED {
        @Override
        public Optional<ClusterRecord> hasty(ClusterRecord record, Observation observation) {
            boolean waits = record.succession().isEmpty()
                    && record.primary()
                            .filter(primary -> !Plant.established(record, observation, primary))
                            .isPresent()
                    && observation.stood(record).compareTo(Duration.ofMillis(100)) > 0;
            return waits
                    ? record.inSync().stream()
                            .filter(member -> !record.isPrimary(member))
                            .filter(member -> frozen(observation, member))
                            .findFirst()
                            .flatMap(former -> Plant.changed(
                                    record,
                                    change -> change.primary(former.id()).hidePrimary()))
                    : Optional.empty();
        }

        private boolean frozen(Observation observation, Member member) {
            return observation
                    .status(member.id())
                    .flatMap(Status::role)
                    .filter(report ->
                            report.role() instanceof Role.Primary(int count, var admitted, boolean frozen) && frozen)
                    .isPresent();
        }
    };
}
