package dev.cotton.executor.server;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class StateFileTest {
    record Value(String name, int number) {}

    @TempDir
    Path folder;

    @Test
    void readsWhatWasWrittenLast() {
        StateFile<Value> file = new StateFile<>(folder.resolve("value.json"), Value.class);
        assertThat(file.read()).isEmpty();
        file.write(new Value("a", 1));
        file.write(new Value("b", 2));
        assertThat(file.read()).contains(new Value("b", 2));
    }

    @Test
    void belongsToItsOwnerAlone() throws IOException {
        Path path = folder.resolve("value.json");
        new StateFile<>(path, Value.class).write(new Value("secret", 1));
        assertThat(Files.getPosixFilePermissions(path)).isEqualTo(PosixFilePermissions.fromString("rw-------"));
    }

    @Test
    void aWriteThatWasCutShortChangesNothing() throws IOException {
        Path path = folder.resolve("value.json");
        StateFile<Value> file = new StateFile<>(path, Value.class);
        file.write(new Value("a", 1));
        Files.writeString(folder.resolve("value.json.next"), "{\"name\":\"b");
        assertThat(file.read()).contains(new Value("a", 1));
        file.write(new Value("c", 3));
        assertThat(file.read()).contains(new Value("c", 3));
        assertThat(folder.resolve("value.json.next")).doesNotExist();
    }

    @Test
    void saysThatItCannotBeUnderstood() throws IOException {
        Path path = folder.resolve("value.json");
        Files.writeString(path, "{");
        assertThatThrownBy(() -> new StateFile<>(path, Value.class).read())
                .isInstanceOf(ServerException.class)
                .hasMessageContaining(path.toString());
    }

    @Test
    void ignoresWhatALaterVersionWroteBesides() throws IOException {
        Path path = folder.resolve("value.json");
        Files.writeString(path, "{\"name\":\"a\",\"number\":1,\"colour\":\"red\"}");
        assertThat(new StateFile<>(path, Value.class).read()).contains(new Value("a", 1));
    }
}
