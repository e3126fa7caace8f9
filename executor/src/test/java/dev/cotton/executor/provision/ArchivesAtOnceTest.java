package dev.cotton.executor.provision;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.cotton.core.port.Installation;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.time.Duration;
import java.util.HexFormat;
import java.util.List;
import java.util.Random;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Several executors of one agent, each a process of its own, unpack the same archive into the same folder. */
final class ArchivesAtOnceTest {
    private static final Duration LIMIT = Duration.ofMinutes(1);
    private static final int BALLAST = 40_000_000;

    @TempDir
    private Path folder;

    private final List<Unpacking> begun = new CopyOnWriteArrayList<>();
    private Path tarball;
    private String sha256;

    /** What each process runs: as soon as it is told to. */
    static final class Main {
        private Main() {}

        public static void main(String[] arguments) throws IOException {
            System.out.println("ready");
            System.in.read();
            Installation installed = new ArchiveMysql(
                            Path.of(arguments[0]), MysqlArchive.of(arguments[1], arguments[2]))
                    .install((step, _) -> System.out.println(step));
            System.out.println("home " + installed.home());
        }
    }

    private final class Unpacking {
        private final Process process;
        private final List<String> said = new CopyOnWriteArrayList<>();

        Unpacking() throws IOException {
            process = new ProcessBuilder(
                            Path.of(System.getProperty("java.home"), "bin/java").toString(),
                            "-XX:TieredStopAtLevel=1",
                            "-cp",
                            System.getProperty("java.class.path"),
                            Main.class.getName(),
                            shared().toString(),
                            tarball.toString(),
                            sha256)
                    .redirectErrorStream(true)
                    .start();
            Thread.ofVirtual().name("output of an executor").start(() -> {
                try (BufferedReader output = process.inputReader(StandardCharsets.UTF_8)) {
                    output.lines().forEach(said::add);
                } catch (IOException | UncheckedIOException _) {
                    // The process was killed.
                }
            });
            begun.add(this);
        }

        boolean hasSaid(String beginning) {
            return said.stream().anyMatch(line -> line.startsWith(beginning));
        }

        void go() throws IOException {
            process.outputWriter().write("\n");
            process.outputWriter().flush();
        }

        String home() {
            await().atMost(LIMIT).until(() -> hasSaid("home ") || !process.isAlive());
            assertThat(said).as("what it said").isNotEmpty();
            return said.getLast();
        }
    }

    private Path shared() {
        return folder.resolve("shared");
    }

    @BeforeEach
    void pack() throws Exception {
        Path home = FakeMysql.whole(folder.resolve("in/mysql-9.7.4"), "9.7.4");
        byte[] ballast = new byte[BALLAST];
        new Random(7).nextBytes(ballast);
        Files.write(home.resolve("lib/ballast"), ballast);
        tarball = folder.resolve("mysql.tar.gz");
        assertThat(new Command(
                                List.of("tar", "--create", "--gzip", "--file", tarball.toString(), "."),
                                folder.resolve("in"),
                                LIMIT)
                        .run()
                        .succeeded())
                .isTrue();
        sha256 = HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(Files.readAllBytes(tarball)));
    }

    @AfterEach
    void end() {
        begun.forEach(each -> {
            each.process.descendants().forEach(ProcessHandle::destroyForcibly);
            each.process.destroyForcibly();
        });
    }

    private List<Unpacking> together(int count) throws IOException {
        for (int each = 0; each < count; each++) {
            new Unpacking();
        }
        await().atMost(LIMIT).until(() -> begun.stream().allMatch(each -> each.hasSaid("ready")));
        for (Unpacking each : begun) {
            each.go();
        }
        return begun;
    }

    private List<String> entries() throws IOException {
        try (Stream<Path> entries = Files.list(shared().resolve("mysql"))) {
            return entries.map(entry -> String.valueOf(entry.getFileName()))
                    .sorted()
                    .toList();
        }
    }

    @Test
    void oneUnpacksAndTheOthersTakeWhatItHasUnpacked() throws IOException {
        List<Unpacking> all = together(3);

        String name = "9.7.4-archive-" + sha256.substring(0, 12);
        assertThat(all).allSatisfy(each -> assertThat(each.home()).endsWith("/" + name));
        assertThat(all).filteredOn(each -> each.hasSaid("Unpacking")).hasSize(1);
        assertThat(entries()).containsExactly(".lock", name);
    }

    @Test
    void whenTheOneThatUnpacksIsKilledAnotherDoesItAndNothingHalfIsLeft() throws IOException {
        List<Unpacking> all = together(2);
        await().atMost(LIMIT).until(() -> all.stream().anyMatch(each -> each.hasSaid("Unpacking")));
        Unpacking first = all.stream()
                .filter(each -> each.hasSaid("Unpacking"))
                .findFirst()
                .orElseThrow();
        first.process.descendants().forEach(ProcessHandle::destroyForcibly);
        first.process.destroyForcibly();

        Unpacking second =
                all.stream().filter(each -> each != first).findFirst().orElseThrow();
        String name = "9.7.4-archive-" + sha256.substring(0, 12);
        assertThat(second.home()).endsWith("/" + name);
        assertThat(entries()).containsExactly(".lock", name);
        assertThat(shared().resolve("mysql").resolve(name).resolve("lib/ballast"))
                .hasSize(BALLAST);
    }
}
