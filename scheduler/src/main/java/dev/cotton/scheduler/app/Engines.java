package dev.cotton.scheduler.app;

import dev.cotton.core.mesos.FrameworkInfo;
import dev.cotton.core.port.Engine;
import dev.cotton.core.wire.ExecutorConfig.Programs;
import dev.cotton.scheduler.engine.local.LocalEngine;
import dev.cotton.scheduler.engine.local.LocalEngineSettings;
import dev.cotton.scheduler.engine.local.PlacedInstance;
import dev.cotton.scheduler.engine.mesos.Framework;
import dev.cotton.scheduler.engine.mesos.MesosEngine;
import dev.cotton.scheduler.engine.mesos.MesosInstance;
import dev.cotton.scheduler.engine.mesos.MesosSettings;
import dev.cotton.scheduler.engine.mesos.MesosSettings.ExecutorCommand;
import dev.cotton.scheduler.engine.mesos.Tally;
import dev.cotton.scheduler.engine.mesos.TokenSeal;
import dev.cotton.scheduler.engine.mesos.artifact.Artifact;
import dev.cotton.scheduler.engine.mesos.artifact.ArtifactServer;
import dev.cotton.scheduler.engine.mesos.master.MasterLink;
import dev.cotton.scheduler.engine.mesos.master.MasterSettings;
import dev.cotton.scheduler.engine.mesos.master.Timing;
import dev.cotton.scheduler.rest.edge.ServerTls;
import dev.cotton.scheduler.security.Keyring;
import dev.cotton.scheduler.zookeeper.ZooKeeperConnection;
import dev.cotton.scheduler.zookeeper.ZooKeeperEngineRecords;
import dev.cotton.scheduler.zookeeper.ZooKeeperEngineRecords.Kind;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetSocketAddress;
import java.nio.file.Path;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.function.Supplier;
import java.util.stream.Stream;

/** Makes the engine for each leadership, and keeps what outlives one. */
interface Engines extends AutoCloseable {
    /** The engine for the term that this scheduler leads under now. */
    Engine open();

    /** What is counted over all leaderships; empty when instances are no tasks of a fleet. */
    default Optional<Tally> tally() {
        return Optional.empty();
    }

    @Override
    void close();

    /**
     * @param mysql what instances on this machine run; asked before the first one is made
     * @param hopeless told when no engine will ever come about
     * @throws IllegalStateException with a sentence when what agents fetch cannot be handed out
     */
    static Engines of(
            EngineSettings settings,
            ZooKeeperConnection connection,
            Keyring keyring,
            Supplier<Programs> mysql,
            Consumer<Hopeless> hopeless) {
        return switch (settings) {
            case EngineSettings.Local(var local) -> new OnThisMachine(local, connection, mysql);
            case EngineSettings.Mesos mesos ->
                OnMesos.serving(mesos, connection, new KeyringTokens(keyring), new Admission(hopeless));
        };
    }

    /** Nothing outlives a leadership here. */
    record OnThisMachine(LocalEngineSettings settings, ZooKeeperConnection connection, Supplier<Programs> mysql)
            implements Engines {
        private static final Kind<PlacedInstance> INSTANCES = new Kind<>(
                "local",
                PlacedInstance.class,
                PlacedInstance.SCHEMA,
                instance -> instance.id().toString());

        @Override
        public Engine open() {
            return LocalEngine.open(settings, new ZooKeeperEngineRecords<>(connection, INSTANCES), mysql);
        }

        @Override
        public void close() {}
    }

    /** Standbys hand out what agents fetch too. */
    record OnMesos(
            EngineSettings.Mesos mesos,
            MesosSettings settings,
            ArtifactServer server,
            ZooKeeperConnection connection,
            TokenSeal seal,
            Admission admission,
            Tally counted)
            implements Engines {
        private static final Kind<MesosInstance> INSTANCES = new Kind<>(
                "mesos",
                MesosInstance.class,
                MesosInstance.SCHEMA,
                instance -> instance.id().toString());
        private static final Kind<Framework> FRAMEWORK =
                new Kind<>("mesos-framework", Framework.class, Framework.SCHEMA, _ -> Framework.NAME);

        static OnMesos serving(
                EngineSettings.Mesos mesos, ZooKeeperConnection connection, TokenSeal seal, Admission admission) {
            EngineSettings.Served served = mesos.served();
            Optional<Artifact> executor = served.executor().map(OnMesos::artifact);
            Optional<Artifact> mysql = served.mysql().map(OnMesos::artifact);
            ArtifactServer server = new ArtifactServer(
                    new InetSocketAddress(served.address(), served.port()),
                    served.tls().map(tls -> ServerTls.server(tls.certificate(), tls.key())),
                    Stream.concat(executor.stream(), mysql.stream()).toList());
            server.start();
            Function<Artifact, String> uri =
                    artifact -> server.uri(artifact, served.publicHost()).toString();
            ExecutorCommand command = executor.map(artifact -> mesos.settings()
                            .executor()
                            .unpacking(uri.apply(artifact), artifact.name(), artifact.sha256()))
                    .orElse(mesos.settings().executor());
            MesosSettings complete = mesos.settings()
                    .withExecutor(mysql.map(uri).map(command::fetching).orElse(command));
            return new OnMesos(mesos, complete, server, connection, seal, admission, new Tally());
        }

        private static Artifact artifact(Path file) {
            try {
                return Artifact.of(file);
            } catch (IOException unreadable) {
                throw new UncheckedIOException("What agents fetch cannot be read: " + file, unreadable);
            }
        }

        @Override
        public Engine open() {
            FrameworkInfo framework = settings.framework();
            MasterLink link = new MasterLink(
                    new MasterSettings(mesos.master(), mesos.tls(), mesos.credentials(), framework, Timing.ORDINARY));
            return MesosEngine.open(
                    settings,
                    new ZooKeeperEngineRecords<>(connection, INSTANCES),
                    new ZooKeeperEngineRecords<>(connection, FRAMEWORK),
                    seal,
                    admission.watch(link),
                    counted);
        }

        @Override
        public Optional<Tally> tally() {
            return Optional.of(counted);
        }

        @Override
        public void close() {
            server.close();
        }
    }
}
