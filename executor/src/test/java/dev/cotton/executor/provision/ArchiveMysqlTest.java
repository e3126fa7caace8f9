package dev.cotton.executor.provision;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import com.sun.net.httpserver.HttpServer;
import dev.cotton.core.port.Installation;
import dev.cotton.core.port.MysqlInstallationException;
import dev.cotton.core.port.Progress;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.time.Duration;
import java.util.HexFormat;
import java.util.List;
import java.util.OptionalDouble;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

final class ArchiveMysqlTest {
    private static final String OTHER_SHA = "0".repeat(64);

    @TempDir
    private Path folder;

    private Path data() {
        return folder.resolve("data");
    }

    @ParameterizedTest
    @ValueSource(strings = {"tar.gz", "tar"})
    void unpacksWhatTheSystemsTarKnows(String ending) throws Exception {
        Path tarball = tarball(ending, "in", "mysql-8.4.6-linux", "8.4.6");
        String sha256 = sha256(tarball);
        ArchiveMysql installer = new ArchiveMysql(data(), MysqlArchive.of(tarball.toString(), sha256));

        assertThat(installer.examine().usable()).isTrue();
        Installation installation = installer.install(Progress.SILENT);

        assertThat(installation.version()).isEqualTo("8.4.6");
        assertThat(installation.source()).isEqualTo("archive");
        assertThat(installation.home()).isEqualTo(data().resolve("mysql/8.4.6-archive-" + sha256.substring(0, 12)));
        assertThat(Programs.below(installation.home()).check()).isInstanceOf(Programs.Works.class);
        assertThat(left()).containsExactly(installation.home());

        Files.delete(tarball);
        assertThat(installer.install(Progress.SILENT).home()).isEqualTo(installation.home());
        assertThat(installer.examine().usable()).isTrue();
    }

    @Test
    void refusesAnotherFileThanWasMeantAndLeavesNothing() throws Exception {
        Path tarball = tarball("tar.gz", "in", "mysql", "8.4.6");

        assertFails(
                tarball.toString(),
                OTHER_SHA,
                "MySQL could not be installed from " + tarball + ": Its SHA-256 is " + sha256(tarball) + " and not "
                        + OTHER_SHA + ", so it was refused.");
    }

    @Test
    void refusesWhatIsNoMysqlAndLeavesNothing() throws Exception {
        Path wrong = tarball("tar.gz", Files.createDirectories(folder.resolve("documents")));
        assertFails(wrong.toString(), sha256(wrong), "There is no bin/mysqld in it.");

        Path noTar = Files.writeString(folder.resolve("text.tar.gz"), "not a tarball");
        assertFails(noTar.toString(), sha256(noTar), "tar could not unpack it");

        Path old = tarball("tar", "in2", "mysql", "5.7.44");
        assertFails(old.toString(), sha256(old), "is version 5.7.44, and the oldest that serves is 8.0.30");
    }

    @Test
    void saysThatAFileIsNotThere() {
        Path missing = folder.resolve("missing.tar.gz");
        ArchiveMysql installer = new ArchiveMysql(data(), MysqlArchive.of(missing.toString(), OTHER_SHA));

        assertThat(installer.examine().why()).isEqualTo("The MySQL archive " + missing + " cannot be read.");
        assertFails(missing.toString(), OTHER_SHA, "The MySQL archive " + missing + " cannot be read.");
    }

    @Test
    void fetchesFromAServerWithProgress() throws Exception {
        Path tarball = tarball("tar.gz", "in", "mysql", "9.7.4");
        byte[] bytes = Files.readAllBytes(tarball);
        HttpServer server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.createContext("/mysql.tar.gz", exchange -> {
            exchange.sendResponseHeaders(200, bytes.length);
            exchange.getResponseBody().write(bytes);
            exchange.close();
        });
        server.start();
        String base = "http://127.0.0.1:" + server.getAddress().getPort();
        List<OptionalDouble> fractions = new CopyOnWriteArrayList<>();
        try {
            ArchiveMysql installer =
                    new ArchiveMysql(data(), MysqlArchive.of(base + "/mysql.tar.gz?key=secret", sha256(tarball)));
            Installation installation = installer.install((step, fraction) -> {
                if (step.startsWith("Fetching")) {
                    fractions.add(fraction);
                }
            });
            assertThat(installation.why()).contains("/mysql.tar.gz").doesNotContain("secret");
            assertThat(fractions).last().isEqualTo(OptionalDouble.of(1));
            assertFails(base + "/other.tar.gz", OTHER_SHA, "Its server answered with status 404.");
        } finally {
            server.stop(0);
        }
        assertFails(base + "/mysql.tar.gz", OTHER_SHA, "Connection refused");
    }

    @Test
    void wantsAChecksumAndAKnownKindOfAddress() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> MysqlArchive.of("/mysql.tar.gz", "abc"))
                .withMessageContaining("needs its SHA-256 (64 hexadecimal digits)");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> MysqlArchive.of("ftp://mirror.example.org/mysql.tar.gz", OTHER_SHA))
                .withMessage("The MySQL archive is given by its path or by an http, https or file URL.");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> MysqlArchive.of("http://a b", OTHER_SHA))
                .withMessageContaining("cannot be read");
        assertThat(MysqlArchive.of("/mysql.tar.gz", "A".repeat(64)).sha256()).isEqualTo("a".repeat(64));
        assertThat(MysqlArchive.of("https://me:secret@mirror.example.org/m.tar.gz?key=secret", OTHER_SHA))
                .hasToString("https://mirror.example.org/m.tar.gz");
    }

    private void assertFails(String location, String sha256, String message) {
        List<Path> before = left();
        ArchiveMysql installer = new ArchiveMysql(data(), MysqlArchive.of(location, sha256));
        assertThatExceptionOfType(MysqlInstallationException.class)
                .isThrownBy(() -> installer.install(Progress.SILENT))
                .withMessageContaining(message)
                .withMessageContaining("Nothing was left behind");
        assertThat(left()).isEqualTo(before);
    }

    /** What is in the folder of installations, but its lock. */
    private List<Path> left() {
        try (Stream<Path> entries = Files.list(Files.createDirectories(data().resolve("mysql")))) {
            return entries.filter(entry -> !entry.endsWith(".lock")).sorted().toList();
        } catch (IOException unreadable) {
            throw new UncheckedIOException(unreadable);
        }
    }

    /** A tarball of a folder {@code parent} with a MySQL in {@code name}. */
    private Path tarball(String ending, String parent, String name, String version) throws IOException {
        FakeMysql.whole(folder.resolve(parent).resolve(name), version);
        return tarball(ending, folder.resolve(parent));
    }

    private Path tarball(String ending, Path content) throws IOException {
        Path tarball = folder.resolve("mysql." + ending);
        Command.Outcome packed = new Command(
                        List.of("tar", "--create", "--auto-compress", "--file", tarball.toString(), "."),
                        content,
                        Duration.ofMinutes(1))
                .run();
        assertThat(packed.succeeded()).as(packed.output()).isTrue();
        return tarball;
    }

    private static String sha256(Path file) throws Exception {
        return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(Files.readAllBytes(file)));
    }
}
