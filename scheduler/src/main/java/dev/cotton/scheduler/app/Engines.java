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
import dev.cotton.scheduler.engine.mesos.TokenSeal;
import dev.cotton.scheduler.engine.mesos.artifact.Artifact;
import dev.cotton.scheduler.engine.mesos.artifact.ArtifactServer;
import dev.cotton.scheduler.engine.mesos.master.MasterLink;
import dev.cotton.scheduler.engine.mesos.master.MasterSettings;
import dev.cotton.scheduler.engine.mesos.master.Timing;
import dev.cotton.scheduler.security.Keyring;
import dev.cotton.scheduler.zookeeper.ZooKeeperConnection;
import dev.cotton.scheduler.zookeeper.ZooKeeperEngineRecords;
import dev.cotton.scheduler.zookeeper.ZooKeeperEngineRecords.Kind;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetSocketAddress;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;
import java.util.stream.Stream;

/** Makes the engine for each leadership, and keeps what outlives one. */
interface Engines extends AutoCloseable {
    /** The engine for the term that this scheduler leads under now. */
    Engine open();

    @Override
    void close();

    /**
     * @param mysql what instances on this machine run; asked before the first one is made
     * @throws IllegalStateException with a sentence when what agents fetch cannot be handed out
     */
    static Engines of(
            EngineSettings settings, ZooKeeperConnection connection, Keyring keyring, Supplier<Programs> mysql) {
        return switch (settings) {
            case EngineSettings.Local(var local) -> new OnThisMachine(local, connection, mysql);
            case EngineSettings.Mesos mesos -> OnMesos.serving(mesos, connection, new KeyringTokens(keyring));
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
            TokenSeal seal)
            implements Engines {
        private static final Kind<MesosInstance> INSTANCES = new Kind<>(
                "mesos",
                MesosInstance.class,
                MesosInstance.SCHEMA,
                instance -> instance.id().toString());
        private static final Kind<Framework> FRAMEWORK =
                new Kind<>("mesos-framework", Framework.class, Framework.SCHEMA, _ -> Framework.NAME);

        static OnMesos serving(EngineSettings.Mesos mesos, ZooKeeperConnection connection, TokenSeal seal) {
            EngineSettings.Served served = mesos.served();
            List<Artifact> unpacked = artifacts(served.unpacked());
            List<Artifact> packed = artifacts(served.packed());
            ArtifactServer server = new ArtifactServer(
                    new InetSocketAddress(served.address(), served.port()),
                    Optional.empty(),
                    Stream.concat(unpacked.stream(), packed.stream()).toList());
            server.start();
            MesosSettings complete = mesos.settings()
                    .fetching(uris(server, unpacked, served.publicHost()), uris(server, packed, served.publicHost()));
            return new OnMesos(mesos, complete, server, connection, seal);
        }

        private static List<Artifact> artifacts(List<Path> files) {
            return files.stream()
                    .map(file -> {
                        try {
                            return Artifact.of(file);
                        } catch (IOException unreadable) {
                            throw new UncheckedIOException("What agents fetch cannot be read: " + file, unreadable);
                        }
                    })
                    .toList();
        }

        private static List<String> uris(ArtifactServer server, List<Artifact> artifacts, String host) {
            return artifacts.stream()
                    .map(artifact -> server.uri(artifact, host).toString())
                    .toList();
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
                    link);
        }

        @Override
        public void close() {
            server.close();
        }
    }
}
