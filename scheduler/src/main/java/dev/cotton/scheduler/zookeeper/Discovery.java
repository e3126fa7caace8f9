package dev.cotton.scheduler.zookeeper;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.cotton.core.model.ClusterRecord;
import dev.cotton.core.model.Endpoint;
import dev.cotton.core.model.Member;
import dev.cotton.core.model.Member.Announced;
import dev.cotton.core.port.StateStore.StateException;
import java.util.ArrayList;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;
import org.apache.zookeeper.CreateMode;
import org.apache.zookeeper.Op;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/**
 * What clients find of a cluster: nodes by path. Old clients rely on this form, so it stays: a member keeps its name
 * when it moves from {@code slaves} to {@code master}, of which there is one at most, and the cluster's own node is the
 * last to go.
 */
final class Discovery {
    private static final int ANY_VERSION = -1;
    private static final JsonMapper JSON = new JsonMapper();

    private Discovery() {}

    /**
     * The nodes that belong to {@code record}; none when it does not hold its name, and no members while it comes from a copy
     * that may be older than its cluster.
     */
    static SortedMap<String, String> of(Layout layout, ClusterRecord record) {
        SortedMap<String, String> nodes = new TreeMap<>();
        if (!record.holdsName()) {
            return nodes;
        }
        String cluster = layout.discovered(record.name());
        nodes.put(cluster, "");
        nodes.put(cluster + "/master", "");
        nodes.put(cluster + "/slaves", "");
        if (record.members().stream()
                        .filter(member -> member.announced() == Announced.PRIMARY)
                        .count()
                > 1) {
            throw new StateException(
                    "The record of " + record.name() + " announces more than one primary. Nothing was changed.");
        }
        if (record.recovered().isPresent()) {
            return nodes;
        }
        for (Member member : record.members()) {
            switch (member.announced()) {
                case NONE -> {}
                case PRIMARY -> nodes.put(path(cluster + "/master", member), master(record, member));
                case REPLICA ->
                    nodes.put(path(cluster + "/slaves", member), JSON.writeValueAsString(serverSet(member)));
            }
        }
        return nodes;
    }

    private static String path(String group, Member member) {
        return "%s/member_%010d".formatted(group, member.id().ordinal());
    }

    /** With the epoch, by which a reader tells an old master from a new one; old readers pass over fields they do not know. */
    private static String master(ClusterRecord record, Member member) {
        return JSON.writeValueAsString(serverSet(member).put("epoch", record.epoch()));
    }

    private static ObjectNode serverSet(Member member) {
        Endpoint endpoint = member.endpoint()
                .orElseThrow(() -> new StateException(
                        member.id() + " is announced and nobody knows where it is. Nothing was changed."));
        ObjectNode entry = JSON.createObjectNode();
        entry.putObject("serviceEndpoint").put("host", endpoint.host()).put("port", endpoint.port());
        entry.putObject("additionalEndpoints");
        return entry.put("status", "ALIVE");
    }

    /** What turns {@code now} into {@code next}: removals first, the deepest before what they are in. */
    static List<Op> changes(Calls calls, SortedMap<String, String> now, SortedMap<String, String> next) {
        List<Op> changes = new ArrayList<>();
        now.keySet().stream()
                .filter(path -> !next.containsKey(path))
                .sorted((a, b) -> b.compareTo(a))
                .forEach(path -> changes.add(Op.delete(path, ANY_VERSION)));
        next.forEach((path, text) -> {
            byte[] data = text.getBytes(UTF_8);
            if (!now.containsKey(path)) {
                changes.add(calls.creation(path, data, CreateMode.PERSISTENT));
            } else if (!text.equals(now.get(path))) {
                changes.add(Op.setData(path, data, ANY_VERSION));
            }
        });
        return changes;
    }

    /** The nodes that are at {@code path} and below it. */
    static SortedMap<String, String> seen(Calls calls, String path) {
        SortedMap<String, String> nodes = new TreeMap<>();
        calls.read(path).ifPresent(node -> {
            nodes.put(path, node.text());
            calls.children(path).forEach(child -> nodes.putAll(seen(calls, path + "/" + child)));
        });
        return nodes;
    }
}
