package dev.cotton.launcher;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Instant;
import java.util.List;
import java.util.Objects;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.MethodOrderer;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.TestInstance.Lifecycle;
import org.junit.jupiter.api.TestMethodOrder;
import org.junit.jupiter.api.io.TempDir;

/** One copy of the sources goes through its life with the launcher: the steps build on each other. */
@TestInstance(Lifecycle.PER_CLASS)
@TestMethodOrder(MethodOrderer.OrderAnnotation.class)
final class LauncherIT {

    private static final String BUILDS = "building";
    private static final String FIRST = "Building for the first time";
    private static final String PACKING = "Packing the executor";
    private static final String HELP = "Usage: cotton";

    @TempDir
    static Path temporary;

    private Path clone;

    @BeforeAll
    void copySources() throws IOException {
        clone = temporary.resolve("a clone");
        Sources.copyTo(clone);
    }

    @Test
    @Order(1)
    void twoFirstCallsAtOnceBuildOnce() throws Exception {
        Call first = call(temporary, clone + "/cotton", "--help");
        Call second = call(temporary, clone + "/cotton", "--help");

        String both = first.output(0) + second.output(0);

        assertThat(both).containsOnlyOnce(FIRST).contains("Waiting for another build");
        assertThat(both.split(HELP, -1)).as(both).hasSize(3);
        assertThat(programs()).hasSize(1);
    }

    @Test
    @Order(2)
    void laterCallsStartAtOnceFromAnywhereAndThroughLinks() throws Exception {
        Path link = Files.createSymbolicLink(temporary.resolve("link"), clone.resolve("cotton"));

        assertThat(call(temporary, link.toString(), "--help").output(0)).startsWith(HELP);
        assertThat(call(clone.resolve("core"), "../cotton", "--help").output(0)).startsWith(HELP);
    }

    @Test
    @Order(3)
    void handsTheCommandLineAndItsExitCodeThrough() throws Exception {
        assertThat(call(clone, "./cotton", "no such command").output(2)).contains("no such command");
        assertThat(call(clone, "./cotton", "service", "print").output(0))
                .contains("ExecStart=\"" + clone + "/cotton\" up");
    }

    @Test
    @Order(4)
    void anOrdinaryUserCanRunWhatAnotherOneBuilt() throws Exception {
        Files.setPosixFilePermissions(temporary, PosixFilePermissions.fromString("rwxr-xr-x"));
        List<String> asNobody = "root".equals(System.getProperty("user.name"))
                ? List.of("setpriv", "--reuid=65534", "--regid=65534", "--clear-groups", clone + "/cotton", "--help")
                : List.of(clone + "/cotton", "--help");

        assertThat(Call.start(Path.of("/"), temporary, asNobody).output(0)).startsWith(HELP);
    }

    @Test
    @Order(5)
    void aSourceThatDoesNotCompileIsSaidAndLeavesTheEarlierProgram() throws Exception {
        Path source = clone.resolve("cli/src/main/java/dev/cotton/cli/Broken.java");
        Files.writeString(source, "package dev.cotton.cli; class Broken { int x = ; }");

        assertThat(call(clone, "./cotton", "--help").output(1)).contains("Broken.java", "The build failed");
        assertThat(programs()).hasSize(1);

        Files.delete(source);
    }

    @Test
    @Order(6)
    void aChangedSourceIsBuiltAndThenNoMore() throws Exception {
        Files.setLastModifiedTime(clone.resolve("pom.xml"), FileTime.from(Instant.now()));

        assertThat(call(clone, "./cotton", "--help").output(0)).contains(BUILDS).contains(HELP);
        assertThat(call(clone, "./cotton", "--help").output(0)).startsWith(HELP);
    }

    @Test
    @Order(7)
    void thePackageOfTheExecutorHasNothingOfTheScheduler() throws IOException {
        try (Stream<Path> jars = Files.list(clone.resolve(".cotton/current/executor/lib"))) {
            assertThat(jars.map(jar -> jar.getFileName().toString()))
                    .anyMatch(jar -> jar.startsWith("cotton-executor"))
                    .anyMatch(jar -> jar.startsWith("mysql-connector-j"))
                    .noneMatch(jar -> jar.startsWith("cotton-scheduler"))
                    .noneMatch(jar -> jar.startsWith("zookeeper"))
                    .noneMatch(jar -> jar.startsWith("javalin"));
        }
        assertThat(clone.resolve(".cotton/current/executor/executor.aot")).isNotEmptyFile();
    }

    @Test
    @Order(8)
    void aSchedulerOnMesosHasAPackageToHandOutAndItIsMadeOnce() throws Exception {
        assertThat(call(clone, "./cotton", "scheduler", "--mesos-master=zk://127.0.0.1:1/mesos", "--no-such-option")
                        .output(2))
                .contains(PACKING);

        String again = call(clone, "./cotton", "package").output(0);
        assertThat(again).doesNotContain(PACKING);
        Path tarball = Path.of(again.strip());
        assertThat(tarball.getFileName().toString()).matches("cotton-executor-.*\\.tar\\.gz");
        assertThat(call(
                                Objects.requireNonNull(tarball.getParent()),
                                "sha256sum",
                                "-c",
                                tarball.getFileName() + ".sha256")
                        .output(0))
                .contains("OK");
        assertThat(call(clone, "./cotton", "package", "--output").output(1)).contains("--output:");
    }

    private Call call(Path folder, String... command) throws IOException {
        return Call.start(folder, temporary, List.of(command));
    }

    private List<Path> programs() throws IOException {
        try (Stream<Path> programs = Files.list(clone.resolve(".cotton/program"))) {
            return programs.toList();
        }
    }
}
