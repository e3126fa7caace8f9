package dev.cotton.testing.mesos;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/** Short ways to read and to build JSON trees as Mesos writes them. */
final class Json {
    private static final JsonMapper MAPPER = JsonMapper.shared();

    private Json() {}

    static JsonNode parse(String text) {
        return MAPPER.readTree(text);
    }

    static String print(JsonNode tree) {
        return MAPPER.writeValueAsString(tree);
    }

    static ObjectNode object() {
        return JsonNodeFactory.instance.objectNode();
    }

    static ArrayNode array(Iterable<? extends JsonNode> elements) {
        ArrayNode array = JsonNodeFactory.instance.arrayNode();
        elements.forEach(array::add);
        return array;
    }

    /** An object with one field. */
    static ObjectNode object(String field, JsonNode value) {
        ObjectNode object = object();
        object.set(field, value);
        return object;
    }

    /** A copy of an object without its field {@code data} and those of the objects in it. */
    static ObjectNode withoutData(JsonNode tree) {
        ObjectNode copy = object();
        tree.properties().stream()
                .filter(field -> !field.getKey().equals("data"))
                .forEach(field -> copy.set(
                        field.getKey(),
                        field.getValue().isObject() ? withoutData(field.getValue()) : field.getValue()));
        return copy;
    }

    /** {@code {"value": id}}, as Mesos writes every id. */
    static ObjectNode id(String id) {
        return object().put("value", id);
    }

    /** {@code {"type": type, <lower case of type>: body}}, as Mesos writes every event. */
    static ObjectNode event(String type, JsonNode body) {
        ObjectNode event = object().put("type", type);
        event.set(type.toLowerCase(Locale.ROOT), body);
        return event;
    }

    /** The text of {@code tree.field.value}, empty where there is none. */
    static Optional<String> id(JsonNode tree, String field) {
        JsonNode value = tree.path(field).path("value");
        return value.isString() ? Optional.of(value.stringValue()) : Optional.empty();
    }

    /** The text of {@code tree.field.value}, the empty text where there is none. */
    static String idOr(JsonNode tree, String field) {
        return id(tree, field).orElse("");
    }

    static String text(JsonNode tree, String field) {
        return tree.path(field).asString("");
    }

    static List<JsonNode> elements(JsonNode array) {
        List<JsonNode> elements = new ArrayList<>();
        array.forEach(elements::add);
        return elements;
    }

    /** The number of {@code tree.field}, which may be written as a string. */
    static double number(JsonNode tree, String field, double otherwise) {
        JsonNode value = tree.path(field);
        if (value.isNumber()) {
            return value.doubleValue();
        }
        return value.isString() ? Double.parseDouble(value.stringValue()) : otherwise;
    }
}
