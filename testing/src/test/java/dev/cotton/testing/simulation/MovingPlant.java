package dev.cotton.testing.simulation;

import dev.cotton.core.control.Observation;
import dev.cotton.core.control.Observation.Sight;
import dev.cotton.core.control.Planner.Step;
import dev.cotton.core.model.ClusterRecord;
import dev.cotton.core.model.Member;
import dev.cotton.core.model.Member.Stage;
import dev.cotton.core.port.Engine.Place;
import java.util.Optional;
import java.util.function.Predicate;
import java.util.stream.Collectors;

/** Mistakes on the way of a member from one place to another. */
enum MovingPlant implements Plant {
    /** Nobody leaves. */
    STAYS_WHERE_IT_IS_TO_LEAVE {
        @Override
        public Observation seen(ClusterRecord record, Observation observation) {
            return new Observation(
                    observation.now(),
                    observation.members().entrySet().stream()
                            .collect(Collectors.toMap(each -> each.getKey(), each -> unnoticed(each.getValue()))),
                    observation.standing());
        }

        private Sight unnoticed(Sight sight) {
            Place place = sight.place();
            return new Sight(
                    new Place(place.presence(), place.host(), place.ports(), place.isolation(), place.why()),
                    sight.heard(),
                    sight.detached());
        }

        @Override
        public boolean hangs() {
            return true;
        }
    },
    /** A replica is given up as soon as its place is to be left, without leaving the in-sync set. */
    DISMISSES_WHO_IS_IN_SYNC {
        @Override
        public Optional<ClusterRecord> hasty(ClusterRecord record, Observation observation) {
            return dismissed(
                    record, observation, member -> member.stage() == Stage.IN_SYNC && !record.isPrimary(member));
        }
    },
    /** When a place may be kept after all, the cluster stays larger than was asked for. */
    KEEPS_ONE_TOO_MANY {
        @Override
        public Optional<Step> altered(ClusterRecord record, Step sound) {
            return sound.why().contains("than were asked for") && !sound.why().contains("DEGRADED")
                    ? Optional.empty()
                    : Optional.of(sound);
        }

        @Override
        public boolean hangs() {
            return true;
        }
    };

    private static Optional<ClusterRecord> dismissed(
            ClusterRecord record, Observation observation, Predicate<Member> who) {
        return record.members().stream()
                .filter(who)
                .filter(member -> observation
                        .sight(member.id())
                        .filter(sight -> !sight.place().notice().isEmpty())
                        .isPresent())
                .findFirst()
                .filter(_ -> record.succession().isEmpty())
                .flatMap(member -> Plant.changed(
                        record, change -> change.member(member.id(), gone -> gone.withStage(Stage.RETIRING))));
    }
}
