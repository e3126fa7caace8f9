package dev.cotton.executor.quarantine;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.cotton.core.model.GtidSet;
import dev.cotton.core.model.Incarnation;
import dev.cotton.core.model.InstanceId;
import dev.cotton.core.wire.QuarantineEntry;
import dev.cotton.core.wire.QuarantineEntry.Rows;
import dev.cotton.core.wire.QuarantineId;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class QuarantineFolderTest {
    private static final InstanceId FIRST = InstanceId.parse("demo-0");
    private static final InstanceId SECOND = InstanceId.parse("demo-1");
    private static final Incarnation DATA = new Incarnation("aaaaaaaaaaaa");
    private static final GtidSet ERRANT = GtidSet.parse("6e81e9c2-e685-11f1-acff-02fc00000001:7-8");
    private static final Instant NOON = Instant.parse("2026-11-22T12:00:00.5Z");
    private static final String TEXT = "BEGIN; COMMIT;";

    @TempDir
    private Path temporary;

    private QuarantineFolder folder;

    @BeforeEach
    void name() {
        folder = new QuarantineFolder(temporary.resolve("of-the-cluster"));
    }

    private QuarantineId save(InstanceId instance, Instant saved) throws IOException {
        Path making = folder.begin(instance);
        Files.writeString(QuarantineFolder.text(making), TEXT);
        folder.finish(making, summary(instance, saved));
        return new QuarantineId(saved, instance);
    }

    private static Summary summary(InstanceId instance, Instant saved) {
        return new Summary(
                instance,
                DATA,
                ERRANT,
                2,
                Map.of("shop.orders", new Rows(1, 0, 3)),
                Map.of("CREATE TABLE", 1L),
                Optional.of(NOON),
                Optional.of(NOON),
                saved,
                TEXT.length());
    }

    @Test
    void isEmptyBeforeAnythingIsSaved() {
        assertThat(folder.entries()).isEmpty();
        assertThat(folder.holds(DATA, ERRANT)).isFalse();
    }

    @Test
    void hasTheEntriesOfAllInstancesTheOldestFirst() throws IOException {
        QuarantineId later = save(FIRST, NOON.plusSeconds(60));
        QuarantineId earlier = save(SECOND, NOON);
        folder.begin(FIRST);
        Files.createDirectory(folder.root().resolve("lost+found"));

        assertThat(folder.entries()).extracting(QuarantineEntry::id).containsExactly(earlier, later);
        QuarantineEntry entry = folder.entries().getFirst();
        assertThat(entry.errant()).isEqualTo(ERRANT);
        assertThat(entry.rows()).isEqualTo(Map.of("shop.orders", new Rows(1, 0, 3)));
        assertThat(entry.bytes()).isEqualTo(TEXT.length());
        assertThat(entry.complete()).isTrue();
        assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(folder.root())))
                .isEqualTo("rwx------");
    }

    @Test
    void knowsWhatIsSavedAlready() throws IOException {
        save(FIRST, NOON);

        assertThat(folder.holds(DATA, ERRANT)).isTrue();
        assertThat(folder.holds(new Incarnation("bbbbbbbbbbbb"), ERRANT)).isFalse();
        assertThat(folder.holds(DATA, GtidSet.parse("6e81e9c2-e685-11f1-acff-02fc00000001:7-9")))
                .isFalse();
    }

    @Test
    void saysWhenAnEntryIsNotWhole() throws IOException {
        QuarantineId torn = save(FIRST, NOON);
        QuarantineId unreadable = save(SECOND, NOON);
        Files.writeString(QuarantineFolder.text(folder.root().resolve(torn.toString())), "BEGIN");
        Files.writeString(folder.root().resolve(unreadable.toString()).resolve("summary.json"), "{");

        assertThat(folder.entries()).extracting(QuarantineEntry::complete).containsExactly(false, false);
        assertThat(folder.entries().get(0).errant()).isEqualTo(ERRANT);
        assertThat(folder.entries().get(1)).isEqualTo(QuarantineEntry.unreadable(unreadable, TEXT.length()));
        assertThat(folder.holds(DATA, ERRANT)).isFalse();
    }

    @Test
    void givesItsTextInPieces() throws IOException {
        QuarantineId id = save(FIRST, NOON);

        assertThat(folder.text(id, 0, 5).orElseThrow()).isEqualTo("BEGIN".getBytes(UTF_8));
        assertThat(folder.text(id, 7, 100).orElseThrow()).isEqualTo("COMMIT;".getBytes(UTF_8));
        assertThat(folder.text(id, 100, 5).orElseThrow()).isEmpty();
        assertThat(folder.text(new QuarantineId(NOON, SECOND), 0, 5)).isEmpty();
    }

    @Test
    void discardsOneEntryAndNothingElse() throws IOException {
        QuarantineId gone = save(FIRST, NOON);
        QuarantineId kept = save(SECOND, NOON);

        folder.discard(gone);
        folder.discard(gone);

        assertThat(folder.entries()).extracting(QuarantineEntry::id).containsExactly(kept);
        assertThat(folder.root().resolve(gone.toString())).doesNotExist();
    }
}
