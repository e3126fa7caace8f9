package dev.cotton.scheduler.security;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

final class KeyringTest {
    private static final byte[] SECRET = "a secret".getBytes(UTF_8);

    @TempDir
    Path folder;

    private Path file() {
        return folder.resolve("keys/scheduler.key");
    }

    @Test
    void opensWhatItSealed() {
        Keyring keyring = Keyring.open(file(), true);

        String sealed = keyring.seal("purpose", "owner", SECRET);

        assertThat(keyring.open("purpose", "owner", sealed)).isEqualTo(SECRET);
        assertThat(Keyring.open(file(), false).open("purpose", "owner", sealed)).isEqualTo(SECRET);
    }

    @Test
    void sealsInTheVersionedFormAndNeverTwiceTheSame() {
        Keyring keyring = Keyring.open(file(), true);

        String sealed = keyring.seal("purpose", "owner", SECRET);

        assertThat(sealed).matches("v1:[0-9a-f]{8}:[A-Za-z0-9+/]+=*").startsWith("v1:" + keyring.id() + ":");
        assertThat(keyring.seal("purpose", "owner", SECRET)).isNotEqualTo(sealed);
    }

    @Test
    void makesTheFileForItsOwnerOnly() throws IOException {
        Keyring.open(file(), true);

        assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(file())))
                .isEqualTo("rw-------");
        assertThat(Files.size(file())).isEqualTo(32);
        try (Stream<Path> files = Files.list(file().getParent())) {
            assertThat(files).containsExactly(file());
        }
    }

    @Test
    void doesNotMakeTheFileUnlessItMay() {
        assertThatThrownBy(() -> Keyring.open(file(), false))
                .isInstanceOf(SecretException.class)
                .hasMessageContaining("no key file at " + file());
        assertThat(file()).doesNotExist();
    }

    @ParameterizedTest
    @ValueSource(strings = {"rw-r-----", "rw----r--", "rw--w----", "rwx------"})
    void refusesAFileThatOthersMayTouch(String mode) throws IOException {
        Keyring.open(file(), true);
        Files.setPosixFilePermissions(file(), PosixFilePermissions.fromString(mode));

        assertThatThrownBy(() -> Keyring.open(file(), true))
                .isInstanceOf(SecretException.class)
                .hasMessageContaining(mode)
                .hasMessageContaining("chmod 600");
    }

    @Test
    void acceptsAFileThatEvenItsOwnerMayOnlyRead() throws IOException {
        String id = Keyring.open(file(), true).id();
        Files.setPosixFilePermissions(file(), PosixFilePermissions.fromString("r--------"));

        assertThat(Keyring.open(file(), false).id()).isEqualTo(id);
    }

    @ParameterizedTest
    @ValueSource(ints = {0, 31, 33})
    void refusesAFileThatIsNotAKey(int bytes) throws IOException {
        Keyring.open(file(), true);
        Files.write(file(), new byte[bytes]);

        assertThatThrownBy(() -> Keyring.open(file(), true))
                .isInstanceOf(SecretException.class)
                .hasMessageContaining(bytes + " bytes");
    }

    @Test
    void twoProcessesThatMakeItAtOnceShareOneKey() throws Exception {
        try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
            Callable<String> open = () -> Keyring.open(file(), true).id();
            List<String> ids = threads
                    .invokeAll(Stream.generate(() -> open).limit(16).toList())
                    .stream()
                    .map(future -> future.resultNow())
                    .distinct()
                    .toList();
            assertThat(ids).hasSize(1);
        }
    }

    @Test
    void refusesEveryTamperedByte() {
        Keyring keyring = Keyring.open(file(), true);
        String sealed = keyring.seal("purpose", "owner", SECRET);
        int start = sealed.lastIndexOf(':') + 1;

        for (int i = start; i < sealed.length(); i++) {
            char other = sealed.charAt(i) == 'A' ? 'B' : 'A';
            String tampered = sealed.substring(0, i) + other + sealed.substring(i + 1);
            assertThatThrownBy(() -> keyring.open("purpose", "owner", tampered))
                    .as("changed at %d", i)
                    .isInstanceOf(SecretException.class)
                    .hasMessageContaining("was changed");
        }
    }

    @Test
    void refusesASecretInAnotherPlace() {
        Keyring keyring = Keyring.open(file(), true);
        String sealed = keyring.seal("purpose", "owner", SECRET);

        assertThatThrownBy(() -> keyring.open("purpose", "another", sealed)).isInstanceOf(SecretException.class);
        assertThatThrownBy(() -> keyring.open("another", "owner", sealed)).isInstanceOf(SecretException.class);
        assertThatThrownBy(() -> keyring.open("purpose\nowner", "", sealed)).isInstanceOf(SecretException.class);
    }

    @Test
    void saysWhichKeyIsMissing() {
        Keyring first = Keyring.open(file(), true);
        Keyring second = Keyring.open(folder.resolve("another.key"), true);
        String sealed = first.seal("purpose", "owner", SECRET);

        assertThatThrownBy(() -> second.open("purpose", "owner", sealed))
                .isInstanceOf(SecretException.class)
                .hasMessageContaining("needs the key " + first.id())
                .hasMessageContaining("holds the key " + second.id());
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "v1", "v2:00000000:AAAA", "v1:00000000", "a secret"})
    void refusesWhatIsNotSealed(String text) {
        Keyring keyring = Keyring.open(file(), true);

        assertThatThrownBy(() -> keyring.open("purpose", "owner", text))
                .isInstanceOf(SecretException.class)
                .hasMessageContaining("form that this version knows");
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "AAAA", "not base64!"})
    void refusesWhatIsTooShortOrGarbled(String body) {
        Keyring keyring = Keyring.open(file(), true);

        assertThatThrownBy(() -> keyring.open("purpose", "owner", "v1:" + keyring.id() + ":" + body))
                .isInstanceOf(SecretException.class);
    }
}
