package dev.cotton.testing.contract;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.tuple;

import dev.cotton.core.port.BackupStore;
import dev.cotton.core.port.BackupStore.Found;
import dev.cotton.core.port.BackupStore.Page;
import dev.cotton.core.port.BackupStore.Written;
import dev.cotton.core.port.BackupStoreException.MissingException;
import dev.cotton.core.port.ObjectKey;
import dev.cotton.testing.store.TestContent;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** What every {@link BackupStore} lists and deletes. */
public abstract class BackupStoreListingContract extends BackupStoreSteps {
    @Test
    void isEmptyAtFirst() {
        assertThat(store().list("")).isEmpty();
        assertThat(store().stat(KEY)).isEmpty();
        assertThat(store().page("demo/", Optional.empty(), 10)).isEqualTo(new Page(List.of(), false));
        assertThatThrownBy(() -> store().read(KEY))
                .isInstanceOf(MissingException.class)
                .hasMessageContaining(KEY.value());
        assertThat(store().removeIncomplete(Duration.ZERO)).isZero();
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
        assertThat(store().page("", Optional.empty(), keys.size()).more()).isFalse();
        assertThat(store().page("", Optional.of(new ObjectKey("a/bb")), 1).objects())
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
        assertThatThrownBy(() -> store().page("../", Optional.empty(), 1)).isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> store().page("", Optional.empty(), 1001)).isInstanceOf(IllegalArgumentException.class);
    }

    private List<String> pages(String prefix, int limit) {
        List<String> keys = new ArrayList<>();
        Optional<ObjectKey> after = Optional.empty();
        Page page;
        do {
            page = store().page(prefix, after, limit);
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

        store().delete(KEY);
        store().delete(KEY);
        store().delete(new ObjectKey("never/there"));

        assertThat(keys("")).containsExactly(other.value());
        store().delete(other);
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
                        store().delete(passing);
                        return written("demo/backup-" + number % 2 + "/kept-" + number, new byte[1]);
                    }))
                    .toList();
            for (Future<Written> future : kept) {
                future.get();
            }
        }

        assertThat(keys("demo/")).hasSize(10).allMatch(key -> key.contains("/kept-"));
    }
}
