package dev.cotton.testing.contract;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.cotton.core.port.BackupStore;
import dev.cotton.core.port.BackupStore.Existing;
import dev.cotton.core.port.BackupStore.Found;
import dev.cotton.core.port.BackupStore.Written;
import dev.cotton.core.port.BackupStoreException;
import dev.cotton.core.port.BackupStoreException.CorruptException;
import dev.cotton.core.port.BackupStoreException.ExistsException;
import dev.cotton.core.port.BackupStoreException.MissingException;
import dev.cotton.core.port.ObjectKey;
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
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.Test;

/** What every {@link BackupStore} does. */
public abstract class BackupStoreContract extends BackupStoreListingContract {
    @Test
    void givesBackWhatWasWritten() throws IOException {
        byte[] content = TestContent.bytes(100_000);

        Written written = written(KEY, content);

        assertThat(written).isEqualTo(new Written(KEY, content.length, TestContent.sha256(content)));
        assertThat(all(KEY)).isEqualTo(content);
        Found found = store().stat(KEY).orElseThrow();
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
        Written written = store().write(KEY, Existing.REFUSE, _ -> {});

        assertThat(written).isEqualTo(new Written(KEY, 0, TestContent.sha256(new byte[0])));
        assertThat(all(KEY)).isEmpty();
        assertThat(store().stat(KEY)).map(Found::length).contains(0L);
    }

    @Test
    void takesContentInSmallPiecesAndDoesNotMindThatItsStreamIsClosed() throws IOException {
        byte[] content = TestContent.bytes(3_000);

        store().write(KEY, Existing.REFUSE, out -> {
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
        assertThatThrownBy(() -> store().read(KEY, -1, 1)).isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void showsNothingOfAnObjectBeforeItIsWhole() throws IOException {
        store().write(KEY, Existing.REFUSE, out -> {
            out.write(TestContent.bytes(LARGE));
            out.flush();
            assertThat(store().stat(KEY)).isEmpty();
            assertThat(store().list("")).isEmpty();
            assertThatThrownBy(() -> store().read(KEY)).isInstanceOf(MissingException.class);
        });

        assertThat(keys("")).containsExactly(KEY.value());
    }

    @Test
    void showsNothingOfAnObjectWhoseWriterGaveUp() {
        IOException reason = new IOException("The database was stopped.");

        assertThatThrownBy(() -> store().write(KEY, Existing.REFUSE, out -> {
                    out.write(TestContent.bytes(LARGE));
                    throw reason;
                }))
                .isSameAs(reason);

        assertThat(store().list("")).isEmpty();
        assertThat(store().removeIncomplete(Duration.ZERO)).isZero();
    }

    @Test
    void keepsTheOldObjectWhenTheWriterOfItsReplacementFails() throws IOException {
        byte[] old = TestContent.bytes(1_000);
        written(KEY, old);

        assertThatThrownBy(() -> store().write(KEY, Existing.REPLACE, out -> {
                    out.write(TestContent.bytes(LARGE));
                    throw new IllegalStateException("a bug");
                }))
                .hasMessage("a bug");

        assertThat(all(KEY)).isEqualTo(old);
        assertThat(store().removeIncomplete(Duration.ZERO)).isZero();
    }

    @Test
    void showsNothingOfAnObjectWhoseWriterWasKilled() throws IOException, InterruptedException {
        KilledWriter.run(location(), KEY, LARGE);
        awaitTheEndOfKilledWriters();

        assertThat(store().list("")).isEmpty();
        assertThat(store().stat(KEY)).isEmpty();
        assertThat(store().removeIncomplete(Duration.ofDays(1))).isZero();
        assertThat(store().removeIncomplete(Duration.ZERO)).isOne();
        assertThat(store().removeIncomplete(Duration.ZERO)).isZero();
        written(KEY, TestContent.bytes(10));
        assertThat(all(KEY)).isEqualTo(TestContent.bytes(10));
    }

    @Test
    void leavesWritersAloneThatAreAtWork() throws IOException {
        byte[] content = TestContent.bytes(LARGE);

        store().write(KEY, Existing.REFUSE, out -> {
            out.write(content);
            assertThat(store().removeIncomplete(Duration.ofDays(1))).isZero();
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

        store().write(KEY, Existing.REPLACE, out -> out.write(TestContent.bytes(2_000)));
        assertThat(all(KEY)).isEqualTo(TestContent.bytes(2_000));
        store().write(new ObjectKey("new"), Existing.REPLACE, out -> out.write(first));
        assertThat(all(new ObjectKey("new"))).isEqualTo(first);
    }

    @Test
    void neverOverwritesWhatAppearedMeanwhile() {
        for (int length : List.of(1_000, LARGE)) {
            ObjectKey key = new ObjectKey("key-" + length);
            assertThatThrownBy(() -> store().write(key, Existing.REFUSE, out -> {
                        out.write(TestContent.bytes(length));
                        written(key, TestContent.bytes(10));
                    }))
                    .isInstanceOf(ExistsException.class);
            assertThat(store().stat(key)).map(Found::length).contains(10L);
        }
        assertThat(store().removeIncomplete(Duration.ZERO)).isZero();
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

        try (InputStream in = store().read(KEY)) {
            got.write(in.readNBytes(10));
            store().write(KEY, Existing.REPLACE, out -> out.write(new byte[LARGE]));
            in.transferTo(got);
        } catch (CorruptException replaced) {
            assertThat(replaced).hasMessageContaining("replaced");
        }

        assertThat(Arrays.equals(Arrays.copyOf(old, got.size()), got.toByteArray()))
                .isTrue();
        assertThat(Arrays.equals(all(KEY), new byte[LARGE])).isTrue();
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
