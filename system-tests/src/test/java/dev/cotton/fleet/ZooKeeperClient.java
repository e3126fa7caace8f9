package dev.cotton.fleet;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import org.apache.curator.framework.CuratorFramework;
import org.apache.curator.framework.CuratorFrameworkFactory;
import org.apache.curator.retry.RetryOneTime;
import org.apache.zookeeper.AddWatchMode;
import org.apache.zookeeper.WatchedEvent;
import org.apache.zookeeper.Watcher;
import org.apache.zookeeper.Watcher.Event.EventType;

/** A plain client of ZooKeeper, such as a program that looks for its database has. */
final class ZooKeeperClient implements AutoCloseable {
    private final CuratorFramework curator;

    ZooKeeperClient(String servers) {
        curator = CuratorFrameworkFactory.newClient(servers, new RetryOneTime(1000));
        curator.start();
    }

    /** The nodes at {@code top} and below it, by what follows {@code top} in their paths. */
    SortedMap<String, String> tree(String top) throws Exception {
        SortedMap<String, String> nodes = new TreeMap<>();
        collect(nodes, top, "");
        return nodes;
    }

    private void collect(SortedMap<String, String> nodes, String top, String below) throws Exception {
        nodes.put(below, text(top + below));
        for (String child : children(top + below)) {
            collect(nodes, top, below + "/" + child);
        }
    }

    String text(String path) throws Exception {
        return new String(curator.getData().forPath(path), UTF_8);
    }

    List<String> children(String path) throws Exception {
        return curator.getChildren().forPath(path);
    }

    boolean exists(String path) throws Exception {
        return curator.checkExists().forPath(path) != null;
    }

    /** Sees every node at {@code top} and below it come, change and go, also when none is there yet. */
    Watch watch(String top) throws Exception {
        Watch watch = new Watch(top);
        curator.watchers()
                .add()
                .withMode(AddWatchMode.PERSISTENT_RECURSIVE)
                .usingWatcher((Watcher) watch::happened)
                .forPath(top);
        return watch;
    }

    @Override
    public void close() {
        curator.close();
    }

    /** What happened, in order. Thread-safe. */
    static final class Watch {
        private final String top;
        private final List<String> changes = new ArrayList<>();
        private final Set<String> masters = new HashSet<>();
        private int mostMasters;

        private Watch(String top) {
            this.top = top;
        }

        private synchronized void happened(WatchedEvent event) {
            EventType type = event.getType();
            if (type != EventType.NodeCreated && type != EventType.NodeDeleted && type != EventType.NodeDataChanged) {
                return;
            }
            String path = event.getPath().substring(top.length());
            boolean gone = type == EventType.NodeDeleted;
            changes.add((gone ? "-" : type == EventType.NodeCreated ? "+" : "=") + path);
            if (path.startsWith("/master/")) {
                if (gone) {
                    masters.remove(path);
                } else {
                    masters.add(path);
                }
                mostMasters = Math.max(mostMasters, masters.size());
            }
        }

        /** {@code +} created, {@code -} deleted, {@code =} data changed, then the path below the top. */
        synchronized List<String> changes() {
            return List.copyOf(changes);
        }

        /** How many masters there were at once, at most. */
        synchronized int mostMasters() {
            return mostMasters;
        }
    }
}
