package dev.cotton.executor.server;

import static org.assertj.core.api.Assertions.assertThat;

import dev.cotton.core.model.DataSize;
import dev.cotton.core.wire.Status.Room;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SandboxTest {
    @TempDir
    private Path folder = Path.of("");

    private Room room(Optional<Path> volume) {
        return new Sandbox(folder, volume, new DataSize(1000)).room();
    }

    @Test
    void allButTheVolumeCounts() throws IOException {
        Path volume = Files.createDirectory(folder.resolve("data"));
        Files.write(volume.resolve("ibdata1"), new byte[500]);
        Files.write(folder.resolve("stdout"), new byte[30]);
        Files.write(Files.createDirectory(folder.resolve("cotton-executor")).resolve("java"), new byte[200]);

        assertThat(room(Optional.of(volume))).isEqualTo(new Room(new DataSize(230), new DataSize(770)));
        assertThat(room(Optional.empty())).isEqualTo(new Room(new DataSize(730), new DataSize(270)));
    }

    @Test
    void aVolumeThatIsALinkIsNotFollowed(@TempDir Path elsewhere) throws IOException {
        Files.write(elsewhere.resolve("ibdata1"), new byte[500]);
        Files.createSymbolicLink(folder.resolve("data"), elsewhere);

        assertThat(room(Optional.of(folder.resolve("data"))).used().bytes()).isLessThan(500);
    }

    @Test
    void moreThanThereIsLeavesNothing() throws IOException {
        Files.write(folder.resolve("stdout"), new byte[1500]);

        assertThat(room(Optional.empty())).isEqualTo(new Room(new DataSize(1500), new DataSize(0)));
        assertThat(room(Optional.empty()).fullness()).isEqualTo(1);
    }
}
