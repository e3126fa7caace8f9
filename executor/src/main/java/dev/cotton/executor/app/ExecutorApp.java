package dev.cotton.executor.app;

import dev.cotton.core.wire.ExecutorConfig;
import dev.cotton.executor.api.EnrolmentServer;
import dev.cotton.executor.api.HealthServer;
import dev.cotton.executor.api.Identity;
import dev.cotton.executor.api.OrderServer;
import dev.cotton.executor.role.Instance;
import dev.cotton.executor.server.DataFolder;
import dev.cotton.executor.server.ExecutorUser;
import dev.cotton.executor.server.ServerException;
import dev.cotton.executor.sql.JdbcSessions;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The executor of one instance. Its only argument is the path of an {@link ExecutorConfig} in JSON, mode 0600. It ends
 * on SIGTERM and leaves mysqld as it is.
 */
public final class ExecutorApp {
    private static final int UNUSABLE = 78;

    private ExecutorApp() {}

    /** @param arguments the path of the configuration */
    public static void main(String... arguments) throws InterruptedException {
        if (arguments.length != 1) {
            end("Usage: ExecutorApp <path of the configuration>");
            return;
        }
        try {
            ExecutorUser.refuseRoot();
            run(ConfigFile.read(Path.of(arguments[0]).toAbsolutePath()));
        } catch (ConfigFile.UnusableConfigException | ServerException refusal) {
            end(String.valueOf(refusal.getMessage()));
        } catch (IOException noPort) {
            end("A port of this instance cannot be had: " + noPort.getMessage());
        }
    }

    private static void end(String sentence) {
        System.err.println(sentence);
        System.exit(UNUSABLE);
    }

    private static void run(ExecutorConfig config) throws IOException, InterruptedException {
        DataFolder folder = new DataFolder(Path.of(config.folder()));
        folder.create();
        FileChannel claim = folder.claim();
        try {
            configureLibraries(folder);
            Logger log = LoggerFactory.getLogger(ExecutorApp.class);
            log.info("The executor {} of {} begins.", version(), config.instance());
            Identity identity = new Identity(config, folder);
            if (!identity.enrolled()) {
                log.info("Waits to be enrolled at {}.", config.ports().executorEndpoint());
                new EnrolmentServer(identity, config).await();
                log.info("Enrolled.");
            }
            serve(config, folder, identity);
        } finally {
            claim.close();
        }
    }

    /** Before any of them is used. */
    static void configureLibraries(DataFolder folder) {
        System.setProperty("cotton.log", folder.executorLog().toString());
        // The store of the authority's certificate keeps no secret: no keys are stretched for it at each login.
        System.setProperty("keystore.pkcs12.certProtectionAlgorithm", "NONE");
        System.setProperty("keystore.pkcs12.macAlgorithm", "NONE");
        System.setProperty("com.mysql.cj.disableAbandonedConnectionCleanup", "true");
        // Without it, small answers wait for the peer's delayed acknowledgement: 40 ms.
        System.setProperty("sun.net.httpserver.nodelay", "true");
        System.setProperty("sun.net.httpserver.idleInterval", "60");
        System.setProperty("sun.net.httpserver.maxReqTime", "30");
    }

    private static void serve(ExecutorConfig config, DataFolder folder, Identity identity)
            throws IOException, InterruptedException {
        CountDownLatch ended = new CountDownLatch(1);
        Runtime.getRuntime().addShutdownHook(new Thread(ended::countDown, "end"));
        try (Instance instance = new Instance(
                        config,
                        folder,
                        accounts -> new JdbcSessions(
                                config.ports().admin(), identity.trustStore(), identity.trustStorePassword(), accounts),
                        version());
                HealthServer health = new HealthServer(instance::status, config.ports());
                OrderServer orders = new OrderServer(instance, identity, folder, config)) {
            instance.start();
            health.start();
            orders.start();
            ended.await();
        }
    }

    private static String version() {
        return Optional.ofNullable(ExecutorApp.class.getPackage().getImplementationVersion())
                .orElse("development");
    }
}
