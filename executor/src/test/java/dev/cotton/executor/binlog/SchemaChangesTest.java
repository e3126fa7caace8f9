package dev.cotton.executor.binlog;

import static org.assertj.core.api.Assertions.assertThat;

import dev.cotton.core.wire.SchemaChange;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class SchemaChangesTest {
    @TempDir
    private Path folder;

    @BeforeEach
    void bring() throws IOException {
        for (String log : List.of("binlog.000001", "binlog.000002")) {
            try (InputStream in = Objects.requireNonNull(BinlogReaderTest.class.getResourceAsStream(log))) {
                Files.copy(in, folder.resolve(log));
            }
        }
    }

    private SchemaChange.Found after(Instant time) throws IOException {
        return new SchemaChanges(folder, time).find();
    }

    @Test
    void findsWhatChangedSchemasAndNothingElse() throws IOException {
        List<SchemaChange> all = after(Instant.EPOCH).changes();
        assertThat(all).isNotEmpty().allSatisfy(change -> {
            assertThat(change.gtid().count()).isEqualTo(1);
            assertThat(change.statement()).doesNotContainIgnoringCase("BEGIN").doesNotContain("IDENTIFIED WITH");
        });
        assertThat(all).extracting(SchemaChange::statement).anyMatch(text -> text.startsWith("create table shop.t"));
        assertThat(all).extracting(SchemaChange::at).isSorted();
    }

    @Test
    void leavesOutWhatIsOlder() throws IOException {
        Instant last = after(Instant.EPOCH).changes().getLast().at();
        assertThat(after(last).changes()).hasSize(1);
        assertThat(after(last.plusMillis(1)).changes()).isEmpty();
    }

    @Test
    void aLogThatIsStillBeingWrittenIsReadAsFarAsItGoes() throws IOException {
        SchemaChange.Found all = after(Instant.EPOCH);
        Path last = folder.resolve("binlog.000002");
        byte[] bytes = Files.readAllBytes(last);
        Files.write(last, Arrays.copyOf(bytes, bytes.length - 7));
        assertThat(after(Instant.EPOCH).changes()).isNotEmpty().isSubsetOf(all.changes());
    }
}
