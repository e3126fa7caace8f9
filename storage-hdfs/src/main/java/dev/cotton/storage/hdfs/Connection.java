package dev.cotton.storage.hdfs;

import dev.cotton.core.port.BackupStoreException.UnusableLocationException;
import dev.cotton.core.port.StoreLocation;
import java.io.IOException;
import java.net.URI;
import java.net.URL;
import java.security.PrivilegedExceptionAction;
import java.util.Objects;
import java.util.Optional;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.FileSystem;
import org.apache.hadoop.fs.Path;
import org.apache.hadoop.hdfs.DistributedFileSystem;
import org.apache.hadoop.hdfs.HdfsConfiguration;
import org.apache.hadoop.security.UserGroupInformation;
import org.jspecify.annotations.Nullable;

/**
 * A client of one HDFS with a user of its own, made when it is first needed. With a keytab its tickets are renewed as long
 * as it is used. Hadoop has one kind of authentication for a whole process: stores with and without Kerberos do not go
 * together in one. Thread-safe.
 */
final class Connection implements AutoCloseable {
    private final StoreLocation location;
    private final HdfsSettings settings;
    private @Nullable DistributedFileSystem fileSystem;
    private @Nullable UserGroupInformation user;

    Connection(StoreLocation location, HdfsSettings settings) {
        this.location = location;
        this.settings = settings;
    }

    /** The client, with valid tickets. */
    synchronized DistributedFileSystem fileSystem() throws IOException {
        if (fileSystem == null) {
            ClassLoader callers = Thread.currentThread().getContextClassLoader();
            Thread.currentThread().setContextClassLoader(Connection.class.getClassLoader());
            try {
                fileSystem = connected();
            } finally {
                Thread.currentThread().setContextClassLoader(callers);
            }
        }
        renewTickets();
        return Objects.requireNonNull(fileSystem);
    }

    /** Logs in again when the tickets of a keytab are about to end. */
    synchronized void renewTickets() throws IOException {
        if (user != null && settings.keytab().isPresent()) {
            user.checkTGTAndReloginFromKeytab();
        }
    }

    private DistributedFileSystem connected() throws IOException {
        Configuration configuration = configuration();
        UserGroupInformation.setConfiguration(configuration);
        UserGroupInformation loggedIn = user();
        user = loggedIn;
        URI uri = URI.create("hdfs://" + location.place() + "/");
        try {
            FileSystem client = loggedIn.doAs((PrivilegedExceptionAction<FileSystem>) () -> FileSystem.newInstance(
                    location.place().isEmpty() ? FileSystem.getDefaultUri(configuration) : uri, configuration));
            if (client instanceof DistributedFileSystem hdfs) {
                return hdfs;
            }
            client.close();
            throw new UnusableLocationException(
                    location + " leads to a " + client.getScheme() + " and not to HDFS.",
                    "Look at fs.defaultFS and fs.hdfs.impl in Hadoop's configuration.",
                    null);
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
            throw new IOException("It was interrupted.", interrupted);
        } catch (IllegalArgumentException wrong) {
            throw new UnusableLocationException(
                    location + " cannot be connected to: " + wrong.getMessage() + ".",
                    "Look at the name of the host or name service, and at Hadoop's configuration.",
                    wrong);
        }
    }

    private Configuration configuration() {
        Configuration configuration = new HdfsConfiguration();
        configuration.setClassLoader(Connection.class.getClassLoader());
        URL limits = Objects.requireNonNull(Connection.class.getResource("limits.xml"));
        configuration.addResource(limits);
        settings.configuration().ifPresent(folder -> {
            for (String name : new String[] {"core-site.xml", "hdfs-site.xml"}) {
                configuration.addResource(new Path(folder.resolve(name).toUri()));
            }
        });
        return configuration;
    }

    private UserGroupInformation user() throws IOException {
        Optional<HdfsSettings.Keytab> keytab = settings.keytab();
        if (keytab.isPresent()) {
            return UserGroupInformation.loginUserFromKeytabAndReturnUGI(
                    keytab.get().principal(), keytab.get().file().toString());
        }
        return settings.user().isPresent()
                ? UserGroupInformation.createRemoteUser(settings.user().get())
                : UserGroupInformation.getCurrentUser();
    }

    @Override
    public synchronized void close() {
        try {
            if (fileSystem != null) {
                fileSystem.close();
            }
        } catch (IOException gone) {
            // What was under way has failed by itself.
        }
    }
}
