package dev.cotton.scheduler.backup;

import dev.cotton.core.port.BackupStore;
import dev.cotton.core.port.BackupStore.Existing;
import dev.cotton.core.port.ObjectKey;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.json.JsonMapper;

/** Objects in JSON, in a store. What goes wrong there is as the store says it. */
final class JsonObjects {
    private static final int LONGEST = 64 << 20;
    private static final JsonMapper JSON = JsonMapper.builder().build();

    private JsonObjects() {}

    /** @throws JacksonException when it is damaged */
    static <T> T read(BackupStore store, ObjectKey key, Class<T> type) {
        try (InputStream in = store.read(key)) {
            return JSON.readValue(in.readNBytes(LONGEST), type);
        } catch (IOException failed) {
            throw new UncheckedIOException(failed);
        }
    }

    static void write(BackupStore store, ObjectKey key, Existing existing, Object value) {
        byte[] json = JSON.writeValueAsBytes(value);
        try {
            store.write(key, existing, out -> out.write(json));
        } catch (IOException never) {
            throw new UncheckedIOException(never);
        }
    }
}
