package dev.cotton.core.wire;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.cotton.core.model.InstanceId;
import java.time.Instant;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

final class QuarantineIdTest {
    @Test
    void isReadAsItIsWritten() {
        QuarantineId id = new QuarantineId(Instant.parse("2026-11-22T10:15:30.7Z"), InstanceId.parse("my-shop-12"));

        assertThat(id.toString()).isEqualTo("20261122T101530Z-my-shop-12");
        assertThat(QuarantineId.parse(id.toString())).isEqualTo(id);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "demo-0",
                "20261122T101530Z",
                "20261122T101530Zdemo-0",
                "20261322T101530Z-demo-0",
                "20261122T101530Z-demo",
                "20261122T101530Z-../demo-0",
                ".making-demo-0"
            })
    void refusesWhatIsNoSuchName(String text) {
        assertThatThrownBy(() -> QuarantineId.parse(text)).isInstanceOf(IllegalArgumentException.class);
    }
}
