package dev.cotton.executor.provision;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class AptMachineTest {
    @TempDir
    private Path root;

    @BeforeEach
    void makeAWholeMachine() throws IOException {
        write("etc/os-release", "ID=debian\n");
        write("etc/apt/sources.list", "deb http://mirror.example.org/debian bookworm main\n");
        write("usr/share/keyrings/debian-archive-keyring.gpg", "keys");
        for (String tool : new String[] {"apt-get", "apt-cache", "dpkg", "dpkg-deb"}) {
            FakeMysql.program(root.resolve("usr/bin"), tool, "");
        }
    }

    @Test
    void canFetchPackagesOnAWholeMachine() {
        assertThat(new AptMachine(root).look()).isInstanceOfSatisfying(AptMachine.Able.class, able -> {
            assertThat(able.distribution()).isEqualTo(Distribution.DEBIAN);
            assertThat(able.keyring()).isEqualTo(root.resolve("usr/share/keyrings/debian-archive-keyring.gpg"));
            assertThat(able.plans()).hasSize(2);
        });
    }

    @Test
    void saysWhatIsMissing() throws IOException {
        Files.delete(root.resolve("etc/apt/sources.list"));
        assertUnable("The apt sources of this machine name no mirror of the distribution.");

        Files.delete(root.resolve("usr/share/keyrings/debian-archive-keyring.gpg"));
        assertUnable(
                "The keys of the distribution's archive (package debian-archive-keyring) are not on this machine.");

        Files.delete(root.resolve("usr/bin/dpkg-deb"));
        Files.delete(root.resolve("usr/bin/apt-cache"));
        assertUnable("This machine has no apt-cache, dpkg-deb.");

        write("etc/os-release", "ID=fedora\n");
        assertUnable("This machine is neither Debian nor Ubuntu, nor derived from them.");
    }

    @Test
    void tellsTheUserThroughTheInstaller() throws IOException {
        write("etc/os-release", "ID=fedora\n");
        DebianMysql installer = new DebianMysql(
                new InstallationFolder(root.resolve("data"), Duration.ofMinutes(1)), new AptMachine(root));

        assertThat(installer.examine().usable()).isFalse();
        assertThat(installer.examine().why()).startsWith("This machine is neither Debian nor Ubuntu");
        assertThat(root.resolve("data")).doesNotExist();
    }

    private void assertUnable(String why) {
        assertThat(new AptMachine(root).look()).isEqualTo(new AptMachine.Unable(why));
    }

    private void write(String path, String text) throws IOException {
        Path file = root.resolve(path);
        Files.createDirectories(file.getParent());
        Files.writeString(file, text);
    }
}
