package dev.cotton.scheduler.zookeeper;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.cotton.core.port.StateStore.StateException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.apache.curator.framework.CuratorFramework;
import org.apache.curator.framework.CuratorFrameworkFactory;
import org.apache.curator.framework.api.ACLProvider;
import org.apache.curator.retry.RetryForever;
import org.apache.zookeeper.ZooDefs.Ids;
import org.apache.zookeeper.ZooDefs.Perms;
import org.apache.zookeeper.data.ACL;

/**
 * One scheduler's session with an ensemble, shared by its store and its leadership. It comes back by itself when the
 * connection or the session is lost. With credentials everything is for their holders only, except that everybody may
 * read discovery; without, everything is open. Thread-safe.
 */
public final class ZooKeeperConnection implements AutoCloseable {
    private static final Duration SESSION = Duration.ofSeconds(10);
    private static final int PAUSE_BETWEEN_TRIES_MS = 200;
    private static final List<ACL> PUBLIC =
            List.of(new ACL(Perms.ALL, Ids.AUTH_IDS), new ACL(Perms.READ, Ids.ANYONE_ID_UNSAFE));

    private final ZooKeeperUrl url;
    private final Layout layout;
    private final CuratorFramework curator;
    private final Duration firstContact;
    private final Calls calls;
    private final LeaderTerm term = new LeaderTerm();

    private ZooKeeperConnection(ZooKeeperUrl url, Duration session) {
        this.url = url;
        this.layout = new Layout(url.root());
        this.firstContact = session.multipliedBy(3).dividedBy(2);
        CuratorFrameworkFactory.Builder builder = CuratorFrameworkFactory.builder()
                .connectString(url.connectString())
                .sessionTimeoutMs((int) session.toMillis())
                .connectionTimeoutMs((int) session.toMillis())
                .retryPolicy(new RetryForever(PAUSE_BETWEEN_TRIES_MS))
                .ensembleTracker(false)
                .dontUseContainerParents()
                .aclProvider(new Access());
        url.credentials().ifPresent(text -> builder.authorization("digest", text.getBytes(UTF_8)));
        this.curator = builder.build();
        this.calls = new Calls(curator, session, this::acl);
    }

    /**
     * Connects and makes the folders that are needed.
     *
     * @throws StateException when no server answers, or when what is there belongs to other credentials
     */
    public static ZooKeeperConnection open(ZooKeeperUrl url) {
        return open(url, SESSION);
    }

    /** @param session after which silence is taken for death, and the limit of every single call */
    static ZooKeeperConnection open(ZooKeeperUrl url, Duration session) {
        ZooKeeperConnection connection = new ZooKeeperConnection(url, session);
        try {
            connection.start();
            return connection;
        } catch (RuntimeException e) {
            connection.close();
            throw e;
        }
    }

    private void start() {
        curator.start();
        try {
            if (!curator.blockUntilConnected((int) firstContact.toMillis(), TimeUnit.MILLISECONDS)) {
                throw new StateException("No ZooKeeper answers at " + url.connectString() + " within "
                        + firstContact.toSeconds() + " seconds.");
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new StateException("Interrupted while connecting to ZooKeeper.", e);
        }
        for (String folder : folders()) {
            calls.create(folder, "");
        }
        calls.create(layout.term(), "0");
    }

    private List<String> folders() {
        List<String> folders = new ArrayList<>();
        for (int slash = url.root().indexOf('/', 1);
                slash > 0;
                slash = url.root().indexOf('/', slash + 1)) {
            folders.add(url.root().substring(0, slash));
        }
        if (!url.root().isEmpty()) {
            folders.add(url.root());
        }
        folders.addAll(List.of(
                layout.own(),
                layout.clusters(),
                layout.names(),
                layout.election(),
                layout.engines(),
                layout.engine("local"),
                layout.engine("mesos"),
                layout.engine("mesos-framework"),
                layout.engine(ZooKeeperEngineRecords.BACKUPS),
                layout.discover()));
        return folders;
    }

    public ZooKeeperUrl url() {
        return url;
    }

    /** Whether a server answers now. */
    public boolean connected() {
        return curator.getZookeeperClient().isConnected();
    }

    Layout layout() {
        return layout;
    }

    CuratorFramework curator() {
        return curator;
    }

    Calls calls() {
        return calls;
    }

    LeaderTerm term() {
        return term;
    }

    List<ACL> acl(String path) {
        if (url.credentials().isEmpty()) {
            return Ids.OPEN_ACL_UNSAFE;
        }
        return layout.isPublic(path) ? PUBLIC : Ids.CREATOR_ALL_ACL;
    }

    @Override
    public void close() {
        curator.close();
    }

    private final class Access implements ACLProvider {
        @Override
        public List<ACL> getDefaultAcl() {
            return acl("");
        }

        @Override
        public List<ACL> getAclForPath(String path) {
            return acl(path);
        }
    }
}
