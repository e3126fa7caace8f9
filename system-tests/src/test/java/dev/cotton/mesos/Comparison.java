package dev.cotton.mesos;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import tools.jackson.databind.JsonNode;

/**
 * Compares what was recorded with what came, field by field. What Mesos makes up (ids, UUIDs, addresses) is learned the
 * first time and has to be the same from then on. Thread-safe: replays of two sides of one conversation share one.
 */
final class Comparison {
    private static final Pattern MADE_UP = Pattern.compile(
            "[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}(-[OS]?\\d+)?|[A-Za-z0-9+/]{22}==|(master|slave\\(1\\))@127\\.0\\.0\\.1:\\d+");
    private static final Pattern UUID = Pattern.compile("[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}");
    private static final Set<String> ANY_NUMBER = Set.of("timestamp", "executor_pid", "port");
    private static final Set<String> UNORDERED = Set.of("resources", "executor_ids", "offers", "attributes");
    private final Map<String, String> learned = new ConcurrentHashMap<>();
    private final List<String> differences = new CopyOnWriteArrayList<>();

    /** The recorded text with everything learned put in. */
    String translate(String recorded) {
        String text = recorded;
        List<String> longestFirst = learned.keySet().stream()
                .sorted(Comparator.comparingInt(String::length).reversed())
                .toList();
        for (String each : longestFirst) {
            text = text.replace(each, learned.getOrDefault(each, each));
        }
        return text;
    }

    void learn(String recorded, String actual) {
        learned.putIfAbsent(recorded, actual);
    }

    void differ(String where, String what) {
        differences.add(where + ": " + what);
    }

    List<String> differences() {
        return List.copyOf(differences);
    }

    void texts(String where, String recorded, String actual) {
        String expected = translate(recorded);
        if (expected.equals(actual) || sorted(expected).equals(sorted(actual))) {
            return;
        }
        if (expected.contains(" ") && withoutIds(expected).equals(withoutIds(actual))) {
            return;
        }
        if (MADE_UP.matcher(recorded).matches()
                && MADE_UP.matcher(actual).matches()
                && !learned.containsKey(recorded)) {
            learn(recorded, actual);
            return;
        }
        if (!Allowed.texts(expected, actual) && !Allowed.roles(where, expected, actual)) {
            differ(where, "expected <" + expected + "> but was <" + actual + ">");
        }
    }

    private static String withoutIds(String message) {
        return UUID.matcher(message).replaceAll("<uuid>");
    }

    /** Resources in a message come in any order. */
    private static List<String> sorted(String message) {
        return Stream.of(
                        message.split(
                                "; | available | does not contain | required by task and its executor is more than| resources "))
                .map(String::strip)
                .sorted()
                .toList();
    }

    void trees(String where, JsonNode recorded, JsonNode actual) {
        if (recorded.isObject() && actual.isObject()) {
            objects(where, recorded, actual);
        } else if (recorded.isArray() && actual.isArray()) {
            arrays(where, recorded, actual);
        } else if (recorded.isString() && actual.isString()) {
            texts(where, recorded.asString(), actual.asString());
        } else if (recorded.isNumber() && actual.isNumber()) {
            numbers(where, recorded, actual);
        } else if (!recorded.equals(actual)) {
            differ(where, "expected " + recorded + " but was " + actual);
        }
    }

    private void numbers(String where, JsonNode recorded, JsonNode actual) {
        String field = where.substring(where.lastIndexOf('.') + 1);
        boolean time =
                field.equals("nanoseconds") && (where.contains("unreachable_time") || where.contains("timestamp"));
        if (!ANY_NUMBER.contains(field) && !time && Math.abs(recorded.doubleValue() - actual.doubleValue()) > 1e-6) {
            differ(where, "expected " + recorded + " but was " + actual);
        }
    }

    private void objects(String where, JsonNode recorded, JsonNode actual) {
        Set<String> fields = new TreeSet<>(recorded.propertyNames());
        fields.addAll(actual.propertyNames());
        for (String each : fields) {
            if (!recorded.has(each)) {
                differ(where, "unexpected " + each + " = " + actual.path(each));
            } else if (!actual.has(each)) {
                differ(where, "missing " + each + " = " + recorded.path(each));
            } else {
                trees(where + "." + each, recorded.path(each), actual.path(each));
            }
        }
    }

    private void arrays(String where, JsonNode recorded, JsonNode actual) {
        List<JsonNode> expected = new ArrayList<>();
        List<JsonNode> came = new ArrayList<>();
        recorded.forEach(expected::add);
        actual.forEach(came::add);
        if (expected.size() != came.size()) {
            differ(where, "expected " + recorded + " but was " + actual);
            return;
        }
        if (UNORDERED.contains(where.substring(where.lastIndexOf('.') + 1))) {
            expected.sort(Comparator.comparing(Comparison::sortKey));
            came.sort(Comparator.comparing(Comparison::sortKey));
        }
        for (int i = 0; i < expected.size(); i++) {
            trees(where + "[" + i + "]", expected.get(i), came.get(i));
        }
    }

    private static String sortKey(JsonNode element) {
        if (element.has("resources")) {
            List<String> inside = new ArrayList<>();
            element.path("resources").forEach(each -> inside.add(sortKey(each)));
            return inside.stream().sorted().toList().toString();
        }
        return element.path("name").asString("")
                + element.path("reservations").size()
                + element.path("role").asString("")
                + element.path("disk").path("persistence").path("id").asString("")
                + element.path("scalar")
                + element.path("ranges")
                + element.path("value").asString("");
    }
}
