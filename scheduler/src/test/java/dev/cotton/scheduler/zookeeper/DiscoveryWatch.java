package dev.cotton.scheduler.zookeeper;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.apache.curator.framework.CuratorFramework;
import org.apache.zookeeper.AddWatchMode;
import org.apache.zookeeper.WatchedEvent;
import org.apache.zookeeper.Watcher.Event.EventType;

/** A client that watches a cluster in discovery, one change after the other. Thread-safe. */
final class DiscoveryWatch {
    private final String top;
    private final List<String> changes = new ArrayList<>();
    private final Set<String> masters = new HashSet<>();
    private int mostMasters;

    DiscoveryWatch(CuratorFramework client, String top) throws Exception {
        this.top = top;
        client.watchers()
                .add()
                .withMode(AddWatchMode.PERSISTENT_RECURSIVE)
                .usingWatcher((org.apache.zookeeper.Watcher) this::happened)
                .forPath(top);
    }

    private synchronized void happened(WatchedEvent event) {
        if (event.getPath() == null) {
            return;
        }
        String path = event.getPath().substring(top.length());
        String sign = switch (event.getType()) {
            case NodeCreated -> "+";
            case NodeDeleted -> "-";
            case NodeDataChanged -> "=";
            case NodeChildrenChanged, DataWatchRemoved, ChildWatchRemoved, PersistentWatchRemoved, None -> "?";
        };
        changes.add(sign + path);
        if (path.startsWith("/master/") && event.getType() == EventType.NodeDeleted) {
            masters.remove(path);
        } else if (path.startsWith("/master/")) {
            masters.add(path);
            mostMasters = Math.max(mostMasters, masters.size());
        }
    }

    /** What happened, in order: {@code +} created, {@code -} deleted, {@code =} data changed, then the path below. */
    synchronized List<String> changes() {
        return List.copyOf(changes);
    }

    /** How many masters there were at once, at most. */
    synchronized int mostMasters() {
        return mostMasters;
    }
}
