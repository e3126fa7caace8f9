package dev.cotton.scheduler.zookeeper;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.cotton.core.model.Recovered;
import dev.cotton.core.port.StateStore.StateException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.apache.zookeeper.Op;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/**
 * All that schedulers keep of a fleet in ZooKeeper, to be copied and to be brought back where there is nothing. Who leads
 * and what discovery shows are left out: they follow from the rest. Used by one thread.
 */
public final class StateCopy {
    /** Terms that others may have led since the copy was made: executors obey only who comes after all of them. */
    private static final long TERMS_SINCE = 1_000_000;

    private static final String CLUSTERS = "clusters/";
    private static final JsonMapper JSON = JsonMapper.shared();

    private final Calls calls;
    private final Layout layout;

    public StateCopy(ZooKeeperConnection connection) {
        this.calls = connection.calls();
        this.layout = connection.layout();
    }

    /** The nodes, each after the one above it. Records are each as they were at one moment, not all at the same. */
    public List<StateNode> read() {
        calls.sync(layout.own());
        List<StateNode> nodes = new ArrayList<>();
        Set<String> leftOut = Set.of(layout.election(), layout.leader());
        calls.children(layout.own()).stream()
                .map(name -> layout.own() + "/" + name)
                .filter(path -> !leftOut.contains(path))
                .forEach(path -> read(path, nodes));
        return List.copyOf(nodes);
    }

    private void read(String path, List<StateNode> nodes) {
        calls.read(path).ifPresent(node -> {
            nodes.add(new StateNode(path.substring(layout.own().length() + 1), node.text()));
            calls.children(path).forEach(name -> read(path + "/" + name, nodes));
        });
    }

    /** Whether there are clusters, or an authority that executors trust. */
    public boolean holdsAFleet() {
        calls.sync(layout.own());
        return !calls.children(layout.clusters()).isEmpty()
                || calls.read(layout.authority()).isPresent();
    }

    /**
     * Writes what was read from another place. Records of clusters are marked: nothing is told to a member before all of them
     * have said that they have seen nothing newer.
     *
     * @param at when it was read
     * @throws StateException when something is there already, or what is given is no copy; nothing was written then
     */
    public void write(List<StateNode> nodes, Instant at) {
        if (holdsAFleet()) {
            throw new StateException("There is a fleet at " + layout.own() + " already; nothing was written.");
        }
        List<StateNode> prepared =
                nodes.stream().map(node -> prepared(node, at)).toList();
        for (StateNode node : prepared) {
            String path = layout.own() + "/" + node.path();
            calls.create(path, "");
            calls.transact(List.of(Op.setData(path, node.text().getBytes(UTF_8), -1)));
        }
    }

    private static StateNode prepared(StateNode node, Instant at) {
        if (!node.path().matches("[A-Za-z0-9_.-]+(/[A-Za-z0-9_.-]+)*")) {
            throw new StateException("'" + node.path() + "' is not a node of a fleet's state; nothing was written.");
        }
        try {
            if (node.path().equals("term")) {
                return new StateNode(node.path(), Long.toString(Long.parseLong(node.text()) + TERMS_SINCE));
            }
            return node.path().startsWith(CLUSTERS)
                    ? new StateNode(node.path(), marked((ObjectNode) JSON.readTree(node.text()), at))
                    : node;
        } catch (JacksonException | ClassCastException | NumberFormatException malformed) {
            throw new StateException("The node " + node.path() + " cannot be read; nothing was written.", malformed);
        }
    }

    private static String marked(ObjectNode record, Instant at) {
        JsonNode before = record.path("recovered");
        if (before.isMissingNode() || before.isNull()) {
            Recovered copy = new Recovered(
                    at, record.path("epoch").asLong(), record.path("version").asLong());
            record.set("recovered", JSON.valueToTree(copy));
        }
        return JSON.writeValueAsString(record);
    }
}
