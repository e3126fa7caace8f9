package dev.cotton.testing.mesos;

import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * An amount of one kind of resource. Kind is everything but the amount: name, reservations with their labels and
 * principals, disk, and the role it is allocated to (empty when to none).
 */
record Resource(String name, Quantity amount, List<JsonNode> reservations, Optional<JsonNode> disk, String role) {
    private static final String MOUNT = "MOUNT";

    static Resource unreserved(String name, Quantity amount) {
        return new Resource(name, amount, List.of(), Optional.empty(), "");
    }

    /** A disk that is mounted at {@code folder} and only goes as a whole. */
    static Resource mount(Path folder, Quantity amount) {
        ObjectNode source = Json.object().put("type", MOUNT);
        source.set("mount", Json.object().put("root", folder.toString()));
        return new Resource("disk", amount, List.of(), Optional.of(Json.object("source", source)), "");
    }

    /** Reads a resource of a call, in either format; without allocation info it is allocated to {@code otherwise}. */
    static Resource read(JsonNode json, String otherwise) {
        String role = json.path("allocation_info").path("role").asString(otherwise);
        Optional<JsonNode> disk = json.has("disk") ? Optional.of(json.path("disk")) : Optional.empty();
        return new Resource(Json.text(json, "name"), Quantity.read(json), reservations(json), disk, role);
    }

    private static List<JsonNode> reservations(JsonNode json) {
        if (json.path("reservations").size() > 0) {
            return Json.elements(json.path("reservations"));
        }
        String role = Json.text(json, "role");
        if (role.isEmpty() || role.equals("*")) {
            return List.of();
        }
        JsonNode old = json.path("reservation");
        ObjectNode reservation = Json.object().put("type", old.isMissingNode() ? "STATIC" : "DYNAMIC");
        reservation.put("role", role);
        old.properties().forEach(each -> reservation.set(each.getKey(), each.getValue()));
        return List.of(reservation);
    }

    boolean sameKind(Resource other) {
        return with(other.amount).equals(other);
    }

    boolean contains(Resource other) {
        return sameKind(other) && (indivisible() ? amount.equals(other.amount) : amount.contains(other.amount));
    }

    private boolean indivisible() {
        return isVolume() || mountedAt().isPresent();
    }

    boolean isVolume() {
        return disk.filter(each -> each.has("persistence")).isPresent();
    }

    /** The folder of a disk that only goes as a whole. */
    Optional<Path> mountedAt() {
        return disk.map(each -> each.path("source"))
                .filter(each -> Json.text(each, "type").equals(MOUNT))
                .map(each -> Path.of(Json.text(each.path("mount"), "root")));
    }

    /** The id of the persistent volume, empty when it is none. */
    String volumeId() {
        return disk.map(each -> each.path("persistence").path("id").asString(""))
                .orElse("");
    }

    /** The role that it is reserved for, empty when for none. */
    String reservedRole() {
        return reservations.isEmpty() ? "" : Json.text(reservations.getLast(), "role");
    }

    Resource with(Quantity other) {
        return new Resource(name, other, reservations, disk, role);
    }

    Resource allocatedTo(String other) {
        return new Resource(name, amount, reservations, disk, other);
    }

    Resource reservedAs(List<JsonNode> other) {
        return new Resource(name, amount, other, disk, role);
    }

    /** On a disk of that description. */
    Resource on(JsonNode described) {
        return new Resource(name, amount, reservations, Optional.of(described), role);
    }

    /** Without the persistent volume, keeping the disk's source. */
    Resource withoutVolume() {
        Optional<JsonNode> source = disk.map(each -> each.path("source"))
                .filter(JsonNode::isObject)
                .map(each -> Json.object("source", each));
        return new Resource(name, amount, reservations, source, role);
    }

    /** As offers and tasks show it to a framework of these capabilities. */
    ObjectNode json(boolean refined, boolean multiRole) {
        ObjectNode json = Json.object().put("name", name);
        amount.writeTo(json);
        if (!refined) {
            json.put("role", reservations.isEmpty() ? "*" : reservedRole());
        }
        if (!role.isEmpty() && multiRole) {
            json.set("allocation_info", Json.object().put("role", role));
        }
        if (!reservations.isEmpty() && refined) {
            json.set("reservations", Json.array(reservations));
        }
        if (!reservations.isEmpty() && !refined) {
            ObjectNode reservation = Json.object();
            reservations.getLast().properties().forEach(each -> reservation.set(each.getKey(), each.getValue()));
            json.set("reservation", reservation.without(List.of("type", "role")));
        }
        disk.ifPresent(each -> json.set("disk", each));
        return json;
    }

    /** As Mesos prints it in its messages. */
    String text() {
        String allocated = role.isEmpty() ? "" : "(allocated: " + role + ")";
        String reserved = reservations.isEmpty()
                ? ""
                : reservations.stream()
                        .map(Resource::reservationText)
                        .collect(Collectors.joining(",", "(reservations: [", "])"));
        String volume = isVolume()
                ? "[" + volumeId() + ":"
                        + disk.orElseThrow()
                                .path("volume")
                                .path("container_path")
                                .asString("") + "]"
                : "";
        return name + allocated + reserved + volume + ":" + amount.text();
    }

    private static String reservationText(JsonNode reservation) {
        String labels = Json.elements(reservation.path("labels").path("labels")).stream()
                .map(each -> Json.text(each, "key") + ": " + Json.text(each, "value"))
                .collect(Collectors.joining(", "));
        String principal = reservation.has("principal") ? "," + Json.text(reservation, "principal") : "";
        return "(" + Json.text(reservation, "type") + "," + Json.text(reservation, "role") + principal
                + (labels.isEmpty() ? "" : ",{" + labels + "}") + ")";
    }
}
