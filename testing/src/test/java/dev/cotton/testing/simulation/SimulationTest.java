package dev.cotton.testing.simulation;

import static org.assertj.core.api.Assertions.assertThat;

import dev.cotton.core.control.Assessment;
import dev.cotton.core.control.Effect;
import dev.cotton.core.control.Observation;
import dev.cotton.core.control.Planner;
import dev.cotton.core.control.Planner.Step;
import dev.cotton.core.model.ClusterRecord;
import dev.cotton.core.model.InstanceId;
import dev.cotton.core.model.Member;
import java.util.List;
import java.util.Optional;
import java.util.function.LongFunction;
import java.util.regex.Pattern;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class SimulationTest {
    private static final Brain SOUND = Brain.sound(Planner.Settings.ORDINARY);
    private static final Pattern BROKEN = Pattern.compile("Seed [0-9]+ at [0-9]+ ms: [ABC]: ");
    private static final long SEEDS = Long.getLong("cotton.simulation.seeds", 1000);

    @Test
    void everyLifeKeepsTheInvariantsAndEndsHealthy() {
        LongStream.rangeClosed(1, SEEDS).parallel().forEach(seed -> Simulation.run(seed, SOUND));
    }

    @Test
    void aLifeIsTheSameForTheSameSeed() {
        Brain broken = new Planted() {
            @Override
            public Optional<Step> next(ClusterRecord record, Observation observation) {
                return Optional.empty();
            }
        };
        String first = failure(7, broken, Flaw.NONE);
        assertThat(failure(7, broken, Flaw.NONE)).isEqualTo(first).contains("Seed 7");
    }

    @Test
    void anAckCountInForceBeforeItsBarrierIsFound() {
        assertFound(new Planted() {
            @Override
            public Optional<Step> next(ClusterRecord record, Observation observation) {
                if (record.ackTarget() > record.ackCount()) {
                    return Optional.of(change(
                            record,
                            record.with(
                                    next -> next.ackCount(record.ackTarget()).version(record.version() + 1))));
                }
                return SOUND.next(record, observation);
            }
        });
    }

    @Test
    void leavingWithoutABarrierIsFound() {
        assertFound(new Planted() {
            @Override
            public Optional<Step> next(ClusterRecord record, Observation observation) {
                boolean leaving = record.members().stream().anyMatch(member -> member.stage() == Member.Stage.LEAVING);
                if (!leaving) {
                    return SOUND.next(record, observation);
                }
                ClusterRecord left =
                        record.with(next -> next.everyMember(member -> member.stage() == Member.Stage.LEAVING
                                        ? member.withStage(Member.Stage.DETACHED)
                                        : member)
                                .version(record.version() + 1));
                int settled = ClusterRecord.settledAckCount(left.inSync().size());
                int count = Math.min(record.ackCount(), settled);
                return Optional.of(
                        change(record, left.with(next -> next.ackCount(count).ackTarget(count))));
            }
        });
    }

    @Test
    void actingBeforePersistingIsFound() {
        assertFound(new Planted() {
            @Override
            public boolean actsBeforePersisting() {
                return true;
            }
        });
    }

    @Test
    void promotingWhoeverAnswersIsFound() {
        assertFound(new Planted() {
            @Override
            public Optional<Step> next(ClusterRecord record, Observation observation) {
                Optional<Member> other = record.members().stream()
                        .filter(member ->
                                !record.isPrimary(member) && record.primary().isPresent())
                        .filter(member -> observation.mysql(member.id()).isPresent())
                        .findFirst();
                boolean down = record.primary().flatMap(observation::mysql).isEmpty();
                return down && other.isPresent()
                        ? Optional.of(change(
                                record,
                                record.with(
                                        next -> next.primary(other.get().id()).version(record.version() + 1))))
                        : SOUND.next(record, observation);
            }
        });
    }

    @ParameterizedTest
    @EnumSource(mode = EnumSource.Mode.EXCLUDE, names = "NONE")
    void aFlawOfTheExecutorsIsFound(Flaw flaw) {
        assertThat(found(seed -> failure(seed, SOUND, flaw))).isTrue();
    }

    private static void assertFound(Brain broken) {
        assertThat(found(seed -> failure(seed, broken, Flaw.NONE))).isTrue();
    }

    /** Whether some life ends because an invariant is broken. */
    private static boolean found(LongFunction<String> life) {
        return LongStream.rangeClosed(1, SEEDS)
                .parallel()
                .mapToObj(life)
                .anyMatch(story -> BROKEN.matcher(story).lookingAt());
    }

    private static String failure(long seed, Brain brain, Flaw flaw) {
        try {
            Simulation.run(seed, brain, flaw);
            return "";
        } catch (AssertionError broken) {
            return String.valueOf(broken.getMessage());
        }
    }

    /** The sound planner, but for what a test replaces. */
    private static class Planted implements Brain {
        static Step change(ClusterRecord before, ClusterRecord next) {
            return new Step(Optional.of(next), "planted: " + before.version());
        }

        @Override
        public Optional<Step> next(ClusterRecord record, Observation observation) {
            return SOUND.next(record, observation);
        }

        @Override
        public List<Effect> effects(ClusterRecord record, Observation observation) {
            return SOUND.effects(record, observation);
        }

        @Override
        public Optional<InstanceId> switchoverTarget(ClusterRecord record, Observation observation) {
            return SOUND.switchoverTarget(record, observation);
        }

        @Override
        public Assessment assess(ClusterRecord record, Observation observation) {
            return SOUND.assess(record, observation);
        }
    }
}
