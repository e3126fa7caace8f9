package dev.cotton.cli.mysql;

import static org.assertj.core.api.Assertions.assertThat;

import dev.cotton.core.model.Endpoint;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;

final class OptionFileTest {
    @Test
    void verifiesTheServerAndQuotesWhatMysqlWouldReadOtherwise() {
        OptionFile file = new OptionFile(new Endpoint("::1", 23300), "app", "a\\b#\"c", Path.of("/run/x y/ca.pem"));

        assertThat(file.text()).isEqualTo("""
                [client]
                protocol = TCP
                host = "::1"
                port = 23300
                user = "app"
                password = "a\\\\b#"c"
                ssl-mode = VERIFY_IDENTITY
                ssl-ca = "/run/x y/ca.pem"
                """);
    }

    @Test
    void keepsThePasswordOutOfLogs() {
        assertThat(new OptionFile(new Endpoint("h", 1), "app", "secret", Path.of("/ca")).toString())
                .doesNotContain("secret");
    }
}
