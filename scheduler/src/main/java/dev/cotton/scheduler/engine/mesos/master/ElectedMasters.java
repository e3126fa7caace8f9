package dev.cotton.scheduler.engine.mesos.master;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.cotton.core.mesos.MasterInfo;
import dev.cotton.core.model.Endpoint;
import dev.cotton.scheduler.zookeeper.ZooKeeperUrl;
import java.io.IOException;
import java.time.Duration;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import org.apache.curator.framework.CuratorFramework;
import org.apache.curator.framework.CuratorFrameworkFactory;
import org.apache.curator.retry.RetryOneTime;
import org.apache.zookeeper.KeeperException.NoNodeException;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.json.JsonMapper;

/**
 * The masters' own election in ZooKeeper: each has a node {@code json.info_<sequence>} that lives as long as its session
 * and describes it; the lowest sequence leads. Asked anew each time, so that the answer is never older than the question.
 */
final class ElectedMasters implements Masters {
    private static final String CANDIDATE = "json.info_";
    private static final int PAUSE_BEFORE_SECOND_TRY_MS = 200;
    private static final JsonMapper JSON = JsonMapper.builder().build();

    private final ZooKeeperUrl url;
    private final Duration limit;
    private final CuratorFramework curator;
    private boolean started;

    /** @param limit of a wait for the ensemble */
    ElectedMasters(ZooKeeperUrl url, Duration limit) {
        this.url = url;
        this.limit = limit;
        CuratorFrameworkFactory.Builder builder = CuratorFrameworkFactory.builder()
                .connectString(url.connectString())
                .sessionTimeoutMs((int) limit.toMillis())
                .connectionTimeoutMs((int) limit.toMillis())
                .retryPolicy(new RetryOneTime(PAUSE_BEFORE_SECOND_TRY_MS))
                .ensembleTracker(false);
        url.credentials().ifPresent(text -> builder.authorization("digest", text.getBytes(UTF_8)));
        this.curator = builder.build();
    }

    @Override
    public Endpoint next() throws IOException, InterruptedException {
        if (!started) {
            curator.start();
            started = true;
        }
        if (!curator.blockUntilConnected((int) limit.toMillis(), TimeUnit.MILLISECONDS)) {
            throw new IOException(
                    "no ZooKeeper answers at " + url.connectString() + " within " + limit.toSeconds() + " seconds");
        }
        try {
            return leading();
        } catch (InterruptedException | IOException e) {
            throw e;
        } catch (Exception e) {
            throw new IOException("ZooKeeper at " + url + " could not be asked for the leading master: " + e, e);
        }
    }

    private Endpoint leading() throws Exception {
        String path = url.root().isEmpty() ? "/" : url.root();
        try {
            Optional<String> leader = lowest(curator.getChildren().forPath(path));
            if (leader.isEmpty()) {
                throw new IOException("no Mesos master has a node in " + url);
            }
            byte[] described = curator.getData().forPath(url.root() + "/" + leader.get());
            return endpoint(JSON.readValue(described, MasterInfo.class));
        } catch (NoNodeException e) {
            throw new IOException("there is no Mesos master in " + url + " (no node " + e.getPath() + ")", e);
        } catch (JacksonException e) {
            throw new IOException("the leading master's node in " + url + " cannot be understood", e);
        }
    }

    /** The candidate with the lowest sequence; other nodes are Mesos' own affair. */
    static Optional<String> lowest(List<String> nodes) {
        return nodes.stream()
                .filter(node -> node.startsWith(CANDIDATE)
                        && node.substring(CANDIDATE.length()).matches("[0-9]{1,18}"))
                .min(Comparator.comparingLong(node -> Long.parseLong(node.substring(CANDIDATE.length()))));
    }

    /** By address rather than by name: a master that is given a name for people need not be found by it. */
    static Endpoint endpoint(MasterInfo master) throws IOException {
        Optional<Endpoint> address =
                master.address().flatMap(at -> at.ip().or(at::hostname).map(host -> new Endpoint(host, at.port())));
        return address.or(() -> master.hostname().map(host -> new Endpoint(host, master.port())))
                .orElseThrow(() -> new IOException("the leading master's node in ZooKeeper has no address"));
    }

    @Override
    public void close() {
        curator.close();
    }
}
