package dev.cotton.scheduler.zookeeper;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.awaitility.Awaitility.await;

import dev.cotton.core.port.Leadership;
import dev.cotton.core.port.StateStore;
import dev.cotton.testing.contract.Participant;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Stream;
import org.apache.curator.framework.CuratorFramework;
import org.apache.curator.framework.CuratorFrameworkFactory;
import org.apache.curator.retry.RetryOneTime;
import org.junit.jupiter.api.extension.AfterAllCallback;
import org.junit.jupiter.api.extension.AfterEachCallback;
import org.junit.jupiter.api.extension.BeforeAllCallback;
import org.junit.jupiter.api.extension.BeforeEachCallback;
import org.junit.jupiter.api.extension.ExtensionContext;

/** A real ZooKeeper server for a test class; every test has a path of its own in it. Closes all that it gave out. */
final class TestEnsemble implements BeforeAllCallback, BeforeEachCallback, AfterEachCallback, AfterAllCallback {
    private static final Duration SESSION = Duration.ofSeconds(2);
    private static final AtomicInteger PATHS = new AtomicInteger();

    private final List<AutoCloseable> opened = new ArrayList<>();
    private Path folder = Path.of("");
    private Optional<EmbeddedZooKeeper> server = Optional.empty();
    private String root = "";

    /** A scheduler whose connection can be taken away. */
    record Scheduler(
            Wire wire, ZooKeeperConnection connection, ZooKeeperLeadership leadership, ZooKeeperStateStore records)
            implements Participant {
        /** The term that it leads under. */
        long term() {
            return connection.term().held().orElseThrow().number();
        }

        /** All that there is below the root of its URL, as it sees it. */
        List<String> everyPath() throws Exception {
            List<String> paths = new ArrayList<>(List.of(connection.url().root()));
            for (int next = 0; next < paths.size(); next++) {
                String parent = paths.get(next);
                connection.curator().getChildren().forPath(parent).forEach(child -> paths.add(parent + "/" + child));
            }
            return paths;
        }

        @Override
        public StateStore store() {
            return records;
        }

        @Override
        public void cutOff() {
            wire.cut();
        }

        @Override
        public void reconnect() {
            wire.mend();
        }

        @Override
        public void close() {
            leadership.close();
            connection.close();
        }
    }

    @Override
    public void beforeAll(ExtensionContext context) throws IOException {
        folder = Files.createTempDirectory("cotton-zookeeper");
        server = Optional.of(EmbeddedZooKeeper.start(folder, 0));
    }

    @Override
    public void beforeEach(ExtensionContext context) {
        root = "/test-" + PATHS.incrementAndGet() + "/fleet";
    }

    @Override
    public void afterEach(ExtensionContext context) throws Exception {
        for (AutoCloseable each : opened.reversed()) {
            each.close();
        }
        opened.clear();
    }

    @Override
    public void afterAll(ExtensionContext context) throws IOException {
        server.ifPresent(EmbeddedZooKeeper::close);
        try (Stream<Path> files = Files.walk(folder)) {
            files.sorted(Comparator.reverseOrder()).map(Path::toFile).forEach(file -> file.delete());
        }
    }

    int port() {
        return server.orElseThrow().port();
    }

    String root() {
        return root;
    }

    ZooKeeperUrl url(Optional<String> credentials, int port) {
        return new ZooKeeperUrl(credentials, List.of("127.0.0.1:" + port), root);
    }

    /** Another scheduler on this test's path. */
    Scheduler scheduler(Optional<String> credentials) {
        try {
            Wire wire = new Wire(port());
            opened.add(wire);
            ZooKeeperConnection connection = connection(credentials, wire.port());
            Scheduler scheduler = new Scheduler(
                    wire, connection, new ZooKeeperLeadership(connection), new ZooKeeperStateStore(connection));
            opened.add(scheduler);
            return scheduler;
        } catch (IOException e) {
            throw new AssertionError(e);
        }
    }

    Scheduler scheduler() {
        return scheduler(Optional.empty());
    }

    /** Another scheduler, which leads. */
    Scheduler leader() {
        return leader(Optional.empty());
    }

    Scheduler leader(Optional<String> credentials) {
        Scheduler scheduler = scheduler(credentials);
        CountDownLatch elected = new CountDownLatch(1);
        scheduler.leadership().join("http://leader", new Leadership.Listener() {
            @Override
            public void elected(long term) {
                elected.countDown();
            }

            @Override
            public void deposed() {}
        });
        await().until(() -> elected.getCount() == 0);
        return scheduler;
    }

    ZooKeeperConnection connection(Optional<String> credentials, int port) {
        ZooKeeperConnection connection = ZooKeeperConnection.open(url(credentials, port), SESSION);
        opened.add(connection);
        return connection;
    }

    /** A client that is not Cotton's, without credentials. */
    CuratorFramework stranger() {
        CuratorFramework client = CuratorFrameworkFactory.newClient("127.0.0.1:" + port(), new RetryOneTime(100));
        client.start();
        opened.add(client);
        return client;
    }

    /** What a stranger sees below a path of this test's: path relative to it, to data. */
    SortedMap<String, String> seen(String path) {
        SortedMap<String, String> nodes = new TreeMap<>();
        String top = root + path;
        try {
            collect(stranger(), top, top.length() + 1, nodes);
        } catch (Exception e) {
            throw new AssertionError(e);
        }
        return nodes;
    }

    private static void collect(CuratorFramework client, String path, int prefix, SortedMap<String, String> into)
            throws Exception {
        for (String child : client.getChildren().forPath(path)) {
            String node = path + "/" + child;
            into.put(node.substring(prefix), new String(client.getData().forPath(node), UTF_8));
            collect(client, node, prefix, into);
        }
    }
}
