package dev.cotton.testing.simulation;

import dev.cotton.core.control.Deliveries;
import dev.cotton.core.control.Effect;
import dev.cotton.core.control.Observation;
import dev.cotton.core.model.ClusterRecord;
import dev.cotton.core.model.Member;
import dev.cotton.core.model.Member.Stage;
import dev.cotton.core.wire.Lifecycle;
import dev.cotton.core.wire.MysqlReport;
import dev.cotton.core.wire.Setup;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.function.LongSupplier;

/** Mistakes in what is taken for true, and in when it is acted upon. */
enum EvidencePlant implements Plant {
    /** A record that was brought back from a copy is taken for what is so. */
    TRUSTS_A_COPY {
        @Override
        public Optional<ClusterRecord> hasty(ClusterRecord record, Observation observation) {
            return record.recovered()
                    .flatMap(copy -> Plant.changed(record, change -> change.recovered(Optional.empty())));
        }
    },
    /** Who is attached is taken to have received all that the primary had reached. */
    COUNTS_CLIENTS_AS_EVIDENCE {
        @Override
        public Observation seen(ClusterRecord record, Observation observation) {
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
    /** What an executor did under another version counts for this one. */
    TAKES_ANY_VERSION_FOR_A_CONFIRMATION {
        @Override
        public Observation seen(ClusterRecord record, Observation observation) {
            return Reports.altered(observation, (id, status) -> Reports.withStamp(status, record.stamp()));
        }
    },
    /** An instance is known by its name alone: other data under it are taken for what the set names. */
    KNOWS_INSTANCES_BY_THEIR_NAMES {
        @Override
        public Observation seen(ClusterRecord record, Observation observation) {
            return Reports.altered(
                    observation,
                    (id, status) -> record.member(id)
                            .flatMap(Member::incarnation)
                            .filter(known -> status.incarnation().isPresent())
                            .map(known -> Reports.withIncarnation(status, known))
                            .orElse(status));
        }

        // Nothing tells it that what is empty was full.
        @Override
        public List<Effect> effects(ClusterRecord record, Observation observation) {
            List<Effect> effects = new ArrayList<>(SOUND.effects(record, seen(record, observation)));
            record.members().stream()
                    .filter(member -> member.stage() == Stage.IN_SYNC)
                    .filter(member -> observation
                            .status(member.id())
                            .filter(status -> status.lifecycle() == Lifecycle.EMPTY)
                            .isPresent())
                    .flatMap(member -> refill(record, observation, member).stream())
                    .forEach(effects::add);
            return effects;
        }

        private Optional<Effect> refill(ClusterRecord record, Observation observation, Member member) {
            return record.members().stream()
                    .filter(donor -> donor.stage() == Stage.IN_SYNC && !donor.equals(member))
                    .filter(donor -> observation.mysql(donor.id()).isPresent())
                    .min(Comparator.comparing((Member donor) -> record.isPrimary(donor)))
                    .map(donor -> new Effect.Prepare(
                            member.id(),
                            record.stamp(),
                            member.slot(),
                            new Setup.Clone(donor.id(), donor.endpoint().orElseThrow()),
                            "planted"));
        }
    },
    /** A relay log is taken for whole although its host has booted. */
    COUNTS_UNSURE_MEMBERS {
        @Override
        public Observation seen(ClusterRecord record, Observation observation) {
            return Reports.altered(observation, (id, status) -> Reports.sure(status));
        }
    },
    /** A source that greets is held for alive, though it sends nothing. */
    TAKES_A_GREETING_FOR_A_SIGN_OF_LIFE {
        @Override
        public Observation seen(ClusterRecord record, Observation observation) {
            return Reports.altered(observation, (id, status) -> Reports.withoutSinceReceived(status));
        }

        @Override
        public boolean hangs() {
            return true;
        }
    },
    /** Each order is told once; what became of it is no matter. */
    TELLS_EVERY_ORDER_ONCE {
        @Override
        public Deliveries deliveries(LongSupplier clock) {
            return new Deliveries(() -> 0);
        }

        @Override
        public boolean hangs() {
            return true;
        }
    },
    /** Effects of the next record are sent before it is persisted. */
    ACTS_BEFORE_IT_PERSISTS {
        @Override
        public boolean actsBeforePersisting() {
            return true;
        }
    };
}
