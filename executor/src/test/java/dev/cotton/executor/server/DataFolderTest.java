package dev.cotton.executor.server;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.cotton.core.model.DataSize;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import java.util.OptionalLong;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class DataFolderTest {
    @TempDir
    Path parent;

    @Test
    void belongsToItsOwnerAlone() throws IOException {
        DataFolder folder = created();
        for (Path path : new Path[] {folder.root(), folder.run(), folder.tls(), folder.log(), folder.state()}) {
            assertThat(Files.getPosixFilePermissions(path)).isEqualTo(PosixFilePermissions.fromString("rwx------"));
        }
        assertThat(folder.hasData()).isFalse();
        assertThat(folder.incarnation()).isEmpty();
    }

    @Test
    void everyLifeOfTheDataHasANameOfItsOwn() throws IOException {
        DataFolder folder = created();
        Files.createDirectory(folder.data());
        var first = folder.renew();
        assertThat(folder.incarnation()).contains(first);
        assertThat(folder.forgetUuid()).exists();
        assertThat(folder.renew()).isNotEqualTo(first);
    }

    @Test
    void dataThatWereGivenUpAreNoneEvenWhenTheyAreNotDeletedYet() throws IOException {
        DataFolder folder = created();
        Files.createDirectories(folder.mysql());
        folder.renew();
        assertThat(folder.hasData()).isTrue();
        folder.giveUp();
        assertThat(folder.hasData()).isFalse();
        assertThat(folder.incarnation()).isEmpty();
    }

    @Test
    void theFolderOfDataThatWereGivenUpStays() throws IOException {
        DataFolder folder = created();
        Files.createDirectories(folder.mysql());
        folder.renew();
        folder.giveUp();
        folder.clear();
        assertThat(folder.data()).isEmptyDirectory();
        assertThat(folder.hasData()).isFalse();
    }

    @Test
    void nothingIsClearedThatWasNotGivenUp() throws IOException {
        DataFolder folder = created();
        Files.createDirectories(folder.mysql());
        folder.clear();
        assertThat(folder.mysql()).exists();
    }

    @Test
    void binaryLogsComeInTheOrderOfTheirNumbers() throws IOException {
        DataFolder folder = created();
        Path binlogs = Files.createDirectories(folder.data().resolve("binlog"));
        for (String name : new String[] {"binlog.1000000", "binlog.index", "binlog.999999", "binlog.000002"}) {
            Files.createFile(binlogs.resolve(name));
        }
        assertThat(folder.binlogs().stream().map(path -> path.getFileName().toString()))
                .containsExactly("binlog.000002", "binlog.999999", "binlog.1000000");
    }

    @Test
    void isClaimedByOneExecutorOnly() throws Exception {
        DataFolder folder = created();
        try (FileChannel claim = folder.claim()) {
            assertThat(claim.isOpen()).isTrue();
            assertThat(claimInAnotherProcess(folder)).contains("Another executor already looks after");
        }
        assertThat(claimInAnotherProcess(folder)).contains("claimed");
    }

    @Test
    void isUnsureUntilTheBootIsTrusted() {
        Path file = parent.resolve("boot");
        BootDoubt before = new BootDoubt(file, "boot-1");
        assertThat(before.sure()).isFalse();
        assertThat(before.trust("boot-0")).isFalse();
        assertThat(before.sure()).isFalse();
        assertThat(before.trust("boot-1")).isTrue();
        assertThat(before.sure()).isTrue();

        BootDoubt after = new BootDoubt(file, "boot-2");
        assertThat(after.sure()).isFalse();
        assertThat(after.trust("boot-1")).isFalse();
        assertThat(after.sure()).isFalse();
        assertThat(after.trust("boot-2")).isTrue();
        assertThat(new BootDoubt(file, "boot-2").sure()).isTrue();
    }

    @Test
    void measuresWhatIsUsed() throws IOException {
        DataFolder folder = created();
        Files.write(folder.log().resolve("a"), new byte[3000]);
        Meter meter = new Meter(folder, List.of(), new DataSize(10_000));
        assertThat(meter.diskUsed()).isEqualTo(new DataSize(3000));
        assertThat(meter.diskFree(new DataSize(3000))).isEqualTo(new DataSize(7000));
        assertThat(meter.diskFree(new DataSize(30_000))).isEqualTo(new DataSize(0));
        DataSize own = meter.memory(OptionalLong.empty());
        assertThat(own).isGreaterThan(DataSize.ofMegabytes(20));
        assertThat(meter.memory(OptionalLong.of(ProcessHandle.current().pid()))).isGreaterThan(own);
        assertThat(meter.memory(OptionalLong.of(4_194_304))).isLessThan(own.times(2));
    }

    @Test
    void hasAnAbsolutePath() {
        assertThatThrownBy(() -> new DataFolder(Path.of("relative")))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageStartingWith("folder: ");
    }

    private DataFolder created() {
        DataFolder folder = new DataFolder(parent.resolve("i"));
        folder.create();
        folder.create();
        return folder;
    }

    /** Locks of one process do not exclude each other. */
    private static String claimInAnotherProcess(DataFolder folder) throws Exception {
        return Jvm.run(Claims.class, folder.root().toString());
    }

    /** Claims the folder that its argument names. */
    static final class Claims {
        private Claims() {}

        public static void main(String[] arguments) throws IOException {
            try (FileChannel claim = new DataFolder(Path.of(arguments[0])).claim()) {
                System.out.println("claimed " + claim.isOpen());
            } catch (ServerException refused) {
                System.out.println(refused.getMessage());
            }
        }
    }
}
