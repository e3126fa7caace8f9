package dev.cotton.cli.up;

import dev.cotton.core.model.Shown;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParseResult;

/** How a scheduler is to run databases on a fleet of Mesos agents. */
public final class MesosOptions {
    private static final String MASTER = "--mesos-master";
    private static final String LOCAL = "local";

    @Option(
            names = MASTER,
            paramLabel = "ADDRESS",
            description =
                    "Run databases on Apache Mesos: host:port,... of masters, or zk://host:port,.../path where they"
                            + " elect their leader (default: local, this machine).")
    private String master = LOCAL;

    @Option(
            names = "--mesos-tls-authority",
            paramLabel = "FILE",
            description = "Speak HTTPS with the master, whose certificate this signed (PEM).")
    private Optional<Path> tlsAuthority = Optional.empty();

    @Option(
            names = "--framework-authentication-file",
            paramLabel = "FILE",
            description = "What Cotton logs in to the master with, as YAML: principal and secret.")
    private Optional<Path> authenticationFile = Optional.empty();

    @Option(
            names = "--framework-role",
            paramLabel = "ROLE",
            description = "The role that resources are offered and reserved for, unless a cluster has its own"
                    + " (default: cotton).")
    private String role = "cotton";

    @Option(
            names = "--framework-failover-timeout",
            paramLabel = "SPAN",
            description = "How long databases live on while no scheduler is registered with the master (default: 14d).")
    private Duration failoverTimeout = Duration.ofDays(14);

    @Option(
            names = "--no-persistent-volumes",
            description = "Keep data in the sandboxes of tasks: they are gone with their task.")
    private boolean noPersistentVolumes;

    @Option(
            names = "--register-anew",
            description =
                    "When the master has removed the framework, register another one although records name instances"
                            + " of the former: they are launched again on their volumes.")
    private boolean registerAnew;

    @Option(
            names = "--constraint",
            paramLabel = "FIELD:OPERATOR[:VALUE]",
            description = "Where the instances of each cluster may go, for instance rack:GROUP_BY; may be repeated."
                    + " Operators: UNIQUE, CLUSTER, GROUP_BY, LIKE, UNLIKE, MAX_PER.")
    private List<String> constraints = List.of();

    @Option(
            names = "--executor-uri",
            paramLabel = "URI",
            description = "Where agents fetch the executor's package (default: from this scheduler).")
    private Optional<String> executorUri = Optional.empty();

    @Option(
            names = "--executor-cmd",
            paramLabel = "LINE",
            description = "What starts the executor in the sandbox (default: the program in its package).")
    private Optional<String> executorCmd = Optional.empty();

    @Option(
            names = "--executor-environ",
            paramLabel = "VARIABLES",
            description = "More environment for executors: NAME=VALUE,... or JSON: [{\"name\", \"value\"}, ...].")
    private Optional<String> executorEnviron = Optional.empty();

    @Option(
            names = "--executor-source-prefix",
            paramLabel = "TEXT",
            description =
                    "What the source of executors, <prefix>.<cluster>.<number>, begins with; other tools count by it"
                            + " (default: nothing).")
    private String sourcePrefix = "";

    @Mixin
    private final ArtifactOptions artifacts = new ArtifactOptions();

    public boolean onMesos() {
        return !master.equals(LOCAL);
    }

    public String master() {
        return master;
    }

    public Optional<Path> tlsAuthority() {
        return tlsAuthority;
    }

    public Optional<Path> authenticationFile() {
        return authenticationFile;
    }

    public String role() {
        return role;
    }

    public Duration failoverTimeout() {
        return failoverTimeout;
    }

    public boolean persistentVolumes() {
        return !noPersistentVolumes;
    }

    public boolean registerAnew() {
        return registerAnew;
    }

    public List<String> constraints() {
        return List.copyOf(constraints);
    }

    /** Empty also when it is a package of the original's, which cannot run what this scheduler launches. */
    public Optional<String> executorUri() {
        return executorUri.filter(uri -> !isOriginals(uri));
    }

    /** Empty also when it starts a package of the original's. */
    public Optional<String> executorCmd() {
        return executorCmd.filter(
                _ -> executorUri.filter(MesosOptions::isOriginals).isEmpty());
    }

    /** The original's executor was one file of Python, in a pex or a zip; Cotton's is a tarball. */
    private static boolean isOriginals(String uri) {
        return uri.endsWith(".pex") || uri.endsWith(".zip");
    }

    public Optional<String> executorEnviron() {
        return executorEnviron;
    }

    public String sourcePrefix() {
        return sourcePrefix;
    }

    public ArtifactOptions artifacts() {
        return artifacts;
    }

    /** A sentence for each of these flags that means nothing without a master. */
    static List<String> warnings(ParseResult parsed, MesosOptions given) {
        if (given.onMesos()) {
            return Stream.of(given.volumeWarning(), given.executorWarning())
                    .flatMap(Optional::stream)
                    .toList();
        }
        return Stream.concat(
                        ArtifactOptions.NAMES.stream(),
                        Stream.of(
                                "--mesos-tls-authority",
                                "--framework-authentication-file",
                                "--framework-role",
                                "--framework-failover-timeout",
                                "--no-persistent-volumes",
                                "--register-anew",
                                "--constraint",
                                "--executor-uri",
                                "--executor-cmd",
                                "--executor-environ",
                                "--executor-source-prefix"))
                .filter(parsed::hasMatchedOption)
                .map(flag ->
                        "Warning: " + flag + " has no effect without " + MASTER + ": databases run on this machine.")
                .toList();
    }

    private Optional<String> volumeWarning() {
        return persistentVolumes()
                ? Optional.empty()
                : Optional.of(
                        "Warning: without persistent volumes the data of an instance are gone when its task ends.");
    }

    private Optional<String> executorWarning() {
        return executorUri
                .filter(MesosOptions::isOriginals)
                .map(uri -> "Warning: --executor-uri names a package of the original's (" + Shown.of(uri)
                        + "), which cannot run this version's tasks: it and --executor-cmd have no effect, and agents fetch"
                        + " the executor from this scheduler.");
    }
}
