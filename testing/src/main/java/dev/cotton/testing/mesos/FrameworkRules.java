package dev.cotton.testing.mesos;

import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import tools.jackson.databind.JsonNode;

/** Which FrameworkInfo a master refuses with an ERROR event. */
final class FrameworkRules {
    private FrameworkRules() {}

    /** Why it is refused; empty when it is accepted. */
    static Optional<String> refusal(JsonNode info) {
        boolean multiRole = Json.elements(info.path("capabilities")).stream()
                .anyMatch(each -> Json.text(each, "type").equals("MULTI_ROLE"));
        if (multiRole && info.has("role")) {
            return Optional.of("'FrameworkInfo.role' must not be set when the framework is MULTI_ROLE capable");
        }
        if (!multiRole && info.path("roles").size() > 0) {
            return Optional.of("'FrameworkInfo.roles' must not be set when the framework is not MULTI_ROLE capable");
        }
        List<String> roles = Json.elements(info.path("roles")).stream()
                .map(JsonNode::asString)
                .toList();
        Set<String> seen = new HashSet<>();
        for (String role : roles) {
            if (!seen.add(role)) {
                return Optional.of("'FrameworkInfo.roles' contains duplicate items: " + role);
            }
            Optional<String> invalid = invalidRole(role);
            if (invalid.isPresent()) {
                return invalid.map(why -> "'FrameworkInfo.roles' contains invalid role: " + why);
            }
        }
        return invalidRole(info.path("role").asString("*"))
                .map(why -> "'FrameworkInfo.role' is not a valid role: " + why);
    }

    private static Optional<String> invalidRole(String role) {
        if (role.equals("*")) {
            return Optional.empty();
        }
        for (String component : role.split("/", -1)) {
            if (component.isEmpty()) {
                return Optional.of("Role component must not be empty");
            }
            if (component.chars().anyMatch(each -> Character.isWhitespace(each) || each == '\b' || each == 0x7f)) {
                return Optional.of(
                        "Role component '" + component + "' is invalid because it contains backspace or whitespace");
            }
            if (component.equals(".") || component.equals("..") || component.equals("*") || component.startsWith("-")) {
                return Optional.of("Role component '" + component + "' is invalid");
            }
        }
        return Optional.empty();
    }
}
