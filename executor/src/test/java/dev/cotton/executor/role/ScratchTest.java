package dev.cotton.executor.role;

import static org.assertj.core.api.Assertions.assertThat;

import dev.cotton.core.model.DataSize;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class ScratchTest {
    @TempDir
    private Path temporary;

    @Test
    void aCopyNeedsTheDataAgainAndATenth() {
        Scratch scratch = new Scratch(temporary);
        assertThat(scratch.lacking(DataSize.ofMegabytes(1000), DataSize.ofMegabytes(1100)))
                .isEmpty();
        assertThat(scratch.lacking(DataSize.ofMegabytes(1000), DataSize.ofMegabytes(1099)))
                .hasValueSatisfying(sentence -> assertThat(sentence)
                        .contains("1100 MB", "1099 MB", "Nothing was copied.", "Give the cluster more disk."));
    }

    @Test
    void whatALifeBeforeLeftGoesAndTheFolderLast() throws IOException {
        Scratch scratch = new Scratch(temporary.resolve("scratch"));
        scratch.renew();
        Files.createDirectories(scratch.copy().resolve("shop"));
        scratch.empty();
        assertThat(scratch.folder()).isEmptyDirectory();
        scratch.remove();
        assertThat(scratch.exists()).isFalse();
    }
}
