package dev.cotton.executor.app;

import dev.cotton.core.wire.ExecutorConfig;
import dev.cotton.executor.role.Instance;
import dev.cotton.executor.server.DataFolder;
import dev.cotton.executor.server.ExecutorUser;
import dev.cotton.executor.server.ServerException;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;

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
        configureLibraries(new DataFolder(Path.of(config.folder())).executorLog());
        CountDownLatch ended = new CountDownLatch(1);
        Runtime.getRuntime().addShutdownHook(new Thread(ended::countDown, "end"));
        new InstanceService(config, Optional.empty()).run(new InstanceService.Life() {
            @Override
            public void listening() {
                // Nobody waits for that here.
            }

            @Override
            public void live(Instance instance) throws InterruptedException {
                ended.await();
            }
        });
    }

    /**
     * Before any of them is used.
     *
     * @param log where they log to
     */
    static void configureLibraries(Path log) {
        System.setProperty("cotton.log", log.toString());
        // The store of the authority's certificate keeps no secret: no keys are stretched for it at each login.
        System.setProperty("keystore.pkcs12.certProtectionAlgorithm", "NONE");
        System.setProperty("keystore.pkcs12.macAlgorithm", "NONE");
        System.setProperty("com.mysql.cj.disableAbandonedConnectionCleanup", "true");
        // Without it, small answers wait for the peer's delayed acknowledgement: 40 ms.
        System.setProperty("sun.net.httpserver.nodelay", "true");
        System.setProperty("sun.net.httpserver.idleInterval", "60");
        System.setProperty("sun.net.httpserver.maxReqTime", "30");
    }

    /** This executor's version. */
    static String version() {
        return Optional.ofNullable(ExecutorApp.class.getPackage().getImplementationVersion())
                .orElse("development");
    }
}
