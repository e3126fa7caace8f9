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
    private static final ProcessIdentity SELF = ProcessIdentity.current();

    @TempDir
    private Path parent = Path.of("");

    private DataFolder folder() {
        return new DataFolder(parent.resolve("data")).create();
    }

    private static Path note(DataFolder folder, long pid) {
        return folder.notes().resolve(pid + ".json");
    }

    @Test
    void theNoteIsForItsOwnerOnly() throws IOException {
        DataFolder folder = folder();

        folder.write(about(SELF));

        assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(note(folder, SELF.pid()))))
                .isEqualTo("rw-------");
        assertThat(folder.runningScheduler()).contains(about(SELF));
    }

    @Test
    void aNoteAboutAnotherLifeOfAProcessNumberCountsForNothing() {
        DataFolder folder = folder();

        folder.write(about(new ProcessIdentity(SELF.pid(), SELF.startTicks() + 1, SELF.bootId())));
        assertThat(folder.runningScheduler()).isEmpty();

        folder.write(about(new ProcessIdentity(SELF.pid(), SELF.startTicks(), "another boot")));
        assertThat(folder.runningScheduler()).isEmpty();
    }

    @Test
    void onlyWhoseNoteItIsRemovesItWhileItRuns() {
        DataFolder folder = folder();
        folder.write(about(SELF));

        folder.forget(new ProcessIdentity(1, 1, "b"));
        assertThat(note(folder, SELF.pid())).exists();

        folder.forget(SELF);
        assertThat(note(folder, SELF.pid())).doesNotExist();
        folder.forget(SELF);
    }

    @Test
    void schedulersOnOneFolderKeepTheirNotesApart() {
        DataFolder folder = folder();
        ProcessIdentity other = ProcessIdentity.of(
                        ProcessHandle.current().parent().orElseThrow().pid())
                .orElseThrow();
        ProcessIdentity killed = new ProcessIdentity(SELF.pid() + 1, 1, "another boot");
        RunningScheduler starting = new RunningScheduler(
                other, Instant.EPOCH, Optional.empty(), Optional.empty(), Optional.empty(), Path.of("/log"));
        folder.write(starting);
        folder.write(about(SELF));
        folder.write(about(killed));

        assertThat(folder.runningSchedulers()).containsExactly(about(SELF), starting);

        folder.forget(SELF);
        assertThat(folder.runningSchedulers()).containsExactly(starting);
        assertThat(note(folder, killed.pid())).doesNotExist();
    }

    @Test
    void aDamagedNoteIsNamed() throws IOException {
        DataFolder folder = folder();
        Path note = Files.writeString(note(folder, 1), "{");

        assertThatThrownBy(folder::runningScheduler).hasMessageStartingWith("The file " + note);
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
