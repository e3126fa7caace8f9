package dev.cotton.scheduler.zookeeper;

import dev.cotton.core.port.StateStore.StateException;
import java.util.Optional;
import java.util.function.Consumer;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.DeserializationFeature;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/**
 * Records of one kind as JSON. Strict: nothing that is stored is ever dropped by reading and writing it. Thread-safe.
 *
 * @param type with a field {@code schema}
 * @param schema the one that this version knows, from 1 on
 * @param upgrade adds to a record of the schema before what this one has more; absent when that is not read
 */
record RecordFormat<T>(Class<T> type, int schema, Optional<Consumer<ObjectNode>> upgrade) {
    static final int LARGEST = 64 * 1024;

    private static final JsonMapper JSON = JsonMapper.builder()
            .enable(
                    DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES,
                    DeserializationFeature.FAIL_ON_MISSING_CREATOR_PROPERTIES,
                    DeserializationFeature.FAIL_ON_NULL_CREATOR_PROPERTIES,
                    DeserializationFeature.FAIL_ON_NULL_FOR_PRIMITIVES)
            .build();

    /**
     * @param name of the record, for people
     * @throws StateException when the record is larger than {@link #LARGEST} bytes
     */
    byte[] write(T record, String name) {
        byte[] bytes = JSON.writeValueAsBytes(record);
        if (bytes.length > LARGEST) {
            throw new StateException("The record of " + name + " would have " + bytes.length + " bytes, and at most "
                    + LARGEST + " are kept. Nothing was changed.");
        }
        return bytes;
    }

    /** @throws StateException when the record is of another schema, or is not one */
    T read(String path, String text) {
        try {
            JsonNode tree = JSON.readTree(text);
            int written = tree.path("schema").asInt(0);
            if (written > schema) {
                throw new StateException(other(path, written)
                        + "a newer version has written it. Nothing is changed and the databases go on;"
                        + " start that version, or a newer one.");
            }
            if (tree instanceof ObjectNode former && written == schema - 1 && upgrade.isPresent()) {
                upgrade.get().accept(former.put("schema", schema));
            } else if (written > 0 && written < schema) {
                throw new StateException(other(path, written)
                        + "an older version has written it. Nothing is changed and the databases go"
                        + " on; start that version.");
            }
            if (!tree.isObject()) {
                throw new StateException(unreadable(path, "it is empty, or not an object."));
            }
            return JSON.treeToValue(tree, type);
        } catch (JacksonException e) {
            throw new StateException(unreadable(path, e.getOriginalMessage()), e);
        }
    }

    private String other(String path, int written) {
        return "The record at " + path + " has the schema " + written + ", and this version reads " + schema + ": ";
    }

    private static String unreadable(String path, String why) {
        return "The record at " + path + " cannot be read: " + why + " It is left as it is.";
    }
}
