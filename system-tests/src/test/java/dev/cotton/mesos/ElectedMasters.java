package dev.cotton.mesos;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.cotton.testing.mesos.LeaderAnnouncements;
import org.apache.curator.framework.CuratorFramework;
import org.apache.curator.framework.CuratorFrameworkFactory;
import org.apache.curator.retry.RetryOneTime;
import org.apache.zookeeper.CreateMode;

/** The masters' election in a ZooKeeper, as Mesos leaves it there. */
final class ElectedMasters implements LeaderAnnouncements, AutoCloseable {
    private static final String FOLDER = "/mesos";

    private final String servers;
    private final CuratorFramework curator;

    /** @param servers {@code host:port} of the ZooKeeper */
    ElectedMasters(String servers) {
        this.servers = servers;
        this.curator = CuratorFrameworkFactory.newClient(servers, new RetryOneTime(1000));
        curator.start();
    }

    /** What a scheduler is told. */
    String address() {
        return "zk://" + servers + FOLDER;
    }

    @Override
    public AutoCloseable announce(String masterInfo) {
        try {
            String node = curator.create()
                    .creatingParentsIfNeeded()
                    .withMode(CreateMode.EPHEMERAL_SEQUENTIAL)
                    .forPath(FOLDER + "/json.info_", masterInfo.getBytes(UTF_8));
            return () -> curator.delete().forPath(node);
        } catch (Exception e) {
            throw new IllegalStateException("A master cannot be announced.", e);
        }
    }

    @Override
    public void close() {
        curator.close();
    }
}
