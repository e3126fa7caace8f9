package dev.cotton.cli.machine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class DataFolderTest {
    @TempDir
    private Path parent = Path.of("");

    private DataFolder folder() {
        return new DataFolder(parent.resolve("data")).create();
    }

    @Test
    void theNoteIsForItsOwnerOnly() throws IOException {
        DataFolder folder = folder();

        folder.write(about(ProcessIdentity.current()));

        assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(folder.note())))
                .isEqualTo("rw-------");
        assertThat(folder.runningScheduler()).contains(about(ProcessIdentity.current()));
    }

    @Test
    void aNoteAboutAnotherLifeOfAProcessNumberCountsForNothing() {
        DataFolder folder = folder();
        ProcessIdentity self = ProcessIdentity.current();

        folder.write(about(new ProcessIdentity(self.pid(), self.startTicks() + 1, self.bootId())));
        assertThat(folder.runningScheduler()).isEmpty();

        folder.write(about(new ProcessIdentity(self.pid(), self.startTicks(), "another boot")));
        assertThat(folder.runningScheduler()).isEmpty();
    }

    @Test
    void onlyWhoseNoteItIsRemovesIt() {
        DataFolder folder = folder();
        ProcessIdentity self = ProcessIdentity.current();
        folder.write(about(self));

        folder.forget(new ProcessIdentity(1, 1, "b"));
        assertThat(folder.note()).exists();

        folder.forget(self);
        assertThat(folder.note()).doesNotExist();
        folder.forget(self);
    }

    @Test
    void aDamagedNoteIsNamed() throws IOException {
        DataFolder folder = folder();
        Files.writeString(folder.note(), "{");

        assertThatThrownBy(folder::runningScheduler).hasMessageStartingWith("The file " + folder.note());
    }

    @Test
    void aFolderThatCannotBeMadeIsNamed() throws IOException {
        Path file = Files.writeString(parent.resolve("file"), "");

        assertThatThrownBy(() -> new DataFolder(file.resolve("data")).create())
                .hasMessageContaining("cannot be made or written")
                .hasMessageContaining("--data-dir");
    }

    @Test
    void theUsualFolderFollowsTheEnvironment() {
        assertThat(Account.dataFolder(Map.of("COTTON_DATA_DIR", "/a/b")).path()).isEqualTo(Path.of("/a/b"));
        if (!Account.isRoot()) {
            assertThat(Account.dataFolder(Map.of("XDG_DATA_HOME", "/x", "HOME", "/h"))
                            .path())
                    .isEqualTo(Path.of("/x/cotton"));
            assertThat(Account.dataFolder(Map.of("HOME", "/h")).path()).isEqualTo(Path.of("/h/.local/share/cotton"));
        } else {
            assertThat(Account.dataFolder(Map.of("HOME", "/h")).path()).isEqualTo(Path.of("/var/lib/cotton"));
        }
    }

    private static RunningScheduler about(ProcessIdentity process) {
        return new RunningScheduler(
                process,
                Instant.parse("2026-11-22T10:00:00Z"),
                Optional.of(URI.create("http://127.0.0.1:55001")),
                Optional.of(Path.of("/token")),
                Optional.empty(),
                Path.of("/log"));
    }
}
