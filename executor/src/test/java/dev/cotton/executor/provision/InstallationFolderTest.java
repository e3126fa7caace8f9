package dev.cotton.executor.provision;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIOException;
import static org.awaitility.Awaitility.await;

import dev.cotton.core.model.DataSize;
import dev.cotton.core.port.Progress;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

@Timeout(60)
final class InstallationFolderTest {
    private static final ServerVersion VERSION = new ServerVersion(9, 7, 4, false);

    @TempDir
    private Path data;

    private InstallationFolder folder() {
        return new InstallationFolder(data, Duration.ofSeconds(30));
    }

    private Path publish(InstallationFolder folder, String version) throws IOException {
        return folder.whileLocked(Progress.SILENT, () -> {
            Path built = FakeMysql.whole(folder.newBuild().resolve("prefix"), version);
            return folder.publish(built, ServerVersion.ofPackage(version).orElseThrow(), "debian");
        });
    }

    @Test
    void findsWhatWasPublished() throws Exception {
        Path home = publish(folder(), "9.7.4");

        assertThat(home).isEqualTo(data.resolve("mysql/9.7.4-debian"));
        assertThat(folder().working("debian", "debian").orElseThrow().home()).isEqualTo(home);
        assertThat(folder().working("archive", "archive")).isEmpty();
    }

    @Test
    void prefersTheNewestVersion() throws Exception {
        publish(folder(), "8.0.100");
        Path newest = publish(folder(), "10.0.1");
        publish(folder(), "9.7.4");

        assertThat(folder().working("debian", "debian").orElseThrow().home()).isEqualTo(newest);
    }

    @Test
    void keepsABrokenOneAndPutsTheNextBesideIt() throws Exception {
        Path broken = publish(folder(), "9.7.4");
        Files.delete(broken.resolve("bin/mysqld"));
        assertThat(folder().working("debian", "debian")).isEmpty();

        Path next = publish(folder(), "9.7.4");

        assertThat(next).isEqualTo(data.resolve("mysql/9.7.4-debian.2"));
        assertThat(broken).exists();
        assertThat(folder().working("debian", "debian").orElseThrow().home()).isEqualTo(next);
    }

    @Test
    void letsEverybodyReadWhatWasBuiltInPrivate() throws Exception {
        InstallationFolder folder = folder();
        Path home = folder.whileLocked(Progress.SILENT, () -> {
            Path built = FakeMysql.whole(folder.newBuild().resolve("prefix"), "9.7.4");
            Files.setPosixFilePermissions(built, PosixFilePermissions.fromString("rwx------"));
            Files.setPosixFilePermissions(built.resolve("bin/mysqld"), PosixFilePermissions.fromString("rwx------"));
            Files.setPosixFilePermissions(
                    built.resolve("lib/plugin/mysql_clone.so"), PosixFilePermissions.fromString("rw-------"));
            return folder.publish(built, VERSION, "debian");
        });

        assertThat(permissions(home)).isEqualTo("rwxr-xr-x");
        assertThat(permissions(home.resolve("bin/mysqld"))).isEqualTo("rwxr-xr-x");
        assertThat(permissions(home.resolve("lib/plugin/mysql_clone.so"))).isEqualTo("rw-r--r--");
    }

    @Test
    void removesWhatAKilledProcessLeftAndNothingElse() throws Exception {
        Path home = publish(folder(), "9.7.4");
        Path leftover = Files.createDirectories(data.resolve("mysql/.building-123/prefix/usr"));
        Files.writeString(leftover.resolve("mysqld"), "half of it");

        folder().whileLocked(Progress.SILENT, () -> home);

        assertThat(data.resolve("mysql/.building-123")).doesNotExist();
        assertThat(home.resolve("bin/mysqld")).exists();
    }

    @Test
    void letsOneWorkWhileTheOtherWaitsAndSaysSo() throws Exception {
        CountDownLatch inside = new CountDownLatch(1);
        CountDownLatch release = new CountDownLatch(1);
        List<String> said = new CopyOnWriteArrayList<>();
        List<String> order = new CopyOnWriteArrayList<>();
        try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
            Future<Boolean> first = threads.submit(() -> folder().whileLocked(Progress.SILENT, () -> {
                inside.countDown();
                awaitUninterruptibly(release);
                return order.add("first");
            }));
            inside.await();
            Future<Boolean> second =
                    threads.submit(() -> folder().whileLocked((step, _) -> said.add(step), () -> order.add("second")));
            await().untilAsserted(() ->
                    assertThat(said).containsExactly("Waiting for another process that is installing MySQL here"));
            assertThat(order).isEmpty();
            release.countDown();
            first.get();
            second.get();
        }
        assertThat(order).containsExactly("first", "second");
    }

    @Test
    void doesNotWaitForEver() throws Exception {
        InstallationFolder hasty = new InstallationFolder(data, Duration.ofMillis(50));
        try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
            Future<Path> tooLate = folder().whileLocked(Progress.SILENT, () -> {
                Future<Path> other = threads.submit(() -> hasty.whileLocked(Progress.SILENT, () -> data));
                await().until(other::isDone);
                return other;
            });
            assertThat(tooLate.exceptionNow())
                    .isInstanceOf(IOException.class)
                    .hasMessageStartingWith("Another process has been installing MySQL in " + data.resolve("mysql"));
        }
    }

    @Test
    void givesTheLockBackAfterAFailure() throws Exception {
        assertThatIOException()
                .isThrownBy(() -> folder().whileLocked(Progress.SILENT, () -> {
                    throw new IOException("no room");
                }))
                .withMessage("no room");

        assertThat(folder().<String>whileLocked(Progress.SILENT, () -> "free")).isEqualTo("free");
    }

    @Test
    void saysWhatIsInTheWay() {
        assertThat(folder().obstacle(DataSize.ofMegabytes(1))).isEmpty();
        assertThat(folder().obstacle(DataSize.ofMegabytes(1L << 40)).orElseThrow())
                .startsWith("The disk of " + data + " has ")
                .endsWith(" MB left, and installing MySQL needs " + (1L << 40) + " MB.");
        assertThat(new InstallationFolder(Path.of("/proc/cotton"), Duration.ZERO).obstacle(DataSize.ofMegabytes(1)))
                .isPresent();
    }

    private static String permissions(Path path) throws IOException {
        return PosixFilePermissions.toString(Files.getPosixFilePermissions(path));
    }

    private static void awaitUninterruptibly(CountDownLatch latch) throws IOException {
        try {
            latch.await();
        } catch (InterruptedException interrupted) {
            throw new IOException(interrupted);
        }
    }
}
