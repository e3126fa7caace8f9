package dev.cotton.testing.contract;

import dev.cotton.core.port.BackupStore;
import dev.cotton.core.port.BackupStore.Existing;
import dev.cotton.core.port.BackupStore.Written;
import dev.cotton.core.port.ObjectKey;
import dev.cotton.core.storage.BackupStores;
import java.io.IOException;
import java.io.InputStream;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;

/** What the tests of every {@link BackupStore} begin with. */
public abstract class BackupStoreSteps {
    /** More than two parts of a multipart upload. */
    static final int LARGE = (20 << 20) + 12_345;

    static final ObjectKey KEY = new ObjectKey("demo/2026-11-27/data.xb");

    private BackupStore store;

    /** A store that is empty, the same one during a test. */
    protected abstract String location();

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

    final Written written(String key, byte[] content) throws IOException {
        return written(new ObjectKey(key), content);
    }

    final Written written(ObjectKey key, byte[] content) throws IOException {
        return store.write(key, Existing.REFUSE, out -> out.write(content));
    }

    final byte[] all(ObjectKey key) throws IOException {
        try (InputStream in = store.read(key)) {
            return in.readAllBytes();
        }
    }

    final byte[] part(long offset, long length) throws IOException {
        try (InputStream in = store.read(KEY, offset, length)) {
            return in.readAllBytes();
        }
    }

    final List<String> keys(String prefix) {
        return store.list(prefix).map(found -> found.key().value()).toList();
    }
}
