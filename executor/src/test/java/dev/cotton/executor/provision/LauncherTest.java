package dev.cotton.executor.provision;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class LauncherTest {
    private static final Duration LIMIT = Duration.ofSeconds(30);

    @TempDir
    private Path folder;

    @Test
    void becomesTheProgramWithAllArguments() throws IOException {
        Launcher.to("say", Path.of("/bin/echo")).write(folder);

        assertThat(Command.of(LIMIT, folder + "/bin/say", "two words", "$HOME", "")
                        .run()
                        .output())
                .isEqualTo("two words $HOME ");
    }

    @Test
    void usesTheLoaderOfItsOwnFolderWhereverThatIs() throws IOException {
        Path first = Files.createDirectory(folder.resolve("first"));
        FakeMysql.program(first.resolve("lib"), "loader", "");
        Files.writeString(first.resolve("lib/loader"), "#!/bin/sh\nprintf '%s\\n' \"$@\"\n");
        Launcher.within("mysqld", "lib/loader", "lib", "usr/sbin/mysqld").write(first);
        Path moved = Files.move(first, folder.resolve("moved here"));
        Path link = Files.createSymbolicLink(folder.resolve("link"), moved.resolve("bin/mysqld"));

        List<String> expected = List.of(
                "--library-path",
                moved + "/lib",
                "--argv0",
                moved + "/usr/sbin/mysqld",
                moved + "/usr/sbin/mysqld",
                "--version");
        assertThat(Command.of(LIMIT, moved + "/bin/mysqld", "--version").run().lines())
                .isEqualTo(expected);
        assertThat(Command.of(LIMIT, link.toString(), "--version").run().lines())
                .isEqualTo(expected);
        assertThat(new Command(List.of("bin/mysqld", "--version"), moved, LIMIT)
                        .run()
                        .lines())
                .isEqualTo(expected);
    }
}
