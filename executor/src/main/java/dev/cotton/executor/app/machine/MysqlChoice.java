package dev.cotton.executor.app.machine;

import dev.cotton.core.model.Shown;
import dev.cotton.core.port.MysqlInstaller;
import dev.cotton.executor.provision.ArchiveMysql;
import dev.cotton.executor.provision.DebianMysql;
import dev.cotton.executor.provision.FirstUsableMysql;
import dev.cotton.executor.provision.HostMysql;
import dev.cotton.executor.provision.MysqlArchive;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/**
 * Which MySQL a user wants.
 *
 * @param sources names of installers, in the order in which to try them; at least one
 * @param home of the only MySQL that {@code host} considers; when empty, it looks around
 * @param archive for {@code archive}
 */
public record MysqlChoice(List<String> sources, Optional<Path> home, Optional<MysqlArchive> archive) {
    private static final List<String> KNOWN = List.of(HostMysql.NAME, DebianMysql.NAME, ArchiveMysql.NAME);

    /** @throws IllegalArgumentException with a sentence that names the source that is not known or lacks something */
    public MysqlChoice {
        sources = List.copyOf(sources);
        if (sources.isEmpty()) {
            throw new IllegalArgumentException("Name at least one source of MySQL: " + String.join(", ", KNOWN) + ".");
        }
        for (String source : sources) {
            if (!KNOWN.contains(source)) {
                throw new IllegalArgumentException("There is no source of MySQL called '" + Shown.of(source)
                        + "'; there are " + String.join(", ", KNOWN) + ".");
            }
        }
        if (sources.contains(ArchiveMysql.NAME) != archive.isPresent()) {
            throw new IllegalArgumentException(
                    archive.isPresent()
                            ? "A MySQL archive was given, but 'archive' is not among the sources of MySQL."
                            : "The source 'archive' needs the path or URL of a MySQL archive and its SHA-256.");
        }
        if (home.isPresent() && !sources.contains(HostMysql.NAME)) {
            throw new IllegalArgumentException(
                    "The home of a MySQL was given, but 'host' is not among the sources of MySQL.");
        }
    }

    /** The machine's own if it serves, else the distribution's. */
    public static MysqlChoice usual() {
        return new MysqlChoice(List.of(HostMysql.NAME, DebianMysql.NAME), Optional.empty(), Optional.empty());
    }

    /**
     * What was asked for in words: an archive or a home alone says where from, and nothing at all means the usual.
     *
     * @param archive path or URL of a tarball
     * @param sha256 of the tarball
     * @throws IllegalArgumentException with a sentence when these do not fit together
     */
    public static MysqlChoice of(
            List<String> sources, Optional<Path> home, Optional<String> archive, Optional<String> sha256) {
        if (sources.isEmpty() && home.isEmpty() && archive.isEmpty() && sha256.isEmpty()) {
            return usual();
        }
        if (archive.isPresent() != sha256.isPresent()) {
            throw new IllegalArgumentException("A MySQL archive needs both its path or URL and its SHA-256.");
        }
        Optional<MysqlArchive> tarball = archive.map(location -> MysqlArchive.of(location, sha256.orElseThrow()));
        String alone = tarball.isPresent() ? ArchiveMysql.NAME : HostMysql.NAME;
        return new MysqlChoice(sources.isEmpty() ? List.of(alone) : sources, home, tarball);
    }

    /** Only the MySQL whose {@code bin} is below {@code home}. */
    public static MysqlChoice at(Path home) {
        return new MysqlChoice(List.of(HostMysql.NAME), Optional.of(home), Optional.empty());
    }

    /** Only this archive. */
    public static MysqlChoice of(MysqlArchive archive) {
        return new MysqlChoice(List.of(ArchiveMysql.NAME), Optional.empty(), Optional.of(archive));
    }

    /** @param data the data folder; what is installed goes to {@code mysql} below it */
    public MysqlInstaller installer(Path data) {
        List<MysqlInstaller> installers =
                sources.stream().map(source -> installer(source, data)).toList();
        return installers.size() == 1 ? installers.getFirst() : new FirstUsableMysql(installers);
    }

    private MysqlInstaller installer(String source, Path data) {
        return switch (source) {
            case HostMysql.NAME ->
                home.map(given -> HostMysql.at(data, given)).orElseGet(() -> HostMysql.anywhere(data));
            case DebianMysql.NAME -> DebianMysql.in(data);
            default -> new ArchiveMysql(data, archive.orElseThrow());
        };
    }
}
