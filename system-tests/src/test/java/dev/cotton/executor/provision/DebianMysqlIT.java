package dev.cotton.executor.provision;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIOException;
import static org.awaitility.Awaitility.await;

import dev.cotton.core.port.Installation;
import dev.cotton.core.port.MysqlInstaller;
import dev.cotton.core.port.Progress;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.DigestInputStream;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The distribution's MySQL, fetched from this machine's own mirror into an empty folder. */
@Timeout(600)
final class DebianMysqlIT {
    private static final Duration LIMIT = Duration.ofMinutes(5);

    @TempDir
    private Path folder;

    private Path data;

    @BeforeEach
    void letEverybodyIn() throws IOException {
        Files.setPosixFilePermissions(folder, PosixFilePermissions.fromString("rwxr-xr-x"));
        data = folder.resolve("data");
    }

    @Test
    void installsAMysqlThatAnybodyCanRunFromAnywhere() throws Exception {
        MysqlInstaller installer = DebianMysql.in(data);
        assertThat(installer.examine().why()).startsWith("MySQL would be fetched from ");
        List<String> steps = new CopyOnWriteArrayList<>();
        Installation installation = installer.install((step, _) -> steps.add(step));

        assertThat(steps).anyMatch(step -> step.matches("Fetching \\d+ packages \\([0-9.]+ MB\\)"));
        assertOnlyInstalled(installation.home());
        for (String program : List.of("mysqld", "mysql", "mysqlbinlog", "mysqldump", "mysqladmin")) {
            assertThat(run(installation.home().resolve("bin").resolve(program).toString(), "--version"))
                    .contains("Ver " + installation.version());
        }

        Installation again = installer.install(Progress.SILENT);
        assertThat(again.home()).isEqualTo(installation.home());
        assertThat(again.why()).isEqualTo(installer.examine().why()).contains("already");

        assertThat(HostMysql.at(data, installation.home())
                        .install(Progress.SILENT)
                        .home())
                .isEqualTo(installation.home());
        assertInstallsPacked(installation, "xz -0 -T0", "tar.xz");
        assertInstallsPacked(installation, "zstd -1", "tar.zst");

        Path moved = Files.move(installation.home(), folder.resolve("moved to here"));
        assertThat(run(asOrdinaryUser(moved.resolve("bin/mysqld").toString(), "--version")))
                .contains("Ver " + installation.version());
    }

    @Test
    void letsOneProcessInstallWhileTheOtherWaits() throws Exception {
        try (Installer one = new Installer();
                Installer other = new Installer()) {
            assertThat(one.home()).isEqualTo(other.home());
            assertOnlyInstalled(one.home());
            assertThat(List.of(one, other))
                    .filteredOn(installer -> installer.hasSaid("Fetching"))
                    .hasSize(1);
            assertThat(List.of(one, other))
                    .filteredOn(installer -> installer.hasSaid("Waiting for another process"))
                    .hasSize(1);
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"Fetching", "Unpacking"})
    void beginsAnewAfterBeingKilledHalfWay(String step) throws Exception {
        try (Installer killed = new Installer()) {
            killed.killWhen(step);
        }
        assertThat(entries()).isNotEmpty().allMatch(name -> name.startsWith("."));

        try (Installer next = new Installer()) {
            assertOnlyInstalled(next.home());
            assertThat(Programs.below(next.home()).check()).isInstanceOf(Programs.Works.class);
        }
    }

    @Test
    void believesNobodyButTheDistribution() throws Exception {
        AptMachine.Able machine = (AptMachine.Able) AptMachine.ofThisMachine().look();
        Path noKeys = Files.createFile(folder.resolve("no-keys.gpg"));
        Path build = Files.createDirectory(folder.resolve("build"));

        assertThatIOException()
                .isThrownBy(() -> new DebianBuild(machine.plans().getFirst(), noKeys, build, Progress.SILENT).build())
                .withMessageContaining("is not signed");
    }

    /** {@link InstallMysql} in a process of its own, as an ordinary user. */
    private final class Installer implements AutoCloseable {
        private final Process process;
        private final List<String> said = new CopyOnWriteArrayList<>();
        private final Thread listener;

        Installer() throws IOException {
            Files.createDirectories(data);
            Files.setPosixFilePermissions(data, PosixFilePermissions.fromString("rwxrwxrwx"));
            List<String> words = asOrdinaryUser(
                    Path.of(System.getProperty("java.home"), "bin/java").toString(),
                    "-cp",
                    classPath(),
                    InstallMysql.class.getName(),
                    data.toString());
            process = new ProcessBuilder(words)
                    .directory(folder.toFile())
                    .redirectErrorStream(true)
                    .start();
            listener = Thread.ofVirtual().name("output of an installer").start(() -> {
                try (BufferedReader output = process.inputReader(StandardCharsets.UTF_8)) {
                    output.lines().forEach(said::add);
                } catch (IOException | UncheckedIOException _) {
                    // The process was killed.
                }
            });
        }

        boolean hasSaid(String beginning) {
            return said.stream().anyMatch(line -> line.startsWith(beginning));
        }

        /** Waits until it is done. */
        Path home() throws InterruptedException {
            assertThat(process.waitFor(LIMIT)).isTrue();
            assertThat(listener.join(LIMIT)).isTrue();
            assertThat(process.exitValue()).as(String.join("\n", said)).isZero();
            return Path.of(said.getLast().substring(InstallMysql.HOME.length()));
        }

        /** Kills it when it is at {@code step}, and waits for what it had started to end by itself. */
        void killWhen(String step) throws InterruptedException {
            await().atMost(LIMIT).until(() -> hasSaid(step) || !process.isAlive());
            assertThat(process.isAlive()).as(String.join("\n", said)).isTrue();
            List<ProcessHandle> started = process.descendants().toList();
            process.destroyForcibly().waitFor();
            await().atMost(LIMIT).until(() -> started.stream().noneMatch(ProcessHandle::isAlive));
        }

        @Override
        public void close() {
            process.descendants().forEach(ProcessHandle::destroyForcibly);
            process.destroyForcibly();
        }
    }

    /** The classes that {@link InstallMysql} needs, where an ordinary user can read them. */
    private String classPath() throws IOException {
        List<String> copies = new ArrayList<>();
        for (Class<?> type : List.of(InstallMysql.class, DebianMysql.class, Installation.class)) {
            Path source = Path.of(URI.create(
                    type.getProtectionDomain().getCodeSource().getLocation().toString()));
            Path copy = folder.resolve("classes-" + copies.size());
            if (!Files.exists(copy)) {
                run("cp", "-r", source.toString(), copy.toString());
                run("chmod", "-R", "a+rX", copy.toString());
            }
            copies.add(copy.toString());
        }
        return String.join(":", copies);
    }

    private void assertInstallsPacked(Installation installation, String compressor, String ending) throws Exception {
        Path tarball = folder.resolve("packed." + ending);
        Path home = installation.home();
        run(
                "tar",
                "-C",
                data.resolve("mysql").toString(),
                "--use-compress-program",
                compressor,
                "-cf",
                tarball.toString(),
                home.getFileName().toString());
        Path target = folder.resolve("from " + ending);
        Installation unpacked =
                new ArchiveMysql(target, MysqlArchive.of(tarball.toString(), sha256(tarball))).install(Progress.SILENT);
        assertThat(unpacked.version()).isEqualTo(installation.version());
        assertThat(run(unpacked.mysqld().toString(), "--version")).contains("Ver " + installation.version());
        new FileTree(target).delete();
    }

    private void assertOnlyInstalled(Path home) throws IOException {
        assertThat(home.toString()).matches(".*/mysql/\\d+\\.\\d+\\.\\d+-debian");
        assertThat(entries()).containsExactly(".lock", home.getFileName().toString());
    }

    private List<String> entries() throws IOException {
        try (Stream<Path> entries = Files.list(data.resolve("mysql"))) {
            return entries.map(entry -> entry.getFileName().toString()).sorted().toList();
        }
    }

    /** When this is root, as nobody; else as this user. */
    private static List<String> asOrdinaryUser(String... words) {
        List<String> all = new ArrayList<>();
        if (System.getProperty("user.name").equals("root")) {
            all.addAll(List.of("setpriv", "--reuid=nobody", "--regid=nogroup", "--clear-groups"));
        }
        all.addAll(List.of(words));
        return all;
    }

    private static String run(String... words) throws IOException {
        return run(List.of(words));
    }

    private static String run(List<String> words) throws IOException {
        Command.Outcome outcome = new Command(words, Path.of("/"), LIMIT).run();
        assertThat(outcome.succeeded()).as(outcome.output()).isTrue();
        return outcome.output();
    }

    private static String sha256(Path file) throws IOException, NoSuchAlgorithmException {
        MessageDigest digest = MessageDigest.getInstance("SHA-256");
        try (InputStream input = new DigestInputStream(Files.newInputStream(file), digest)) {
            input.transferTo(OutputStream.nullOutputStream());
        }
        return HexFormat.of().formatHex(digest.digest());
    }
}
