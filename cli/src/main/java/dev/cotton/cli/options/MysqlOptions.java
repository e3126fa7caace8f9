package dev.cotton.cli.options;

import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import picocli.CommandLine.Option;

/** Which MySQL is wanted. */
public final class MysqlOptions {
    @Option(
            names = "--mysql",
            paramLabel = "SOURCE",
            split = ",",
            description = "Where MySQL comes from, tried in this order (default: host,debian): host, the machine's own;"
                    + " debian, the distribution's packages in a private folder; archive.")
    private List<String> sources = List.of();

    @Option(names = "--mysql-home", paramLabel = "DIR", description = "Take the MySQL in this folder, and no other.")
    private Optional<Path> home = Optional.empty();

    @Option(
            names = "--mysql-archive",
            paramLabel = "URL",
            description = "Take the MySQL in this tarball, a path or a URL.")
    private Optional<String> archive = Optional.empty();

    @Option(names = "--mysql-archive-sha256", paramLabel = "HEX", description = "The SHA-256 of that tarball.")
    private Optional<String> archiveSha256 = Optional.empty();

    /** Empty when nothing was said. */
    public List<String> sources() {
        return List.copyOf(sources);
    }

    public Optional<Path> home() {
        return home;
    }

    public Optional<String> archive() {
        return archive;
    }

    public Optional<String> archiveSha256() {
        return archiveSha256;
    }
}
