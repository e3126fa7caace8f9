package dev.cotton.testing.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.cotton.core.port.BackupStore.Existing;
import dev.cotton.core.port.BackupStoreException.ExistsException;
import dev.cotton.core.port.BackupStoreException.NotAllowedException;
import dev.cotton.core.port.ObjectKey;
import dev.cotton.core.storage.BackupStores;
import dev.cotton.testing.contract.BackupStoreContract;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class FileBackupStoreTest extends BackupStoreContract {
    @TempDir
    Path folder;

    private Path root() {
        return folder.resolve("backups");
    }

    @Override
    protected String location() {
        return "file://" + root();
    }

    private void write(String key) throws IOException {
        store().write(new ObjectKey(key), Existing.REFUSE, out -> out.write(1));
    }

    @Test
    void letsNobodyElseIn() throws IOException {
        write("demo/1/data");

        try (Stream<Path> paths = Files.walk(root())) {
            for (Path path : (Iterable<Path>) paths::iterator) {
                assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(path)))
                        .as("%s", path)
                        .isEqualTo(Files.isDirectory(path) ? "rwx------" : "rw-------");
            }
        }
    }

    @Test
    void leavesNothingBesideTheObjects() throws IOException {
        write("demo/1/data");
        write("demo/1/more");
        store().delete(new ObjectKey("demo/1/data"));
        store().delete(new ObjectKey("demo/1/more"));

        try (Stream<Path> paths = Files.walk(root())) {
            assertThat(paths).containsExactlyInAnyOrder(root(), root().resolve(".incomplete"));
        }
    }

    @Test
    void passesOverWhatIsNotItsOwn() throws IOException {
        write("demo/data");
        Files.writeString(root().resolve("demo/.hidden"), "");
        Files.writeString(root().resolve("demo/no key"), "");
        Files.createDirectory(root().resolve("lost+found"));
        Files.writeString(root().resolve("lost+found/file"), "");

        assertThat(store().list("")).extracting(found -> found.key().value()).isEqualTo(List.of("demo/data"));
    }

    @Test
    void refusesAnObjectInThePlaceOfAFolder() throws IOException {
        write("demo/data");

        for (Existing existing : Existing.values()) {
            assertThatThrownBy(() -> store().write(new ObjectKey("demo"), existing, out -> out.write(1)))
                    .isInstanceOf(ExistsException.class);
            assertThatThrownBy(() -> store().write(new ObjectKey("demo/data/more"), existing, out -> out.write(1)))
                    .isInstanceOf(ExistsException.class);
        }
        assertThat(store().stat(new ObjectKey("demo"))).isEmpty();
        assertThat(store().stat(new ObjectKey("demo/data/more"))).isEmpty();
    }

    @Test
    void saysWhatStandsInTheWayOfItsFolder() throws IOException {
        Files.writeString(root(), "no folder");

        assertThatThrownBy(() -> write("demo"))
                .isInstanceOf(ExistsException.class)
                .hasMessageContaining("backups");
        assertThat(Files.readString(root())).isEqualTo("no folder");
    }

    @Test
    void saysWhatIsNotAllowed() throws IOException {
        assertThatThrownBy(() -> BackupStores.ofThisProgram()
                        .open("file:///sys/cotton")
                        .write(new ObjectKey("demo"), Existing.REFUSE, out -> out.write(1)))
                .isInstanceOf(NotAllowedException.class);
    }
}
