package dev.cotton.scheduler.engine.local;

import dev.cotton.scheduler.engine.local.placement.Host;
import dev.cotton.scheduler.engine.local.placement.PortRange;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/**
 * All that the local engine is told.
 *
 * @param dataFolder absolute; made when absent
 * @param hosts with distinct names; none means {@link Host#thisMachine}
 * @param executorPackage a folder with {@code lib/*.jar}, and possibly {@code jvm.flags}; copied into the data folder
 * @param javaHome of the JDK that runs executors; readable for the user that they run as
 * @param account name of the unprivileged user that executors and mysqld run as; made when absent; only used by root
 */
public record LocalEngineSettings(
        Path dataFolder, List<Host> hosts, PortRange ports, Path executorPackage, Path javaHome, String account) {
    /** The unprivileged user's ordinary name. */
    public static final String ORDINARY_ACCOUNT = "cotton";

    /** @throws IllegalArgumentException naming the field that is wrong */
    public LocalEngineSettings {
        if (!dataFolder.isAbsolute()) {
            throw new IllegalArgumentException("data-dir: an absolute path, not '" + dataFolder + "'.");
        }
        if (!account.matches("[a-z_][a-z0-9_-]{0,30}") || account.equals("root")) {
            throw new IllegalArgumentException(
                    "account: the name of an unprivileged user, not '" + account + "': mysqld never runs as root.");
        }
        hosts = hosts.isEmpty() ? List.of(Host.thisMachine()) : List.copyOf(hosts);
        Set<String> names = new HashSet<>();
        for (Host host : hosts) {
            if (!names.add(host.name())) {
                throw new IllegalArgumentException("hosts: '" + host.name() + "' is there twice.");
            }
        }
    }
}
