package dev.cotton.scheduler.zookeeper;

import dev.cotton.core.port.StateStore.StateException;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.Properties;
import org.apache.zookeeper.server.embedded.ExitHandler;
import org.apache.zookeeper.server.embedded.ZooKeeperServerEmbedded;

/**
 * A ZooKeeper server inside this process, for one machine: it listens on loopback only and keeps its data in a folder,
 * with a log that is forced to disk at every write. Of the four-letter words it answers only {@code srvr}, which
 * ZooKeeper does not let be switched off. One per process.
 */
public final class EmbeddedZooKeeper implements AutoCloseable {
    private static final Duration START = Duration.ofSeconds(30);
    private static final String ADDRESS = "127.0.0.1";

    private final ZooKeeperServerEmbedded server;
    private final int port;

    private EmbeddedZooKeeper(ZooKeeperServerEmbedded server) {
        this.server = server;
        this.port = server.getClientPort();
    }

    /**
     * @param folder for its data alone; made with mode 0700 when absent
     * @param port to listen on, or 0 for a free one
     * @throws StateException when it does not start: the port is taken, or the folder cannot be used
     */
    public static EmbeddedZooKeeper start(Path folder, int port) {
        try {
            Files.createDirectories(
                    folder, PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rwx------")));
            Files.setPosixFilePermissions(folder, PosixFilePermissions.fromString("rwx------"));
        } catch (IOException e) {
            throw new StateException("The folder " + folder + " for ZooKeeper's data cannot be used: " + e, e);
        }
        checkFree(port);
        try {
            ZooKeeperServerEmbedded server = ZooKeeperServerEmbedded.builder()
                    .baseDir(folder)
                    .configuration(configuration(folder, port))
                    .exitHandler(ExitHandler.LOG_ONLY)
                    .build();
            server.start(START.toMillis());
            return new EmbeddedZooKeeper(server);
        } catch (Exception e) {
            throw new StateException(
                    "ZooKeeper did not start on " + ADDRESS + ":" + port + " with its data in " + folder + ": " + e, e);
        }
    }

    /** The server itself would only find out after a long while. */
    private static void checkFree(int port) {
        try (ServerSocket probe = new ServerSocket()) {
            probe.setReuseAddress(true);
            probe.bind(new InetSocketAddress(InetAddress.ofLiteral(ADDRESS), port));
        } catch (IOException e) {
            throw new StateException(
                    "ZooKeeper cannot listen on " + ADDRESS + ":" + port + ": " + e.getMessage()
                            + ". Stop what listens there, or give another port.",
                    e);
        }
    }

    private static Properties configuration(Path folder, int port) {
        Properties properties = new Properties();
        properties.setProperty("dataDir", folder.toAbsolutePath().toString());
        properties.setProperty("clientPortAddress", ADDRESS);
        properties.setProperty("clientPort", Integer.toString(port));
        properties.setProperty("tickTime", "1000");
        properties.setProperty("maxClientCnxns", "0");
        properties.setProperty("admin.enableServer", "false");
        properties.setProperty("4lw.commands.whitelist", "");
        properties.setProperty("autopurge.purgeInterval", "1");
        properties.setProperty("autopurge.snapRetainCount", "3");
        properties.setProperty("preAllocSize", "1024");
        properties.setProperty("snapCount", "10000");
        return properties;
    }

    public int port() {
        return port;
    }

    /** Where this server's own scheduler finds it. */
    public ZooKeeperUrl url() {
        return new ZooKeeperUrl(Optional.empty(), List.of(ADDRESS + ":" + port), "/cotton");
    }

    /** Stops listening; what was written is on disk already. */
    @Override
    public void close() {
        server.close();
    }
}
