package dev.cotton.cli.up;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.cotton.cli.Failure;
import dev.cotton.cli.TestShell;
import dev.cotton.cli.follow.Patience;
import dev.cotton.cli.machine.DataFolder;
import dev.cotton.cli.machine.Launcher;
import dev.cotton.cli.terminal.OutputFormat;
import dev.cotton.cli.terminal.Steps;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class BackgroundTest {
    @TempDir
    private Path parent = Path.of("");

    @Test
    void aSchedulerLikeTheLastOneStartsInTheSameFolderWithTheSameOptions() throws IOException {
        DataFolder data = new DataFolder(parent.resolve("data")).create();
        Path folder = Files.createDirectory(parent.resolve("somewhere")).toRealPath();
        new UpCall(folder, List.of("demo", "--mysql-home", "my sql")).keep(data);

        UpCall last = UpCall.last(data).orElseThrow();

        assertThatThrownBy(() -> start(data, last))
                .isInstanceOf(Failure.class)
                .hasMessageContaining(folder + "|" + data.path() + "|up,demo,--mysql-home,my sql,--serve,");
    }

    @Test
    void onlyItsUserReadsHowItWasCalled() throws IOException {
        DataFolder data = new DataFolder(parent.resolve("data")).create();
        assertThat(UpCall.last(data)).isEmpty();

        new UpCall(parent, List.of("--zk-url", "zk://user:secret@127.0.0.1:2181/cotton")).keep(data);

        assertThat(PosixFilePermissions.toString(
                        Files.getPosixFilePermissions(data.path().resolve("last-up.json"))))
                .isEqualTo("rw-------");
    }

    /** With a launcher that says how it was called, and ends. */
    private void start(DataFolder data, UpCall call) throws IOException {
        Path script = Files.writeString(
                parent.resolve("launcher"),
                "#!/bin/sh\nprintf '%s|%s|' \"$PWD\" \"$COTTON_DATA_DIR\"; printf '%s,' \"$@\"\n");
        Files.setPosixFilePermissions(script, PosixFilePermissions.fromString("rwx------"));
        Patience patience = new Patience(Duration.ofSeconds(20), InstantSource.system());
        try (Steps steps = new TestShell().shell().steps(OutputFormat.JSON)) {
            new Background(data).start(new Launcher(script), call, steps, patience);
        }
    }
}
