package dev.cotton.executor.app.machine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What is run from a folder may only be there by its own user. */
final class SharedFolderTest {
    @TempDir
    private Path folder;

    private Path chosen(Path named) throws IOException {
        return SharedFolder.choose(Map.of(SharedFolder.VARIABLE, named.toString()), folder);
    }

    @Test
    void theOneThatIsNamedIsMadeAndThenFoundAgain() throws IOException {
        Path named = folder.resolve("shared");
        assertThat(chosen(named)).isEqualTo(named);
        assertThat(chosen(named)).isEqualTo(named);
        assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(named)))
                .isEqualTo("rwx------");
    }

    @Test
    void oneThatOthersCanWriteIsRefused() throws IOException {
        Path named = Files.createDirectory(folder.resolve("shared"));
        Files.setPosixFilePermissions(named, PosixFilePermissions.fromString("rwxrwxr-x"));
        assertThatThrownBy(() -> chosen(named))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageStartingWith(SharedFolder.VARIABLE + ":");
    }

    @Test
    void aLinkIsNotFollowed() throws IOException {
        Path link =
                Files.createSymbolicLink(folder.resolve("link"), Files.createDirectory(folder.resolve("elsewhere")));
        assertThatThrownBy(() -> chosen(link)).isInstanceOf(IllegalArgumentException.class);
    }
}
