package dev.cotton.executor.app;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.cotton.executor.quarantine.QuarantineFolder;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class ConfigFileTest {
    private static final String CONFIG = """
            {"instance": "demo-0", "folder": "/f", "templates": "/t",
             "programs": {"mysqld": "/m", "mysql": "/c", "mysqlbinlog": "/b"},
             "ports": {"address": "127.0.0.1", "mysql": 1, "executor": 2, "health": 3, "admin": 4},
             "resources": {"cpus": 1.0, "mem": "512mb", "disk": "2gb"}, "token": "c2VjcmV0",
             "addedLater": true}
            """;

    @TempDir
    private Path folder;

    private Path file(String content, String mode) throws IOException {
        Path file = Files.writeString(folder.resolve("executor.json"), content);
        Files.setPosixFilePermissions(file, PosixFilePermissions.fromString(mode));
        return file;
    }

    @Test
    void isReadAlsoWithFieldsThatCameLater() throws IOException {
        assertThat(ConfigFile.read(file(CONFIG, "rw-------")).instance().toString())
                .isEqualTo("demo-0");
    }

    @Test
    void fromBeforeClustersHadAQuarantineNamesTheOneInTheFolder() throws IOException {
        assertThat(QuarantineFolder.of(ConfigFile.read(file(CONFIG, "rw-------")))
                        .root())
                .hasToString("/f/quarantine");
    }

    @Test
    void isRefusedWhenOthersCanReadIt() throws IOException {
        Path file = file(CONFIG, "rw-r-----");
        assertThatThrownBy(() -> ConfigFile.read(file)).hasMessageContaining("0600");
    }

    @Test
    void isNeverQuoted() throws IOException {
        Path file = file("{\"token\": \"c2VjcmV0\", oops", "rw-------");
        assertThatThrownBy(() -> ConfigFile.read(file))
                .hasMessageContaining("no executor's configuration")
                .message()
                .doesNotContain("c2VjcmV0");
    }

    @Test
    void isNamedWhenItIsMissing() {
        assertThatThrownBy(() -> ConfigFile.read(folder.resolve("none"))).hasMessageContaining("none");
    }
}
