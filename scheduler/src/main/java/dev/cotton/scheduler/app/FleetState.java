package dev.cotton.scheduler.app;

import dev.cotton.scheduler.security.Keyring;
import dev.cotton.scheduler.zookeeper.StateCopy;
import dev.cotton.scheduler.zookeeper.StateNode;
import dev.cotton.scheduler.zookeeper.ZooKeeperConnection;
import dev.cotton.scheduler.zookeeper.ZooKeeperUrl;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/**
 * All that schedulers keep of a fleet, apart from its databases: what is in ZooKeeper, and the key that its secrets are
 * sealed with.
 *
 * @param version of this form; {@link #VERSION}
 * @param at when it was copied
 * @param keyId of the key that the secrets need
 * @param key base64; a secret. Absent when it is kept elsewhere
 */
public record FleetState(int version, Instant at, String keyId, Optional<String> key, List<StateNode> nodes) {
    /** The form that is written and read. */
    public static final int VERSION = 1;

    public FleetState {
        nodes = List.copyOf(nodes);
    }

    /**
     * What is there now.
     *
     * @param key of the keyring, base64; absent to leave it out
     * @throws RuntimeException with a sentence for the user when ZooKeeper cannot be read
     */
    public static FleetState read(String zkUrl, Keyring keyring, Optional<String> key, Instant now) {
        try (ZooKeeperConnection connection = ZooKeeperConnection.open(ZooKeeperUrl.parse(zkUrl))) {
            return new FleetState(VERSION, now, keyring.id(), key, new StateCopy(connection).read());
        }
    }

    /**
     * Writes it where no fleet is.
     *
     * @throws RuntimeException with a sentence for the user when there is one, or ZooKeeper cannot be written
     */
    public void write(String zkUrl) {
        try (ZooKeeperConnection connection = ZooKeeperConnection.open(ZooKeeperUrl.parse(zkUrl))) {
            new StateCopy(connection).write(nodes, at);
        }
    }

    /** How many clusters are in it, with those in the bin. */
    public long clusters() {
        return nodes.stream()
                .filter(node -> node.path().startsWith("clusters/"))
                .count();
    }

    /** Without the key. */
    @Override
    public String toString() {
        return "FleetState[" + at + ", " + clusters() + " clusters]";
    }
}
