package dev.cotton.storage.hdfs;

import dev.cotton.core.port.BackupStoreException.UnusableLocationException;
import dev.cotton.core.port.StoreLocation;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import java.util.Set;

/**
 * What an {@code hdfs://} location says.
 *
 * @param configuration the folder of {@code core-site.xml} and {@code hdfs-site.xml}; empty when there is none
 * @param user by name, where the cluster believes what it is told; empty for that of the process
 * @param keytab to log in with, where the cluster asks for Kerberos; empty for the tickets that the process has
 */
record HdfsSettings(Optional<Path> configuration, Optional<String> user, Optional<Keytab> keytab) {
    private static final String ENVIRONMENT = "HADOOP_CONF_DIR";
    private static final Set<String> KNOWN = Set.of("configuration", "user", "principal", "keytab");

    /** Whose it is, and the file. */
    record Keytab(String principal, Path file) {}

    static HdfsSettings of(StoreLocation location) {
        location.checkSettings(KNOWN);
        if (location.path().isEmpty()) {
            throw unusable("The backup store " + location + " names no folder.");
        }
        Optional<Path> configuration = location.setting("configuration")
                .or(() -> Optional.ofNullable(System.getenv(ENVIRONMENT)))
                .map(Path::of);
        configuration.filter(folder -> !Files.isDirectory(folder)).ifPresent(folder -> {
            throw unusable("The folder of Hadoop's configuration, " + folder + ", is not there.");
        });
        return new HdfsSettings(configuration, location.setting("user"), keytab(location));
    }

    private static Optional<Keytab> keytab(StoreLocation location) {
        Optional<Path> file = location.setting("keytab").map(Path::of);
        if (file.isPresent() != location.setting("principal").isPresent()) {
            throw unusable("A keytab and a principal go together, and the backup store " + location + " has only one of"
                    + " them.");
        }
        file.filter(path -> !Files.isReadable(path)).ifPresent(path -> {
            throw unusable("The keytab " + path + " cannot be read.");
        });
        return file.map(path -> new Keytab(location.setting("principal").orElseThrow(), path));
    }

    private static UnusableLocationException unusable(String happened) {
        return new UnusableLocationException(
                happened,
                "Write it like hdfs://namenode:8020/backups?configuration=/etc/hadoop/conf, with"
                        + " &principal=cotton@REALM&keytab=/etc/cotton/keytab where Kerberos is asked for; without the setting"
                        + " configuration, the variable " + ENVIRONMENT + " names the folder.",
                null);
    }
}
