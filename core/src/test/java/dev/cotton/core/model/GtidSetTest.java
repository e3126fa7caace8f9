package dev.cotton.core.model;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class GtidSetTest {
    private static final String A = "3e11fa47-71ca-11e1-9e33-c80aa9429562";
    private static final String B = "4e11fa47-71ca-11e1-9e33-c80aa9429562";

    private static GtidSet set(String text) {
        return GtidSet.parse(text);
    }

    @Test
    void readsWhatServersPrintAndWritesItInOrder() {
        assertThat(set(B + ":3,\n" + A.toUpperCase(java.util.Locale.ROOT) + ":1-5:7"))
                .hasToString(A + ":1-5:7," + B + ":3");
    }

    @Test
    void mergesIntervalsThatTouchOrOverlap() {
        assertThat(set(A + ":1-3:4-6:5-9:11")).hasToString(A + ":1-9:11");
    }

    @Test
    void keepsTagsApart() {
        GtidSet tagged = set(A + ":1-2:backup:1-3");
        assertThat(tagged).hasToString(A + ":1-2," + A + ":backup:1-3");
        assertThat(tagged.contains(set(A + ":1-2"))).isTrue();
        assertThat(tagged.contains(set(A + ":3"))).isFalse();
    }

    @Test
    void subtractsFromTheMiddleAndTheEnds() {
        assertThat(set(A + ":1-10").minus(set(A + ":1:4-5:10," + B + ":1"))).hasToString(A + ":2-3:6-9");
    }

    @Test
    void nothingIsLeftOfASetWithoutItself() {
        GtidSet set = set(A + ":1-10:12," + B + ":7");
        assertThat(set.minus(set)).isEqualTo(GtidSet.EMPTY);
        assertThat(set.minus(set).isEmpty()).isTrue();
    }

    @Test
    void picksWhatOneServerWrote() {
        assertThat(set(A + ":1-10:tagged:3," + B + ":1").of(A)).hasToString(A + ":1-10," + A + ":tagged:3");
        assertThat(set(A + ":1-10").of(B).isEmpty()).isTrue();
    }

    @Test
    void unionHoldsBoth() {
        GtidSet union = set(A + ":1-3").union(set(A + ":4," + B + ":1"));
        assertThat(union).hasToString(A + ":1-4," + B + ":1");
        assertThat(union.count()).isEqualTo(5);
    }

    @Test
    void everySetContainsTheEmptyOne() {
        assertThat(GtidSet.EMPTY.contains(GtidSet.EMPTY)).isTrue();
        assertThat(set(A + ":1").contains(set(""))).isTrue();
        assertThat(GtidSet.EMPTY.contains(set(A + ":1"))).isFalse();
    }

    @ParameterizedTest
    @ValueSource(strings = {"x", A, A + ":", A + ":0", A + ":5-3", A + ":1-2-3", A + ":1:UP PER:", ":1"})
    void refusesWhatIsNotASet(String text) {
        assertThatThrownBy(() -> set(text))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("is not a GTID set");
    }
}
