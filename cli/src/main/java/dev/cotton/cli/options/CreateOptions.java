package dev.cotton.cli.options;

import dev.cotton.cli.ExitCode;
import dev.cotton.cli.Failure;
import dev.cotton.core.model.DataSize;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/** What a new cluster is to be. Names and defaults are those of the REST interface. */
public final class CreateOptions {
    @Option(
            names = "--instances",
            paramLabel = "N",
            description = "1 to 9: one primary, the rest replicas (default: 3).")
    private Optional<Integer> instances = Optional.empty();

    @Option(
            names = "--cpus",
            paramLabel = "CORES",
            description = "Of each instance, a fraction allowed (default: 1.0).")
    private Optional<Double> cpus = Optional.empty();

    @Option(names = "--mem", paramLabel = "SIZE", description = "Memory of each instance (default: 512mb).")
    private Optional<DataSize> mem = Optional.empty();

    @Option(names = "--disk", paramLabel = "SIZE", description = "Disk of each instance (default: 2gb).")
    private Optional<DataSize> disk = Optional.empty();

    @Option(
            names = "--durability",
            paramLabel = "MODE",
            description = "lossless (default): a failover loses no acknowledged commit; lossless-power: also when all"
                    + " machines lose power at once, at half the throughput; async: fast, may lose the last commits.")
    private Optional<String> durability = Optional.empty();

    @Option(
            names = "--user",
            paramLabel = "NAME",
            description = "The cluster's user, who may do everything with data, schemas and users (default: app).")
    private Optional<String> user = Optional.empty();

    @Option(
            names = "--password-file",
            paramLabel = "FILE",
            description = "A file with the user's password. By default one is generated; see: cotton credentials")
    private Optional<Path> passwordFile = Optional.empty();

    @Option(
            names = "--options",
            paramLabel = "NAME=VALUE",
            description =
                    "Overrides an option of mysqld, for instance max_connections=200. May be given several times.")
    private Map<String, String> options = new LinkedHashMap<>();

    @Option(
            names = "--share-hosts",
            description = "On a fleet, let several instances be on one agent; those with the fewest come first."
                    + " On one machine they may wherever there are not enough hosts.")
    private boolean shareHosts;

    @Option(
            names = "--role",
            paramLabel = "ROLE",
            description = "The role in Mesos whose resources the cluster takes (default: that of --framework-role).")
    private Optional<String> role = Optional.empty();

    @Option(
            names = "--disk-type",
            paramLabel = "TYPE",
            description = "On a fleet, what data are on: root (default), a part of the agent's disk; mount, all of a"
                    + " file system of its own, which has to have --disk at least.")
    private Optional<String> diskType = Optional.empty();

    @Option(
            names = "--from",
            paramLabel = "CLUSTER",
            description = "Begin with the data that another cluster has now: a backup of it is made, and used.")
    private Optional<String> from = Optional.empty();

    @Option(
            names = "--from-backup",
            paramLabel = BackupName.LABEL,
            description =
                    "Begin with the data of a backup: the latest that is proven, one by its id, or, with a minute in"
                            + " UTC such as 202612312359, the newest proven one that is not after it. See: cotton backups")
    private Optional<String> fromBackup = Optional.empty();

    @Mixin
    private final RestorePoint point = new RestorePoint();

    /** The request of {@code POST /api/v1/clusters}; what was not given is left to the scheduler. */
    public ObjectNode request(String name) {
        ObjectNode request = JsonMapper.shared().createObjectNode().put("name", name);
        instances.ifPresent(count -> request.put("instances", count));
        durability.ifPresent(mode -> request.put("durability", mode));
        user.ifPresent(given -> request.put("user", given));
        passwordFile.map(CreateOptions::secret).ifPresent(password -> request.put("password", password));
        if (cpus.isPresent() || mem.isPresent() || disk.isPresent()) {
            ObjectNode size = request.putObject("size");
            cpus.ifPresent(cores -> size.put("cpus", cores));
            mem.ifPresent(given -> size.put("mem", given.toString()));
            disk.ifPresent(given -> size.put("disk", given.toString()));
        }
        if (!options.isEmpty()) {
            ObjectNode overrides = request.putObject("options");
            options.forEach(overrides::put);
        }
        if (shareHosts || role.isPresent() || diskType.isPresent()) {
            ObjectNode placement = request.putObject("placement").put("shareHosts", shareHosts);
            role.ifPresent(given -> placement.put("role", given));
            diskType.ifPresent(given -> placement.put("diskType", given));
        }
        fromBackup.map(BackupName::parse).ifPresent(backup -> request.set("from", point.addTo(backup.request())));
        if (from.isPresent() && fromBackup.isPresent()) {
            throw new Failure(ExitCode.USAGE, "Of --from and --from-backup give one.");
        }
        if (point.isGiven() && fromBackup.isEmpty()) {
            throw new Failure(
                    ExitCode.USAGE, "--to-time, --to-gtid, --before-gtid and --skip-gtid go with --from-backup.");
        }
        return request;
    }

    /** The cluster whose data it is to begin with. */
    public Optional<String> from() {
        return from;
    }

    private static String secret(Path file) {
        try {
            return Files.readString(file).stripTrailing();
        } catch (IOException e) {
            throw new Failure(
                    ExitCode.USAGE, "The password file " + file + " cannot be read (" + e.getMessage() + ").", e);
        }
    }
}
