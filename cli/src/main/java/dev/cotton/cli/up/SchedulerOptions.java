package dev.cotton.cli.up;

import dev.cotton.cli.options.MysqlOptions;
import dev.cotton.cli.options.PlaceOptions;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** How a scheduler is to run. */
public final class SchedulerOptions {
    /** Where the original Cotton listened. */
    public static final int ORDINARY_PORT = 55001;

    @Option(
            names = "--port",
            paramLabel = "PORT",
            description = "Where the API listens (default: 55001, or any free port when that is taken).")
    private Optional<Integer> port = Optional.empty();

    @Option(
            names = "--api-address",
            paramLabel = "ADDRESS",
            description = "What the API listens on (default: 127.0.0.1). Anything but this machine itself needs a token"
                    + " and TLS, or --insecure.")
    private String apiAddress = "127.0.0.1";

    @Option(
            names = "--api-public-host",
            paramLabel = "HOST",
            description = "The name or address that others reach this scheduler by (default: what it listens on).")
    private Optional<String> apiPublicHost = Optional.empty();

    @Option(
            names = "--api-token-file",
            paramLabel = "FILE",
            description = "Tokens that callers must show, one a line. Without it everybody on this machine may call.")
    private Optional<Path> apiTokenFile = Optional.empty();

    @Option(
            names = "--api-tls-certificate",
            paramLabel = "FILE",
            description = "Speak HTTPS with this certificate (PEM).")
    private Optional<Path> apiTlsCertificate = Optional.empty();

    @Option(names = "--api-tls-key", paramLabel = "FILE", description = "The certificate's key (PEM).")
    private Optional<Path> apiTlsKey = Optional.empty();

    @Option(
            names = "--api-tls-authority",
            paramLabel = "FILE",
            description = "What signed the certificates of the schedulers (PEM; default: those that Java trusts).")
    private Optional<Path> apiTlsAuthority = Optional.empty();

    @Option(names = "--insecure", description = "Listen beyond this machine without tokens or TLS.")
    private boolean insecure;

    @Option(
            names = "--zk-url",
            paramLabel = "URL",
            description =
                    "ZooKeeper for state and discovery: zk://[user:password@]host:port,.../path. Or file:///path to"
                            + " a file with that, which keeps the password out of the command line. By default one of its own.")
    private Optional<URI> zkUrl = Optional.empty();

    @Option(
            names = "--scheduler-keypath",
            paramLabel = "FILE",
            description = "The key that seals secrets (default: one in the data folder, made when absent).")
    private Optional<Path> schedulerKeypath = Optional.empty();

    @Option(
            names = "--bin-retention",
            paramLabel = "SPAN",
            description = "How long the data of a deleted cluster are kept (default: 7d).")
    private Duration binRetention = Duration.ofDays(7);

    @Option(
            names = "--hosts",
            paramLabel = "FILE",
            description = "Places for instances on this machine, as JSON: [{\"name\", \"address\", \"launchPrefix\","
                    + " \"cpus\", \"mem\", \"disk\"}, ...] (default: the machine itself, on 127.0.0.1).")
    private Optional<Path> hosts = Optional.empty();

    @Mixin
    private final BackupOptions backups = new BackupOptions();

    @Mixin
    private final PlaceOptions place = new PlaceOptions();

    @Mixin
    private final MysqlOptions mysql = new MysqlOptions();

    private Optional<MesosOptions> mesos = Optional.empty();

    /** It is to run databases on a fleet, if these options say so. */
    void onMesos(MesosOptions fleet) {
        mesos = Optional.of(fleet).filter(MesosOptions::onMesos);
    }

    /** Empty when databases run on this machine. */
    public Optional<MesosOptions> mesos() {
        return mesos;
    }

    public Optional<Integer> port() {
        return port;
    }

    public String apiAddress() {
        return apiAddress;
    }

    public Optional<String> apiPublicHost() {
        return apiPublicHost;
    }

    public Optional<Path> apiTokenFile() {
        return apiTokenFile;
    }

    public Optional<Path> apiTlsCertificate() {
        return apiTlsCertificate;
    }

    public Optional<Path> apiTlsKey() {
        return apiTlsKey;
    }

    public Optional<Path> apiTlsAuthority() {
        return apiTlsAuthority;
    }

    public boolean insecure() {
        return insecure;
    }

    public Optional<URI> zkUrl() {
        return zkUrl;
    }

    public Optional<Path> schedulerKeypath() {
        return schedulerKeypath;
    }

    public Duration binRetention() {
        return binRetention;
    }

    public Optional<Path> hosts() {
        return hosts;
    }

    public PlaceOptions place() {
        return place;
    }

    public MysqlOptions mysql() {
        return mysql;
    }

    public BackupOptions backups() {
        return backups;
    }
}
