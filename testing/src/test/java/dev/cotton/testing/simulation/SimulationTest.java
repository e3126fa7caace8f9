package dev.cotton.testing.simulation;

import static org.assertj.core.api.Assertions.assertThat;

import dev.cotton.core.control.Planner;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.LongStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;

class SimulationTest {
    private static final Brain SOUND = Brain.sound(Planner.Settings.ORDINARY);
    private static final long SEEDS = Long.getLong("cotton.simulation.seeds", 5000);
    private static final long FIRST = Long.getLong("cotton.simulation.first", 1);

    /** One life to be repeated, as the story of a failure says. */
    private static final Optional<Life> REPEATED =
            Optional.ofNullable(System.getProperty("cotton.simulation.life")).map(Life::parse);

    /** Whose stories are told when many lives fail. */
    private static final int STORIES = 3;

    /** In how many lives a fault that was planted has to show. */
    private static final long FINDING = 20_000;

    /** So many lives are lived at a time. */
    private static final long BLOCK = 80;

    @Test
    void everyLifeKeepsTheInvariantsAndEndsHealthy() {
        List<Life> failed = lives().filter(
                        life -> Simulation.live(life, SOUND, Flaw.NONE).isPresent())
                .toList();
        assertThat(failed)
                .as(() -> failed.stream()
                        .limit(STORIES)
                        .flatMap(life -> Simulation.tell(life, SOUND, Flaw.NONE).stream())
                        .map(Failure::toString)
                        .reduce("", String::concat))
                .isEmpty();
    }

    private static Stream<Life> lives() {
        return REPEATED.map(Stream::of)
                .orElseGet(
                        () -> LongStream.range(FIRST, FIRST + SEEDS).parallel().mapToObj(Life::of));
    }

    @ParameterizedTest
    @MethodSource
    void aMistakeOfThePlannerIsFound(Plant plant) {
        assertThat(firstFailure(life -> Simulation.live(life, plant, Flaw.NONE), plant.hangs()))
                .isPresent();
    }

    static Stream<Plant> aMistakeOfThePlannerIsFound() {
        return Stream.of(
                        MembershipPlant.values(),
                        MovingPlant.values(),
                        SuccessionPlant.values(),
                        EvidencePlant.values())
                .flatMap(Stream::of);
    }

    @ParameterizedTest
    @EnumSource(mode = EnumSource.Mode.EXCLUDE, names = "NONE")
    void aFlawOfTheExecutorsIsFound(Flaw flaw) {
        assertThat(firstFailure(life -> Simulation.live(life, SOUND, flaw), flaw.hangs()))
                .isPresent();
    }

    /**
     * The first that is found ends the search; the rarest need some thousand lives. A block of lives at a time, from the
     * first seed on, so that as many are lived on every machine.
     *
     * @param hangs whether it is enough that peace does not come
     */
    private static Optional<Failure> firstFailure(Function<Life, Optional<Failure>> lives, boolean hangs) {
        return LongStream.range(0, FINDING / BLOCK)
                .mapToObj(block -> firstFailure(block, lives, hangs))
                .flatMap(Optional::stream)
                .findFirst();
    }

    private static Optional<Failure> firstFailure(long block, Function<Life, Optional<Failure>> lives, boolean hangs) {
        return LongStream.range(0, BLOCK)
                .parallel()
                .mapToObj(number -> lives.apply(Life.of(1 + block * BLOCK + number)))
                .flatMap(Optional::stream)
                .filter(failure -> hangs || failure.breaksAnInvariant())
                .findAny();
    }
}
