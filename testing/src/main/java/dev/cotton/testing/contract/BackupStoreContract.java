package dev.cotton.testing.contract;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.tuple;

import dev.cotton.core.port.BackupStore;
import dev.cotton.core.port.BackupStore.Existing;
import dev.cotton.core.port.BackupStore.Found;
import dev.cotton.core.port.BackupStore.Page;
import dev.cotton.core.port.BackupStore.Written;
import dev.cotton.core.port.BackupStoreException;
import dev.cotton.core.port.BackupStoreException.CorruptException;
import dev.cotton.core.port.BackupStoreException.ExistsException;
import dev.cotton.core.port.BackupStoreException.MissingException;
import dev.cotton.core.port.ObjectKey;
import dev.cotton.core.storage.BackupStores;
import dev.cotton.testing.store.KilledWriter;
import dev.cotton.testing.store.TestContent;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What every {@link BackupStore} does. */
public abstract class BackupStoreContract {
    /** More than two parts of a multipart upload. */
    private static final int LARGE = (20 << 20) + 12_345;

    private static final ObjectKey KEY = new ObjectKey("demo/2026-11-27/data.xb");

    private BackupStore store;

    /** A store that is empty, the same one during a test. */
    protected abstract String location();

    /** System properties that another process needs to open {@link #location}. */
    protected Map<String, String> properties() {
        return Map.of();
    }

    /** Waits until the store knows that a writer that was killed is gone. */
    protected void awaitTheEndOfKilledWriters() {}

    /** The store of this test. */
    protected final BackupStore store() {
        return store;
    }

    @BeforeEach
    final void openStore() {
        store = BackupStores.ofThisProgram().open(location());
    }

    @AfterEach
    final void closeStore() {
        store.close();
    }

    private Written written(String key, byte[] content) throws IOException {
        return written(new ObjectKey(key), content);
    }

    private Written written(ObjectKey key, byte[] content) throws IOException {
        return store.write(key, Existing.REFUSE, out -> out.write(content));
    }

    private byte[] all(ObjectKey key) throws IOException {
        try (InputStream in = store.read(key)) {
            return in.readAllBytes();
        }
    }

    private byte[] part(long offset, long length) throws IOException {
        try (InputStream in = store.read(KEY, offset, length)) {
            return in.readAllBytes();
        }
    }

    private List<String> keys(String prefix) {
        return store.list(prefix).map(found -> found.key().value()).toList();
    }

    @Test
    void isEmptyAtFirst() {
        assertThat(store.list("")).isEmpty();
        assertThat(store.stat(KEY)).isEmpty();
        assertThat(store.page("demo/", Optional.empty(), 10)).isEqualTo(new Page(List.of(), false));
        assertThatThrownBy(() -> store.read(KEY))
                .isInstanceOf(MissingException.class)
                .hasMessageContaining(KEY.value());
        assertThat(store.removeIncomplete(Duration.ZERO)).isZero();
    }

    @Test
    void givesBackWhatWasWritten() throws IOException {
        byte[] content = TestContent.bytes(100_000);

        Written written = written(KEY, content);

        assertThat(written).isEqualTo(new Written(KEY, content.length, TestContent.sha256(content)));
        assertThat(all(KEY)).isEqualTo(content);
        Found found = store.stat(KEY).orElseThrow();
        assertThat(found.key()).isEqualTo(KEY);
        assertThat(found.length()).isEqualTo(content.length);
        assertThat(found.written())
                .isBetween(
                        Instant.now().minus(Duration.ofHours(1)), Instant.now().plus(Duration.ofMinutes(1)));
    }

    @Test
    void givesBackWhatIsLarge() throws IOException {
        byte[] content = TestContent.bytes(LARGE);

        Written written = written(KEY, content);

        assertThat(written).isEqualTo(new Written(KEY, LARGE, TestContent.sha256(content)));
        assertThat(all(KEY)).isEqualTo(content);
        assertThat(part(LARGE - 7, Long.MAX_VALUE)).isEqualTo(Arrays.copyOfRange(content, LARGE - 7, LARGE));
    }

    @Test
    void keepsEmptyObjects() throws IOException {
        Written written = store.write(KEY, Existing.REFUSE, _ -> {});

        assertThat(written).isEqualTo(new Written(KEY, 0, TestContent.sha256(new byte[0])));
        assertThat(all(KEY)).isEmpty();
        assertThat(store.stat(KEY)).map(Found::length).contains(0L);
    }

    @Test
    void takesContentInSmallPiecesAndDoesNotMindThatItsStreamIsClosed() throws IOException {
        byte[] content = TestContent.bytes(3_000);

        store.write(KEY, Existing.REFUSE, out -> {
            for (byte octet : content) {
                out.write(octet);
            }
            out.flush();
            out.close();
        });

        assertThat(all(KEY)).isEqualTo(content);
    }

    @Test
    void readsParts() throws IOException {
        byte[] content = TestContent.bytes(1_000);
        written(KEY, content);

        assertThat(part(0, 10)).isEqualTo(Arrays.copyOfRange(content, 0, 10));
        assertThat(part(990, 500)).isEqualTo(Arrays.copyOfRange(content, 990, 1_000));
        assertThat(part(500, 0)).isEmpty();
        assertThat(part(1_000, 1)).isEmpty();
        assertThat(part(5_000, Long.MAX_VALUE)).isEmpty();
        assertThatThrownBy(() -> store.read(KEY, -1, 1)).isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void showsNothingOfAnObjectBeforeItIsWhole() throws IOException {
        store.write(KEY, Existing.REFUSE, out -> {
            out.write(TestContent.bytes(LARGE));
            out.flush();
            assertThat(store.stat(KEY)).isEmpty();
            assertThat(store.list("")).isEmpty();
            assertThatThrownBy(() -> store.read(KEY)).isInstanceOf(MissingException.class);
        });

        assertThat(keys("")).containsExactly(KEY.value());
    }

    @Test
    void showsNothingOfAnObjectWhoseWriterGaveUp() {
        IOException reason = new IOException("The database was stopped.");

        assertThatThrownBy(() -> store.write(KEY, Existing.REFUSE, out -> {
                    out.write(TestContent.bytes(LARGE));
                    throw reason;
                }))
                .isSameAs(reason);

        assertThat(store.list("")).isEmpty();
        assertThat(store.removeIncomplete(Duration.ZERO)).isZero();
    }

    @Test
    void keepsTheOldObjectWhenTheWriterOfItsReplacementFails() throws IOException {
        byte[] old = TestContent.bytes(1_000);
        written(KEY, old);

        assertThatThrownBy(() -> store.write(KEY, Existing.REPLACE, out -> {
                    out.write(TestContent.bytes(LARGE));
                    throw new IllegalStateException("a bug");
                }))
                .hasMessage("a bug");

        assertThat(all(KEY)).isEqualTo(old);
        assertThat(store.removeIncomplete(Duration.ZERO)).isZero();
    }

    @Test
    void showsNothingOfAnObjectWhoseWriterWasKilled() throws IOException, InterruptedException {
        KilledWriter.run(location(), KEY, LARGE, properties());
        awaitTheEndOfKilledWriters();

        assertThat(store.list("")).isEmpty();
        assertThat(store.stat(KEY)).isEmpty();
        assertThat(store.removeIncomplete(Duration.ofDays(1))).isZero();
        assertThat(store.removeIncomplete(Duration.ZERO)).isOne();
        assertThat(store.removeIncomplete(Duration.ZERO)).isZero();
        written(KEY, TestContent.bytes(10));
        assertThat(all(KEY)).isEqualTo(TestContent.bytes(10));
    }

    @Test
    void leavesWritersAloneThatAreAtWork() throws IOException {
        byte[] content = TestContent.bytes(LARGE);

        store.write(KEY, Existing.REFUSE, out -> {
            out.write(content);
            assertThat(store.removeIncomplete(Duration.ofDays(1))).isZero();
        });

        assertThat(all(KEY)).isEqualTo(content);
    }

    @Test
    void neverOverwritesWhatItWasNotToldToReplace() throws IOException {
        byte[] first = TestContent.bytes(1_000);
        written(KEY, first);

        assertThatThrownBy(() -> written(KEY, TestContent.bytes(2_000)))
                .isInstanceOf(ExistsException.class)
                .hasMessageContaining(KEY.value());
        assertThat(all(KEY)).isEqualTo(first);

        store.write(KEY, Existing.REPLACE, out -> out.write(TestContent.bytes(2_000)));
        assertThat(all(KEY)).isEqualTo(TestContent.bytes(2_000));
        store.write(new ObjectKey("new"), Existing.REPLACE, out -> out.write(first));
        assertThat(all(new ObjectKey("new"))).isEqualTo(first);
    }

    @Test
    void neverOverwritesWhatAppearedMeanwhile() {
        for (int length : List.of(1_000, LARGE)) {
            ObjectKey key = new ObjectKey("key-" + length);
            assertThatThrownBy(() -> store.write(key, Existing.REFUSE, out -> {
                        out.write(TestContent.bytes(length));
                        written(key, TestContent.bytes(10));
                    }))
                    .isInstanceOf(ExistsException.class);
            assertThat(store.stat(key)).map(Found::length).contains(10L);
        }
        assertThat(store.removeIncomplete(Duration.ZERO)).isZero();
    }

    @Test
    void letsOneOfSeveralWritersCreateAnObject() throws Exception {
        List<Future<Boolean>> writers = new ArrayList<>();
        try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
            for (int writer = 1; writer <= 4; writer++) {
                byte[] content = TestContent.bytes(writer);
                writers.add(threads.submit(() -> succeeds(content)));
            }
        }
        List<Integer> winners = new ArrayList<>();
        for (int writer = 1; writer <= 4; writer++) {
            if (writers.get(writer - 1).get()) {
                winners.add(writer);
            }
        }

        assertThat(winners).hasSize(1);
        assertThat(all(KEY)).isEqualTo(TestContent.bytes(winners.getFirst()));
    }

    private boolean succeeds(byte[] content) throws IOException {
        try {
            written(KEY, content);
            return true;
        } catch (ExistsException another) {
            return false;
        }
    }

    @Test
    void neverMixesAnObjectWithItsReplacement() throws IOException {
        byte[] old = TestContent.bytes(LARGE);
        written(KEY, old);
        ByteArrayOutputStream got = new ByteArrayOutputStream();

        try (InputStream in = store.read(KEY)) {
            got.write(in.readNBytes(10));
            store.write(KEY, Existing.REPLACE, out -> out.write(new byte[LARGE]));
            in.transferTo(got);
        } catch (CorruptException replaced) {
            assertThat(replaced).hasMessageContaining("replaced");
        }

        assertThat(Arrays.equals(Arrays.copyOf(old, got.size()), got.toByteArray()))
                .isTrue();
        assertThat(Arrays.equals(all(KEY), new byte[LARGE])).isTrue();
    }

    @Test
    void listsInTheOrderOfKeysPageByPage() throws IOException {
        List<String> keys = List.of("a-b", "a.b", "a/b", "a/b-c", "a/c/d", "a0", "aB", "a_", "b/a");
        for (String key : keys.reversed()) {
            written(key, TestContent.bytes(key.length()));
        }

        assertThat(keys("")).containsExactlyElementsOf(keys);
        for (int limit = 1; limit <= keys.size(); limit++) {
            assertThat(pages("", limit)).containsExactlyElementsOf(keys);
        }
        assertThat(store.page("", Optional.empty(), keys.size()).more()).isFalse();
        assertThat(store.page("", Optional.of(new ObjectKey("a/bb")), 1).objects())
                .extracting(Found::key, Found::length)
                .containsExactly(tuple(new ObjectKey("a/c/d"), 5L));
    }

    @Test
    void listsByPrefix() throws IOException {
        for (String key : List.of("demo/1/a", "demo/1/b", "demo/12", "demo2/1", "other/1")) {
            written(key, new byte[1]);
        }

        assertThat(keys("demo/1/")).containsExactly("demo/1/a", "demo/1/b");
        assertThat(keys("demo/1")).containsExactly("demo/1/a", "demo/1/b", "demo/12");
        assertThat(keys("demo")).containsExactly("demo/1/a", "demo/1/b", "demo/12", "demo2/1");
        assertThat(keys("nothing/")).isEmpty();
        assertThat(pages("demo/1", 2)).containsExactly("demo/1/a", "demo/1/b", "demo/12");
        assertThatThrownBy(() -> store.page("../", Optional.empty(), 1)).isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> store.page("", Optional.empty(), 1001)).isInstanceOf(IllegalArgumentException.class);
    }

    private List<String> pages(String prefix, int limit) {
        List<String> keys = new ArrayList<>();
        Optional<ObjectKey> after = Optional.empty();
        Page page;
        do {
            page = store.page(prefix, after, limit);
            page.objects().forEach(found -> keys.add(found.key().value()));
            after = page.objects().isEmpty()
                    ? after
                    : Optional.of(page.objects().getLast().key());
            assertThat(page.objects()).hasSizeLessThanOrEqualTo(limit);
        } while (page.more());
        return keys;
    }

    @Test
    void deletesAndForgetsEmptyFolders() throws IOException {
        ObjectKey other = new ObjectKey("demo/other");
        written(KEY, new byte[10]);
        written(other, new byte[10]);

        store.delete(KEY);
        store.delete(KEY);
        store.delete(new ObjectKey("never/there"));

        assertThat(keys("")).containsExactly(other.value());
        store.delete(other);
        assertThat(keys("")).isEmpty();
        written("demo", new byte[10]);
        assertThat(keys("")).containsExactly("demo");
    }

    @Test
    void keepsWhatIsWrittenWhileNeighboursAreDeleted() throws Exception {
        try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
            List<Future<Written>> kept = IntStream.range(0, 10)
                    .mapToObj(number -> threads.submit(() -> {
                        ObjectKey passing = new ObjectKey("demo/backup-" + number % 2 + "/passing-" + number);
                        written(passing, new byte[1]);
                        store.delete(passing);
                        return written("demo/backup-" + number % 2 + "/kept-" + number, new byte[1]);
                    }))
                    .toList();
            for (Future<Written> future : kept) {
                future.get();
            }
        }

        assertThat(keys("demo/")).hasSize(10).allMatch(key -> key.contains("/kept-"));
    }

    @Test
    void saysWhatHappenedWhatWasKeptAndWhatToDo() throws IOException {
        written(KEY, new byte[1]);

        assertThatThrownBy(() -> written(KEY, new byte[2]))
                .isInstanceOfSatisfying(BackupStoreException.class, exception -> {
                    assertThat(exception.happened()).endsWith(".");
                    assertThat(exception.kept()).endsWith(".");
                    assertThat(exception.remedy()).endsWith(".");
                });
    }
}
