package dev.cotton.testing.simulation;

import static org.assertj.core.api.Assertions.assertThat;

import dev.cotton.core.control.Planner;
import java.util.function.LongFunction;
import java.util.regex.Pattern;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class SimulationTest {
    private static final Brain SOUND = Brain.sound(Planner.Settings.ORDINARY);
    private static final Pattern BROKEN = Pattern.compile("Seed [0-9]+ at [0-9]+ ms: [ABCD]: ");
    private static final long SEEDS = Long.getLong("cotton.simulation.seeds", 5000);

    /** In how many lives a fault that was planted has to show. */
    private static final long FINDING = 3000;

    @Test
    void everyLifeKeepsTheInvariantsAndEndsHealthy() {
        LongStream.rangeClosed(1, SEEDS).parallel().forEach(seed -> Simulation.run(seed, SOUND));
    }

    @Test
    void aLifeIsTheSameForTheSameSeed() {
        String first = failure(7, Plant.PROMOTES_WHOEVER_ANSWERS, Flaw.NONE);
        assertThat(failure(7, Plant.PROMOTES_WHOEVER_ANSWERS, Flaw.NONE)).isEqualTo(first);
    }

    @ParameterizedTest
    @EnumSource
    void aMistakeOfThePlannerIsFound(Plant plant) {
        assertThat(found(seed -> failure(seed, plant, Flaw.NONE))).isTrue();
    }

    @ParameterizedTest
    @EnumSource(mode = EnumSource.Mode.EXCLUDE, names = "NONE")
    void aFlawOfTheExecutorsIsFound(Flaw flaw) {
        assertThat(found(seed -> failure(seed, SOUND, flaw))).isTrue();
    }

    /** Whether some life ends because an invariant is broken. */
    private static boolean found(LongFunction<String> life) {
        return LongStream.rangeClosed(1, FINDING)
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
}
