package dev.cotton.core.wire;

import static org.assertj.core.api.Assertions.assertThat;

import dev.cotton.core.wire.MysqlReport.Replication;
import java.util.Optional;
import org.junit.jupiter.api.Test;

final class MysqlReportTest {
    private static Replication replication(String receiver, boolean applierRunning, String error) {
        return new Replication(
                "h:1", receiver, applierRunning, error, "", Optional.empty(), Optional.empty(), Optional.empty());
    }

    @Test
    void saysWhyNothingComesEvenWhileMysqlSaysNothing() {
        assertThat(replication("CONNECTING", true, "").trouble()).isEqualTo("it is connecting to h:1.");
        assertThat(replication("OFF", true, "").trouble()).isEqualTo("its receiver is stopped.");
        assertThat(replication("ON", false, "").trouble()).isEqualTo("its applier is stopped.");
        assertThat(replication("ON", true, "").trouble()).isEmpty();
    }

    @Test
    void quotesMysqlWhenItSaysSomething() {
        assertThat(replication("CONNECTING", true, "error 2003").trouble()).isEqualTo("error 2003");
    }
}
