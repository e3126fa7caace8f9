package dev.cotton.scheduler.rest;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.cotton.scheduler.rest.RestSettings.Access;
import dev.cotton.scheduler.rest.RestSettings.TlsFiles;
import java.nio.file.Path;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The rule of who may be listened to, and where. */
final class RestSettingsTest {
    private static final Optional<Path> TOKENS = Optional.of(Path.of("tokens"));
    private static final Optional<TlsFiles> TLS =
            Optional.of(new TlsFiles(Path.of("certificate"), Path.of("key"), Optional.empty()));

    @ParameterizedTest
    @ValueSource(strings = {"127.0.0.1", "127.0.0.2", "::1", "localhost"})
    void needsNothingOnLoopback(String address) {
        assertThat(settings(address, Access.LOCAL).loopback()).isTrue();
    }

    @ParameterizedTest
    @ValueSource(strings = {"0.0.0.0", "::", "192.0.2.7"})
    void needsTokensAndTlsElsewhere(String address) {
        assertThatThrownBy(() -> settings(address, Access.LOCAL))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContainingAll(address, "--api-token-file", "--api-tls-certificate", "--insecure");
        assertThatThrownBy(() -> settings(address, new Access(TOKENS, Optional.empty(), false)))
                .isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> settings(address, new Access(Optional.empty(), TLS, false)))
                .isInstanceOf(IllegalArgumentException.class);

        assertThat(settings(address, new Access(TOKENS, TLS, false)).loopback()).isFalse();
    }

    @Test
    void letsSomebodySayInsecure() {
        assertThat(settings("0.0.0.0", new Access(Optional.empty(), Optional.empty(), true))
                        .loopback())
                .isFalse();
    }

    @Test
    void refusesPortsAndAddressesThatAreNone() {
        assertThatThrownBy(() -> RestSettings.local(65536)).hasMessage("port: between 0 and 65535, not 65536.");
        assertThatThrownBy(() -> RestSettings.local(-1)).hasMessage("port: between 0 and 65535, not -1.");
        assertThatThrownBy(() -> settings("no such address", Access.LOCAL))
                .hasMessage("address: 'no such address' is not an address of this machine.");
    }

    @Test
    void isReachedByItsPublicHostOrByWhatItListensOn() {
        assertThat(settings("127.0.0.1", Access.LOCAL).reachedAs()).isEqualTo("127.0.0.1");
        assertThat(settings("::1", Access.LOCAL).reachedAs()).isEqualTo("[::1]");
        assertThat(new RestSettings("127.0.0.1", 0, Optional.of("db.example"), Access.LOCAL, Optional.empty())
                        .reachedAs())
                .isEqualTo("db.example");
    }

    private static RestSettings settings(String address, Access access) {
        return new RestSettings(address, 0, Optional.empty(), access, Optional.empty());
    }
}
