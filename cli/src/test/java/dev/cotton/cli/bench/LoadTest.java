package dev.cotton.cli.bench;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import dev.cotton.cli.writers.History;
import dev.cotton.cli.writers.Insert;
import dev.cotton.cli.writers.Insert.Reign;
import java.time.Duration;
import java.util.List;
import java.util.OptionalLong;
import java.util.stream.LongStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

final class LoadTest {
    private static final Reign PRIMARY = new Reign("demo-1", "uuid-1", 1);

    @Test
    void onlyWritesThatWereAcknowledgedMeanwhileCount() {
        History history = new History(List.of(
                insert(900, 1000, PRIMARY, true),
                insert(1000, 1100, PRIMARY, true),
                insert(1900, 2000, PRIMARY, true),
                insert(1950, 2001, PRIMARY, true),
                insert(1200, 1300, PRIMARY, false),
                insert(1200, 1300, new Reign("demo-2", "uuid-2", OptionalLong.empty()), true)));

        Load load = Load.of(history, nanos(1000), nanos(2000));

        assertThat(load.perSecond()).isCloseTo(2, within(1e-9));
        assertThat(load.p99()).isEqualTo(Duration.ofMillis(100));
    }

    @Test
    void oneOfAHundredWritesMayBeSlowerThanP99() {
        History history = new History(Stream.concat(
                        LongStream.range(0, 99).mapToObj(i -> insert(i * 10, i * 10 + 5, PRIMARY, true)),
                        Stream.of(insert(1000, 1900, PRIMARY, true)))
                .toList());

        assertThat(Load.of(history, 0, nanos(2000)).p99()).isEqualTo(Duration.ofMillis(5));
    }

    @Test
    void whatItCostsIsInPercentOfTheOther() {
        Load without = new Load(1000, Duration.ofMillis(20));
        Load during = new Load(900, Duration.ofMillis(25));

        assertThat(during.percentFewerThan(without)).isCloseTo(10, within(1e-9));
        assertThat(during.percentSlowerThan(without)).isCloseTo(25, within(1e-9));
        assertThat(without.percentSlowerThan(during)).isNegative();
    }

    @Test
    void aTimeWithoutWritesIsRefused() {
        assertThatThrownBy(() -> Load.of(new History(List.of()), 0, 1)).isInstanceOf(IllegalArgumentException.class);
    }

    private static Insert insert(long begun, long ended, Reign reign, boolean acknowledged) {
        return new Insert(begun, nanos(begun), nanos(ended), reign, acknowledged);
    }

    private static long nanos(long millis) {
        return Duration.ofMillis(millis).toNanos();
    }
}
