package dev.cotton.core.storage;

import dev.cotton.core.port.BackupStore;
import dev.cotton.core.port.BackupStoreException.UnusableLocationException;
import dev.cotton.core.port.BackupStoreFactory;
import dev.cotton.core.port.StoreLocation;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.JarURLConnection;
import java.net.MalformedURLException;
import java.net.URI;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.ServiceLoader;
import java.util.concurrent.ConcurrentHashMap;

/**
 * Opens backup stores by their locations. A scheme is known when its factory is on the class path, or when there is a
 * folder of jars named for it: those are loaded with the first store of that scheme, apart from the jars of others and for
 * as long as the process lives. Thread-safe.
 */
public final class BackupStores {
    private static final String FOLDER = "stores";

    private final Optional<Path> folder;
    private final Map<String, BackupStoreFactory> factories = new ConcurrentHashMap<>();

    /** @param folder with a folder of jars for each scheme that is not on the class path, if there is one */
    public BackupStores(Optional<Path> folder) {
        this.folder = folder;
    }

    /** With the folder {@code stores} beside the folder that this program's jars are in. */
    public static BackupStores ofThisProgram() {
        return new BackupStores(jarOfThisClass().map(Path::getParent).map(lib -> lib.resolveSibling(FOLDER)));
    }

    // A class that comes from a JVM's archive of loaded classes has no location in its code source.
    private static Optional<Path> jarOfThisClass() {
        try {
            URL location = Objects.requireNonNull(BackupStores.class.getResource("BackupStores.class"));
            return location.openConnection() instanceof JarURLConnection jar
                    ? Optional.of(Path.of(URI.create(jar.getJarFileURL().toString())))
                    : Optional.empty();
        } catch (IOException unreadable) {
            throw new UncheckedIOException("The jar of this program cannot be found.", unreadable);
        }
    }

    /**
     * Opens the store at {@code location}; see {@link StoreLocation} for its form. The store is not asked anything yet.
     *
     * @throws UnusableLocationException when the location is not of that form, its scheme is not known here, or its
     *     settings are not its scheme's
     */
    public BackupStore open(String location) {
        StoreLocation parsed = StoreLocation.parse(location);
        return factories.computeIfAbsent(parsed.scheme(), this::factory).open(parsed);
    }

    private BackupStoreFactory factory(String scheme) {
        return find(scheme, BackupStores.class.getClassLoader())
                .or(() -> folder.map(stores -> stores.resolve(scheme))
                        .filter(Files::isDirectory)
                        .flatMap(jars -> find(scheme, loader(scheme, jars))))
                .orElseThrow(() -> unknown(scheme));
    }

    private static Optional<BackupStoreFactory> find(String scheme, ClassLoader loader) {
        return ServiceLoader.load(BackupStoreFactory.class, loader).stream()
                .map(ServiceLoader.Provider::get)
                .filter(factory -> factory.scheme().equals(scheme))
                .findFirst();
    }

    // The process needs its classes until it ends.
    @SuppressWarnings("resource")
    private static ClassLoader loader(String scheme, Path jars) {
        return new URLClassLoader(
                "store " + scheme, urls(jars).toArray(URL[]::new), BackupStores.class.getClassLoader());
    }

    private static List<URL> urls(Path jars) {
        List<URL> urls = new ArrayList<>();
        try (DirectoryStream<Path> found = Files.newDirectoryStream(jars, "*.jar")) {
            for (Path jar : found) {
                urls.add(jar.toUri().toURL());
            }
        } catch (MalformedURLException never) {
            throw new IllegalStateException(never);
        } catch (IOException unreadable) {
            throw new UncheckedIOException("The jars in " + jars + " cannot be listed.", unreadable);
        }
        return urls;
    }

    private static UnusableLocationException unknown(String scheme) {
        return new UnusableLocationException(
                "Backup stores of " + scheme + ":// cannot be opened here.",
                switch (scheme) {
                    case "hdfs", "s3" ->
                        scheme + ":// needs the jars of the module storage-" + scheme + " in the folder stores/"
                                + scheme + " of this program: pack it with ./cotton package --with-store " + scheme
                                + ".";
                    default -> "Use file://, hdfs:// or s3://.";
                },
                null);
    }
}
