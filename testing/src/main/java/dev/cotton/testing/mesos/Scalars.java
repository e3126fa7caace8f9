package dev.cotton.testing.mesos;

import java.util.Base64;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.DoubleNode;

/** How Mesos reads numbers and bytes out of JSON. */
final class Scalars {
    private Scalars() {}

    /** A number, also written as a string. */
    static JsonNode number(String field, JsonNode value) throws BadCall {
        if (value.isNumber()) {
            return value;
        }
        if (!value.isString()) {
            throw unexpected(field, value);
        }
        try {
            return DoubleNode.valueOf(Double.parseDouble(value.stringValue()));
        } catch (NumberFormatException e) {
            throw new BadCall(
                    "Failed to parse '" + value.stringValue() + "' as a JSON number for field '" + field + "'");
        }
    }

    /** Standard base64 without line breaks. */
    static JsonNode bytes(String field, JsonNode value) throws BadCall {
        String text = value.asString();
        for (int i = 0; i < text.length(); i++) {
            char each = text.charAt(i);
            if (!Character.isLetterOrDigit(each) && "+/=".indexOf(each) < 0) {
                throw new BadCall(
                        "Failed to base64 decode bytes field '" + field + "': Invalid character '" + each + "'");
            }
        }
        return value;
    }

    /** Whether {@code base64} are the 16 bytes of a UUID. */
    static boolean isUuid(String base64) {
        try {
            return Base64.getDecoder().decode(base64).length == 16;
        } catch (IllegalArgumentException e) {
            return false;
        }
    }

    static BadCall unexpected(String field, JsonNode value) {
        String kind;
        if (value.isObject()) {
            kind = "object";
        } else if (value.isArray()) {
            kind = "array";
        } else if (value.isString()) {
            kind = "string";
        } else {
            kind = value.isBoolean() ? "boolean" : "number";
        }
        return new BadCall("Not expecting a JSON " + kind + " for field '" + field + "'");
    }
}
