package dev.cotton.scheduler.engine.mesos.artifact;

import java.net.InetSocketAddress;
import java.net.URI;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.eclipse.jetty.server.HttpConfiguration;
import org.eclipse.jetty.server.HttpConnectionFactory;
import org.eclipse.jetty.server.NetworkConnectionLimit;
import org.eclipse.jetty.server.SecureRequestCustomizer;
import org.eclipse.jetty.server.Server;
import org.eclipse.jetty.server.ServerConnector;
import org.eclipse.jetty.server.SslConnectionFactory;
import org.eclipse.jetty.util.ssl.SslContextFactory;
import org.eclipse.jetty.util.thread.QueuedThreadPool;

/**
 * Hands artifacts out over HTTP or HTTPS. More callers than it serves at once wait to be accepted; who does not take what
 * he asked for is hung up on. Made, started once, closed once. Thread-safe.
 */
public final class ArtifactServer implements AutoCloseable {
    private static final int MOST_CONNECTIONS = 256;
    private static final int MOST_THREADS = 8;
    private static final int WAITING = 1024;
    private static final Duration SILENCE = Duration.ofSeconds(60);
    private static final long STOP_MILLIS = 1_000;

    private final InetSocketAddress address;
    private final boolean secure;
    private final Server server;
    private final ServerConnector connector;

    /**
     * Nobody can connect before {@link #start}.
     *
     * @param address port 0 for any
     * @param tls absent: plain HTTP
     */
    public ArtifactServer(InetSocketAddress address, Optional<SslContextFactory.Server> tls, List<Artifact> artifacts) {
        this.address = address;
        this.secure = tls.isPresent();
        QueuedThreadPool threads = new QueuedThreadPool(MOST_THREADS, 1);
        threads.setName("artifacts");
        threads.setDaemon(true);
        this.server = new Server(threads);
        HttpConfiguration http = new HttpConfiguration();
        http.setSendServerVersion(false);
        this.connector = tls.map(factory -> secure(server, http, factory))
                .orElseGet(() -> new ServerConnector(server, 1, 1, new HttpConnectionFactory(http)));
        connector.setHost(address.getHostString());
        connector.setPort(address.getPort());
        connector.setAcceptQueueSize(WAITING);
        connector.setIdleTimeout(SILENCE.toMillis());
        server.addConnector(connector);
        server.addBean(new NetworkConnectionLimit(MOST_CONNECTIONS, connector));
        server.setStopTimeout(STOP_MILLIS);
        server.setHandler(new ArtifactHandler(artifacts));
    }

    private static ServerConnector secure(Server server, HttpConfiguration http, SslContextFactory.Server factory) {
        http.addCustomizer(new SecureRequestCustomizer(false));
        return new ServerConnector(
                server, 1, 1, new SslConnectionFactory(factory, "http/1.1"), new HttpConnectionFactory(http));
    }

    /** @throws IllegalStateException with a sentence when it cannot listen */
    public void start() {
        try {
            server.start();
        } catch (Exception e) {
            throw new IllegalStateException(
                    "The files for agents cannot be handed out at " + address.getHostString() + " port "
                            + address.getPort() + ": " + e.getMessage(),
                    e);
        }
    }

    /**
     * Where an agent fetches it; only after {@link #start}.
     *
     * @param host the name or address under which agents reach this server
     */
    public URI uri(Artifact artifact, String host) {
        String literal = host.contains(":") ? "[" + host + "]" : host;
        return URI.create(
                (secure ? "https" : "http") + "://" + literal + ":" + connector.getLocalPort() + artifact.path());
    }

    /** Stops listening; who is still fetching is cut off after a second, and can go on with the rest elsewhere. */
    @Override
    public void close() {
        try {
            server.stop();
        } catch (Exception e) {
            throw new IllegalStateException("The files for agents are still handed out: " + e.getMessage(), e);
        }
    }
}
