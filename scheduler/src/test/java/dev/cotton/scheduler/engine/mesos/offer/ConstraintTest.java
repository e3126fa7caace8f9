package dev.cotton.scheduler.engine.mesos.offer;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

final class ConstraintTest {
    @ParameterizedTest
    @ValueSource(
            strings = {
                "rack:UNIQUE",
                "rack:CLUSTER",
                "rack:CLUSTER:a",
                "rack:GROUP_BY",
                "rack:GROUP_BY:3",
                "hostname:LIKE:db-.*",
                "hostname:UNLIKE:db:1",
                "zone:MAX_PER:2"
            })
    void readsWhatItWrites(String text) {
        assertThat(Constraint.parse(text)).hasToString(text);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "rack",
                ":UNIQUE",
                "rack:NEAR",
                "rack:UNIQUE:a",
                "rack:MAX_PER",
                "rack:MAX_PER:0",
                "rack:GROUP_BY:-1",
                "rack:LIKE",
                "rack:LIKE:["
            })
    void namesTheFieldOfWhatItCannotRead(String text) {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> Constraint.parse(text))
                .withMessageStartingWith("constraints: ");
    }

    /** The values a and b are known; a holds two instances, b one. */
    @ParameterizedTest
    @CsvSource({
        "x:UNIQUE, a, false",
        "x:UNIQUE, c, true",
        "x:CLUSTER, a, true",
        "x:CLUSTER, c, false",
        "x:CLUSTER:c, c, true",
        "x:CLUSTER:c, a, false",
        "x:GROUP_BY, a, false",
        "x:GROUP_BY, b, true",
        "x:GROUP_BY:3, b, false",
        "x:GROUP_BY:3, c, true",
        "x:LIKE:[ab], a, true",
        "x:LIKE:[ab], ab, false",
        "x:UNLIKE:[ab], a, false",
        "x:UNLIKE:[ab], c, true",
        "x:MAX_PER:2, a, false",
        "x:MAX_PER:2, b, true",
        "x:MAX_PER:2, c, true"
    })
    void allowsAValue(String constraint, String value, boolean allowed) {
        assertThat(Constraint.parse(constraint).allows(Optional.of(value), Map.of("a", 2, "b", 1)))
                .isEqualTo(allowed);
    }

    @ParameterizedTest
    @CsvSource({"x:UNIQUE, false", "x:CLUSTER, false", "x:GROUP_BY, false", "x:LIKE:.*, false", "x:UNLIKE:.*, true"})
    void onlyUnlikeLikesAnAgentWithoutTheField(String constraint, boolean allowed) {
        assertThat(Constraint.parse(constraint).allows(Optional.empty(), Map.of()))
                .isEqualTo(allowed);
    }

    @Test
    void theFirstOfAClusterChoosesForAll() {
        assertThat(Constraint.parse("x:CLUSTER").allows(Optional.of("c"), Map.of("a", 0, "c", 0)))
                .isTrue();
    }
}
