package dev.cotton.scheduler.zookeeper;

import dev.cotton.core.port.StateStore.StateException;
import java.util.function.Supplier;

/** Where all schedulers of a fleet find the same sealed certificate authority. Thread-safe. */
public final class ZooKeeperAuthority {
    private final ZooKeeperConnection connection;

    public ZooKeeperAuthority(ZooKeeperConnection connection) {
        this.connection = connection;
    }

    /**
     * What is stored. When there is nothing yet, {@code fresh} is stored; of several schedulers that do so at once, one
     * is first and all get what that one stored.
     *
     * @throws StateException when ZooKeeper does not answer
     */
    public String sealed(Supplier<String> fresh) {
        String path = connection.layout().authority();
        Calls calls = connection.calls();
        calls.sync(path);
        return calls.read(path).map(Calls.Node::text).orElseGet(() -> {
            calls.create(path, fresh.get());
            return calls.read(path)
                    .map(Calls.Node::text)
                    .orElseThrow(() -> new StateException("The certificate authority vanished from " + path + "."));
        });
    }
}
