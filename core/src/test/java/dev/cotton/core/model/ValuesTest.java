package dev.cotton.core.model;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class ValuesTest {
    @ParameterizedTest
    @CsvSource({
        "512mb, 536870912",
        "2gb, 2147483648",
        "1.5gb, 1610612736",
        "100 KB, 102400",
        "7b, 7",
        "1tb, 1099511627776"
    })
    void readsSizesAsTheOriginalDid(String text, long bytes) {
        assertThat(DataSize.parse(text).bytes()).isEqualTo(bytes);
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "512", "mb", "-1mb", "1e3mb", "99999999999tb", "1 2mb"})
    void refusesWhatIsNotASize(String text) {
        assertThatThrownBy(() -> DataSize.parse(text)).isInstanceOf(IllegalArgumentException.class);
    }

    @ParameterizedTest
    @ValueSource(strings = {"512mb", "2gb", "1536mb", "7b", "0b"})
    void writesSizesAsTheyAreRead(String text) {
        assertThat(DataSize.parse(text)).hasToString(text);
    }

    @ParameterizedTest
    @ValueSource(strings = {"a", "A.b_c-9", "0", "demo-2"})
    void takesNames(String name) {
        assertThat(new ClusterName(name)).hasToString(name);
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "-a", ".a", "a/b", "a b", "ä", "a\n"})
    void refusesNames(String name) {
        assertThatThrownBy(() -> new ClusterName(name)).hasMessageContaining("cluster name");
    }

    @Test
    void refusesANameOf64Letters() {
        assertThatThrownBy(() -> new ClusterName("a".repeat(64))).isInstanceOf(IllegalArgumentException.class);
        assertThat(new ClusterName("a".repeat(63)).value()).hasSize(63);
    }

    @Test
    void anInstanceOfAClusterWithADashIsReadBack() {
        InstanceId id = new InstanceId(new ClusterName("my-app-7"), 12);
        assertThat(InstanceId.parse(id.toString())).isEqualTo(id);
    }

    @Test
    void stampsAreOrderedByTermThenEpochThenVersion() {
        assertThat(new Stamp(2, 1, 1)).isGreaterThan(new Stamp(1, 9, 9));
        assertThat(new Stamp(1, 2, 1)).isGreaterThan(new Stamp(1, 1, 9));
        assertThat(new Stamp(1, 1, 2)).isGreaterThan(new Stamp(1, 1, 1));
        assertThat(Stamp.NONE).isLessThan(new Stamp(1, 0, 1));
    }

    @ParameterizedTest
    @ValueSource(strings = {"root", "cotton_repl_0", "mysql.sys", "cotton", "", "a b", "x'y"})
    void refusesUsersThatAreKeptOrMalformed(String user) {
        assertThatThrownBy(() -> new ClusterSpec(
                        1, Resources.ORDINARY, Durability.LOSSLESS, user, Map.of(), PlacementSpec.ORDINARY))
                .hasMessageStartingWith("user:");
    }

    @ParameterizedTest
    @CsvSource({"1, 0", "2, 1", "3, 1", "4, 2", "5, 2", "9, 4"})
    void settledAckCountsAreHalfTheSet(int size, int count) {
        assertThat(ClusterRecord.settledAckCount(size)).isEqualTo(count);
    }
}
