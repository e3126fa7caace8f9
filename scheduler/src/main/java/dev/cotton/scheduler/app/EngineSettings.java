package dev.cotton.scheduler.app;

import dev.cotton.scheduler.engine.local.LocalEngineSettings;
import dev.cotton.scheduler.engine.mesos.MesosSettings;
import dev.cotton.scheduler.engine.mesos.master.Credentials;
import dev.cotton.scheduler.engine.mesos.master.MasterAddress;
import java.nio.file.Path;
import java.util.Optional;
import javax.net.ssl.SSLContext;

/** What gives instances a place, and what it is told. */
public sealed interface EngineSettings {
    /** This machine. */
    record Local(LocalEngineSettings settings) implements EngineSettings {}

    /**
     * A fleet of Mesos agents.
     *
     * @param settings with the addresses that agents fetch from, but for those of {@code served}
     * @param tls whom the masters' certificates are from; empty: plain HTTP
     */
    record Mesos(
            MesosSettings settings,
            MasterAddress master,
            Optional<SSLContext> tls,
            Optional<Credentials> credentials,
            Served served)
            implements EngineSettings {}

    /**
     * Files that this scheduler hands out to agents.
     *
     * @param executor the executor's package; agents check that it is this one before they run it
     * @param mysql an archive of MySQL, which executors check
     * @param address what is listened on
     * @param port 0 for any
     * @param publicHost the name or address that agents reach it by
     * @param tls absent: plain HTTP
     */
    record Served(
            Optional<Path> executor,
            Optional<Path> mysql,
            String address,
            int port,
            String publicHost,
            Optional<ServedTls> tls) {}

    /** PEM files of a certificate that agents trust, and of its key. */
    record ServedTls(Path certificate, Path key) {}
}
