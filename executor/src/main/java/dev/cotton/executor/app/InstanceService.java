package dev.cotton.executor.app;

import dev.cotton.core.storage.BackupStores;
import dev.cotton.core.wire.ExecutorConfig;
import dev.cotton.executor.api.EnrolmentServer;
import dev.cotton.executor.api.HealthServer;
import dev.cotton.executor.api.Identity;
import dev.cotton.executor.api.OrderServer;
import dev.cotton.executor.role.Instance;
import dev.cotton.executor.server.DataFolder;
import dev.cotton.executor.server.Sandbox;
import dev.cotton.executor.sql.JdbcSessions;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * One instance with the servers through which it is spoken to, whoever started its executor.
 *
 * @param sandbox that the executor lives in, if somebody limits it
 */
record InstanceService(ExecutorConfig config, Optional<Sandbox> sandbox) {

    /** What goes on around it. Called by the thread that {@linkplain #run runs} it. */
    interface Life {
        /** The executor's port answers: to be enrolled, or, when told again, to give orders. */
        void listening();

        /** Returns, or is interrupted, when the service is to end. */
        void live(Instance instance) throws InterruptedException;
    }

    /**
     * From the claim on the instance's folder to the end of the servers. What mysqld does then is what {@code life} has
     * done to it: this leaves it as it is.
     *
     * @throws IOException when a port cannot be had
     * @throws dev.cotton.executor.server.ServerException when another executor has the folder
     */
    void run(Life life) throws IOException, InterruptedException {
        DataFolder folder = new DataFolder(Path.of(config.folder()));
        folder.create();
        FileChannel claim = folder.claim();
        try {
            Logger log = LoggerFactory.getLogger(InstanceService.class);
            log.info("The executor {} of {} begins.", ExecutorApp.version(), config.instance());
            Identity identity = new Identity(config, folder);
            if (!identity.enrolled()) {
                log.info("Waits to be enrolled at {}.", config.ports().executorEndpoint());
                new EnrolmentServer(identity, config).await(life::listening);
                log.info("Enrolled.");
            }
            serve(folder, identity, life);
        } finally {
            claim.close();
        }
    }

    private void serve(DataFolder folder, Identity identity, Life life) throws IOException, InterruptedException {
        try (Instance instance = new Instance(
                        config,
                        folder,
                        sandbox,
                        accounts -> new JdbcSessions(
                                config.ports().admin(), identity.trustStore(), identity.trustStorePassword(), accounts),
                        BackupStores.ofThisProgram(),
                        ExecutorApp.version());
                HealthServer health = new HealthServer(instance::status, config.ports());
                OrderServer orders = new OrderServer(instance, identity, folder, config)) {
            instance.start();
            health.start();
            orders.start();
            life.listening();
            life.live(instance);
        }
    }
}
