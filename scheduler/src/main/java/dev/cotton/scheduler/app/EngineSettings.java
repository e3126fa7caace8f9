package dev.cotton.scheduler.app;

import dev.cotton.scheduler.engine.local.LocalEngineSettings;
import dev.cotton.scheduler.engine.mesos.MesosSettings;
import dev.cotton.scheduler.engine.mesos.master.Credentials;
import dev.cotton.scheduler.engine.mesos.master.MasterAddress;
import java.nio.file.Path;
import java.util.List;
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
     * @param unpacked by agents, into the sandbox
     * @param packed left as they are
     * @param address what is listened on
     * @param port 0 for any
     * @param publicHost the name or address that agents reach it by
     */
    record Served(List<Path> unpacked, List<Path> packed, String address, int port, String publicHost) {
        public Served {
            unpacked = List.copyOf(unpacked);
            packed = List.copyOf(packed);
        }
    }
}
