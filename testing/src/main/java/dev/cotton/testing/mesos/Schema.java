package dev.cotton.testing.mesos;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/** Which fields the messages of calls have, and how Mesos refuses JSON that does not fit. */
final class Schema {
    private static final String FILE = "calls.schema";
    private static final Pattern FIELD = Pattern.compile("(\\w+)(!?):([\\w|]+)(\\*?)(?:=(.*))?");
    private static final Map<String, List<Field>> MESSAGES = load();

    private Schema() {}

    private record Field(String name, boolean required, String type, boolean repeated, String otherwise) {
        boolean isMessage() {
            return MESSAGES.containsKey(type);
        }
    }

    /**
     * What Mesos understands of {@code tree} as a {@code message}: known fields only, numbers as numbers, defaults
     * filled in.
     *
     * @throws BadCall when Mesos answers 400 to it
     */
    static ObjectNode understood(String message, JsonNode tree) throws BadCall {
        String start = "Failed to convert JSON into Call protobuf: ";
        try {
            if (!tree.isObject()) {
                throw new BadCall("Expecting a JSON object");
            }
            ObjectNode understood = message(message, tree);
            List<String> missing = new ArrayList<>();
            missing(message, understood, "", missing);
            if (!missing.isEmpty()) {
                throw new BadCall("Missing required fields: " + String.join(", ", missing));
            }
            return understood;
        } catch (BadCall refused) {
            throw new BadCall(start + refused.why());
        }
    }

    private static ObjectNode message(String message, JsonNode tree) throws BadCall {
        ObjectNode made = Json.object();
        for (Field field : Objects.requireNonNull(MESSAGES.get(message), message)) {
            JsonNode value = tree.path(field.name());
            if (value.isMissingNode() || value.isNull()) {
                putDefault(made, field);
            } else if (field.repeated()) {
                List<JsonNode> elements = new ArrayList<>();
                for (JsonNode each : elements(field, value)) {
                    elements.addAll(value(field, each));
                }
                if (!elements.isEmpty()) {
                    made.set(field.name(), Json.array(elements));
                }
            } else {
                for (JsonNode each : value(field, value)) {
                    made.set(field.name(), each);
                }
            }
        }
        return made;
    }

    private static List<JsonNode> elements(Field field, JsonNode value) throws BadCall {
        if (!value.isArray()) {
            throw unexpected(field, value);
        }
        return Json.elements(value);
    }

    /** The value as Mesos reads it; nothing for an unknown name of an optional enum. */
    private static List<JsonNode> value(Field field, JsonNode value) throws BadCall {
        if (field.isMessage()) {
            if (!value.isObject()) {
                throw unexpected(field, value);
            }
            return List.of(message(field.type(), value));
        }
        return switch (field.type()) {
            case "any" -> List.of(value);
            case "number" -> List.of(Scalars.number(field.name(), value));
            case "bool" -> List.of(expect(field, value, value.isBoolean()));
            case "string" -> List.of(expect(field, value, value.isString()));
            case "bytes" -> List.of(Scalars.bytes(field.name(), expect(field, value, value.isString())));
            default -> enumerated(field, expect(field, value, value.isString()));
        };
    }

    private static List<JsonNode> enumerated(Field field, JsonNode value) throws BadCall {
        if (List.of(field.type().split("\\|")).contains(value.asString())) {
            return List.of(value);
        }
        if (field.required()) {
            throw new BadCall("Failed to find enum for '" + value.asString() + "'");
        }
        return List.of();
    }

    private static JsonNode expect(Field field, JsonNode value, boolean fits) throws BadCall {
        if (!fits) {
            throw unexpected(field, value);
        }
        return value;
    }

    private static BadCall unexpected(Field field, JsonNode value) {
        return Scalars.unexpected(field.name(), value);
    }

    private static void putDefault(ObjectNode made, Field field) {
        switch (field.otherwise()) {
            case "" -> {}
            case "true", "false" -> made.put(field.name(), Boolean.parseBoolean(field.otherwise()));
            default -> {
                if (field.type().equals("number")) {
                    made.put(field.name(), Double.parseDouble(field.otherwise()));
                } else {
                    made.put(field.name(), field.otherwise());
                }
            }
        }
    }

    private static void missing(String message, JsonNode tree, String path, List<String> missing) {
        List<Field> fields = Objects.requireNonNull(MESSAGES.get(message));
        for (Field field : fields) {
            if (field.required() && !tree.has(field.name())) {
                missing.add(path + field.name());
            }
        }
        for (Field field : fields) {
            if (!field.isMessage() || !tree.has(field.name())) {
                continue;
            }
            JsonNode value = tree.path(field.name());
            if (!field.repeated()) {
                missing(field.type(), value, path + field.name() + ".", missing);
                continue;
            }
            for (int i = 0; i < value.size(); i++) {
                missing(field.type(), value.path(i), path + field.name() + "[" + i + "].", missing);
            }
        }
    }

    private static Map<String, List<Field>> load() {
        Map<String, List<Field>> messages = new LinkedHashMap<>();
        try (BufferedReader lines = new BufferedReader(new InputStreamReader(
                Objects.requireNonNull(Schema.class.getResourceAsStream(FILE), FILE), StandardCharsets.UTF_8))) {
            for (String line : lines.lines().toList()) {
                if (!line.isBlank() && !line.startsWith("#")) {
                    String[] words = line.split(" ");
                    messages.put(
                            words[0],
                            List.of(words).stream().skip(1).map(Schema::field).toList());
                }
            }
        } catch (IOException e) {
            throw new UncheckedIOException("cannot read " + FILE, e);
        }
        return messages;
    }

    private static Field field(String text) {
        Matcher matcher = FIELD.matcher(text);
        if (!matcher.matches()) {
            throw new IllegalStateException("not a field of a message: " + text);
        }
        return new Field(
                matcher.group(1),
                !matcher.group(2).isEmpty(),
                matcher.group(3),
                !matcher.group(4).isEmpty(),
                Objects.requireNonNullElse(matcher.group(5), ""));
    }
}
