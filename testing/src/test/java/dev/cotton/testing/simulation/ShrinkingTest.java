package dev.cotton.testing.simulation;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.TreeSet;
import java.util.stream.IntStream;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;

class ShrinkingTest {
    private static final Duration LIMIT = Duration.ofSeconds(20);
    private static final Brain PLANTED = SuccessionPlant.CHOOSES_BY_ONE_ANSWER;

    @Test
    void whatTheFailureNeedsIsKeptAndNothingElse() {
        List<Fault> needed = List.of(event(3), event(11), new Fault(Fault.Kind.MESSAGE, 40));
        Failure all = failure(Life.of(1)
                .with(IntStream.range(0, 50)
                        .boxed()
                        .flatMap(number -> List.of(event(number), new Fault(Fault.Kind.MESSAGE, number)).stream())
                        .toList()));
        Failure shortest = new Shrinking(
                        life -> Optional.of(failure(life))
                                .filter(failure -> failure.struck().containsAll(needed)),
                        LIMIT)
                .shortest(all);
        assertThat(shortest.struck()).containsExactlyElementsOf(needed);
    }

    @Test
    void anotherFailureIsNoShorterStory() {
        Failure all = failure(Life.of(1).with(List.of(event(0), event(1))));
        Shrinking shrinking = new Shrinking(
                life -> Optional.of(new Failure(life, life.kept().orElseThrow(), 0, "B: another one", "")), LIMIT);
        assertThat(shrinking.shortest(all)).isEqualTo(all);
    }

    @Test
    void theStoryOfAMistakeIsShorterThanItsLifeAndCanBeRepeated() {
        Failure whole = LongStream.rangeClosed(1, 3000)
                .mapToObj(seed -> Simulation.live(Life.of(seed), PLANTED, Flaw.NONE))
                .flatMap(Optional::stream)
                .filter(Failure::breaksAnInvariant)
                .findFirst()
                .orElseThrow();
        Failure told = Simulation.tell(whole.life(), PLANTED, Flaw.NONE).orElseThrow();
        assertThat(told.rule()).isEqualTo(whole.rule());
        assertThat(told.struck()).hasSizeLessThan(whole.struck().size());
        assertThat(told.story()).contains("planted").containsAnyOf("killed", "loses power", "cut off", "takes nothing");
        String text = told.toString().strip();
        Life repeated = Life.parse(text.substring(text.lastIndexOf('=') + 1));
        assertThat(Simulation.live(repeated, PLANTED, Flaw.NONE)).hasValueSatisfying(again -> {
            assertThat(again.what()).isEqualTo(told.what());
            assertThat(again.at()).isEqualTo(told.at());
        });
    }

    @Test
    void aLifeIsTheSameForTheSameSeed() {
        Failure first = Simulation.live(Life.of(7), SuccessionPlant.PROMOTES_WHOEVER_ANSWERS, Flaw.NONE)
                .orElseThrow();
        assertThat(Simulation.live(Life.of(7), SuccessionPlant.PROMOTES_WHOEVER_ANSWERS, Flaw.NONE))
                .contains(first);
    }

    @Test
    void aLifeIsReadAsItIsWritten() {
        Life life = Life.of(4636).with(List.of(event(3), new Fault(Fault.Kind.STEP, 0)));
        assertThat(life).hasToString("4636:E3,S0");
        assertThat(List.of(Life.parse("4636:E3,S0"), Life.parse("4636"), Life.parse("4636:")))
                .containsExactly(life, Life.of(4636), Life.of(4636).with(List.of()));
    }

    private static Fault event(int number) {
        return new Fault(Fault.Kind.EVENT, number);
    }

    private static Failure failure(Life life) {
        return new Failure(life, new TreeSet<>(life.kept().orElseThrow()), 0, "A: lost", "");
    }
}
