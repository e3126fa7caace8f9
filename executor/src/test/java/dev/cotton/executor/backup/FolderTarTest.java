package dev.cotton.executor.backup;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import org.apache.commons.compress.archivers.tar.TarArchiveEntry;
import org.apache.commons.compress.archivers.tar.TarArchiveOutputStream;
import org.apache.commons.compress.archivers.tar.TarConstants;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class FolderTarTest {
    @TempDir
    private Path temporary;

    @Test
    void whatIsUnpackedIsWhatWasPackedForItsOwnerAlone() throws IOException {
        String longName = "d".repeat(150) + "/ü" + "f".repeat(90) + ".ibd";
        Path source = Files.createDirectory(temporary.resolve("source"));
        Files.createDirectories(source.resolve(longName).getParent());
        Files.writeString(source.resolve(longName), "content");
        Files.createFile(source.resolve("empty"));
        Files.createDirectory(source.resolve("shop"));
        ByteArrayOutputStream archive = new ByteArrayOutputStream();
        int[] packed = {0};
        new FolderTar(source).pack(archive, bytes -> packed[0] += bytes);

        Path target = temporary.resolve("target");
        new FolderTar(target).unpack(new ByteArrayInputStream(archive.toByteArray()), _ -> {});
        assertThat(packed[0]).isEqualTo("content".length());
        assertThat(target.resolve(longName)).hasContent("content");
        assertThat(target.resolve("empty")).isEmptyFile();
        assertThat(target.resolve("shop")).isEmptyDirectory();
        assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(target.resolve(longName))))
                .isEqualTo("rw-------");
        assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(target.resolve("shop"))))
                .isEqualTo("rwx------");
    }

    private void refused(String name, byte type) throws IOException {
        ByteArrayOutputStream archive = new ByteArrayOutputStream();
        try (TarArchiveOutputStream tar = new TarArchiveOutputStream(archive)) {
            TarArchiveEntry entry = new TarArchiveEntry(name, type, true);
            if (type != TarConstants.LF_NORMAL) {
                entry.setLinkName("/etc");
            }
            tar.putArchiveEntry(entry);
            tar.closeArchiveEntry();
        }
        Path target = Files.createTempDirectory(temporary, "target").resolve("mysql");
        assertThatThrownBy(() -> new FolderTar(target).unpack(new ByteArrayInputStream(archive.toByteArray()), _ -> {}))
                .isInstanceOf(IOException.class)
                .hasMessageContaining("in the archive");
        assertThat(target).isEmptyDirectory();
    }

    @Test
    void nothingIsUnpackedOutsideOfTheFolder() throws IOException {
        refused("../escaped", TarConstants.LF_NORMAL);
        refused("shop/../../escaped", TarConstants.LF_NORMAL);
        refused("/tmp/cotton-escaped", TarConstants.LF_NORMAL);
        refused(".", TarConstants.LF_NORMAL);
    }

    @Test
    void linksAndDevicesAreRefused() throws IOException {
        refused("link", TarConstants.LF_SYMLINK);
        refused("hard", TarConstants.LF_LINK);
        refused("device", TarConstants.LF_CHR);
        refused("pipe", TarConstants.LF_FIFO);
    }

    @Test
    void aFileTwiceIsRefused() throws IOException {
        ByteArrayOutputStream archive = new ByteArrayOutputStream();
        try (TarArchiveOutputStream tar = new TarArchiveOutputStream(archive)) {
            for (int i = 0; i < 2; i++) {
                tar.putArchiveEntry(new TarArchiveEntry("ibdata1"));
                tar.closeArchiveEntry();
            }
        }
        assertThatThrownBy(() -> new FolderTar(temporary.resolve("target"))
                        .unpack(new ByteArrayInputStream(archive.toByteArray()), _ -> {}))
                .isInstanceOf(IOException.class);
    }
}
