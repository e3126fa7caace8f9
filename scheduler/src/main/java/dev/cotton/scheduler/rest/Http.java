package dev.cotton.scheduler.rest;

import dev.cotton.scheduler.rest.edge.MalformedRequests;
import dev.cotton.scheduler.rest.edge.ServerTls;
import io.javalin.compression.CompressionStrategy;
import io.javalin.config.JavalinConfig;
import io.javalin.config.SizeUnit;
import java.util.Optional;
import java.util.concurrent.Executors;
import org.eclipse.jetty.server.HttpConfiguration;
import org.eclipse.jetty.server.HttpConnectionFactory;
import org.eclipse.jetty.server.SecureRequestCustomizer;
import org.eclipse.jetty.server.Server;
import org.eclipse.jetty.server.ServerConnector;
import org.eclipse.jetty.server.SslConnectionFactory;
import org.eclipse.jetty.util.ssl.SslContextFactory;
import org.eclipse.jetty.util.thread.QueuedThreadPool;

/** How the server speaks HTTP: its address, limits, threads and TLS. */
final class Http {
    private static final int LARGEST_BODY = 1 << 20;
    private static final int MOST_PLATFORM_THREADS = 16;
    private static final long STOP_MILLIS = 3_000;

    private Http() {}

    /** Reads the TLS files at once. */
    static void configure(JavalinConfig config, RestSettings settings) {
        Optional<SslContextFactory.Server> tls =
                settings.access().tls().map(files -> ServerTls.server(files.certificate(), files.key()));
        config.startup.showJavalinBanner = false;
        config.startup.showOldJavalinVersionWarning = false;
        config.startup.startupWatcherEnabled = false;
        config.router.ignoreTrailingSlashes = false;
        config.http.maxRequestSize = LARGEST_BODY;
        config.http.prefer405over404 = true;
        config.http.compressionStrategy = CompressionStrategy.NONE;
        config.jetty.multipartConfig.maxTotalRequestSize(1, SizeUnit.MB);
        config.jetty.multipartConfig.maxInMemoryFileSize(1, SizeUnit.MB);
        config.jetty.threadPool = threads();
        config.jetty.modifyServer(server -> {
            server.setStopTimeout(STOP_MILLIS);
            server.setErrorHandler(new MalformedRequests());
        });
        config.jetty.addConnector((server, http) -> connector(server, http, settings, tls));
    }

    /** Requests run on virtual threads; the few platform threads look after sockets. */
    private static QueuedThreadPool threads() {
        QueuedThreadPool pool = new QueuedThreadPool(MOST_PLATFORM_THREADS, 2);
        pool.setName("rest");
        pool.setVirtualThreadsExecutor(Executors.newThreadPerTaskExecutor(
                Thread.ofVirtual().name("rest-request-", 0).factory()));
        return pool;
    }

    private static ServerConnector connector(
            Server server, HttpConfiguration http, RestSettings settings, Optional<SslContextFactory.Server> tls) {
        ServerConnector connector = tls.map(factory -> secure(server, http, factory))
                .orElseGet(() -> new ServerConnector(server, new HttpConnectionFactory(http)));
        connector.setHost(settings.address());
        connector.setPort(settings.port());
        return connector;
    }

    private static ServerConnector secure(Server server, HttpConfiguration http, SslContextFactory.Server factory) {
        http.addCustomizer(new SecureRequestCustomizer(false));
        return new ServerConnector(
                server, new SslConnectionFactory(factory, "http/1.1"), new HttpConnectionFactory(http));
    }
}
