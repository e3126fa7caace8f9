package dev.cotton.core.mesos;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** How absent fields, unknown constants and messages of several types are written in Mesos' JSON. */
final class Wire {
    private Wire() {}

    /** A repeated field: absent is empty. */
    static <T> List<T> repeated(@Nullable List<T> values) {
        return values == null ? List.of() : List.copyOf(values);
    }

    /** The constant of that name, or {@code otherwise}. */
    static <E extends Enum<E>> E constant(Class<E> type, String name, E otherwise) {
        for (E constant : type.getEnumConstants()) {
            if (constant.name().equals(name)) {
                return constant;
            }
        }
        return otherwise;
    }

    /** A message that has a type and, under the type's name in small letters, its body. */
    static Map<String, Object> typed(Enum<?> type, Optional<?> body) {
        Map<String, Object> fields = new LinkedHashMap<>();
        fields.put("type", type.name());
        body.ifPresent(value -> fields.put(type.name().toLowerCase(Locale.ROOT), value));
        return fields;
    }

    /** The body of a message that has a type, which has to be there. */
    static <T> T body(String type, @Nullable T body) {
        if (body == null) {
            throw new IllegalArgumentException(
                    "A message of type " + type + " has no '" + type.toLowerCase(Locale.ROOT) + "'.");
        }
        return body;
    }
}
