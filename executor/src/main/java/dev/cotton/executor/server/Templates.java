package dev.cotton.executor.server;

import dev.cotton.core.model.Incarnation;
import dev.cotton.executor.provision.Command;
import dev.cotton.executor.provision.FileTree;
import dev.cotton.executor.provision.ServerVersion;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.time.Duration;
import java.util.List;
import java.util.stream.Stream;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Makes data directories quickly: mysqld initialises one per version, the template, and every further one is a copy.
 *
 * <p>In a template, and so in a fresh copy, no account can log in: give mysqld an {@code --init-file} that makes some.
 * It holds no server UUID, key or binary log. Safe for several processes of one user at once (in one process, use one
 * object), and against being killed at any point. Thread-safe.
 */
public final class Templates {
    private static final Logger LOG = LoggerFactory.getLogger(Templates.class);

    /** Grows with each change of what is in a template. */
    private static final String EDITION = "1";

    private static final String UNFINISHED = ".making-";
    private static final Duration INITIALISE_LIMIT = Duration.ofMinutes(5);
    private static final Duration LOCK_LIMIT = INITIALISE_LIMIT.multipliedBy(2);
    private static final Duration VERSION_LIMIT = Duration.ofSeconds(30);
    private static final Duration POLL = Duration.ofMillis(100);

    /** What makes initialising quick: the result is written to disk once, at the end, by us. */
    private static final List<String> CHEAP = List.of(
            "--no-defaults",
            "--initialize-insecure",
            "--skip-log-bin",
            "--innodb-doublewrite=OFF",
            "--innodb-use-native-aio=OFF",
            "--innodb-flush-method=nosync",
            "--innodb-redo-log-capacity=128M",
            "--auto-generate-certs=OFF",
            "--caching-sha2-password-auto-generate-rsa-keys=OFF",
            "--loose-sha256-password-auto-generate-rsa-keys=OFF",
            "--secure-file-priv=NULL",
            "--mysqlx=OFF");

    private final Path folder;
    private final Path mysqld;

    /**
     * @param folder the machine's shared folder for templates, absolute; made when it is missing
     * @param mysqld the program
     */
    public Templates(Path folder, Path mysqld) {
        this.folder = folder;
        this.mysqld = mysqld;
    }

    /**
     * Gives an instance its first data, durably: the whole of {@link DataFolder#data}, or nothing when this fails. What
     * a killed attempt left behind is removed first.
     *
     * @return the name of the new data
     * @throws ServerException when the instance already has data, or mysqld cannot initialise
     */
    public synchronized Incarnation fill(DataFolder instance) throws InterruptedException {
        if (instance.hasData()) {
            throw new ServerException("There are data in " + instance.data() + " already, and they are kept.");
        }
        try {
            Path template = template();
            return FreshData.make(instance, mysql -> new SparseCopy().copy(template, mysql));
        } catch (IOException e) {
            throw new ServerException(
                    "The first data of " + instance.root() + " could not be written (" + e.getMessage() + "). There are"
                            + " none yet; it can be tried again.",
                    e);
        }
    }

    private Path template() throws IOException, InterruptedException {
        Path template = folder.resolve("mysql-" + version() + "-" + EDITION);
        if (Files.isDirectory(template)) {
            return template;
        }
        Files.createDirectories(folder, DataFolder.OWNER_ONLY);
        try (FileChannel channel =
                        FileChannel.open(folder.resolve("lock"), StandardOpenOption.CREATE, StandardOpenOption.WRITE);
                FileLock _ = lock(channel)) {
            if (!Files.isDirectory(template)) {
                removeUnfinished();
                make(template);
            }
        }
        return template;
    }

    private ServerVersion version() throws IOException {
        String banner = Command.of(VERSION_LIMIT, mysqld.toString(), "--no-defaults", "--version")
                .run()
                .output();
        return ServerVersion.ofBanner(banner)
                .orElseThrow(() -> new ServerException(mysqld + " does not say its version, but: " + banner));
    }

    private static FileLock lock(FileChannel channel) throws IOException, InterruptedException {
        long deadline = System.nanoTime() + LOCK_LIMIT.toNanos();
        FileLock lock = channel.tryLock();
        while (lock == null) {
            if (System.nanoTime() - deadline > 0) {
                throw new ServerException("Another process has been preparing a data directory for more than "
                        + LOCK_LIMIT.toMinutes() + " minutes. Nothing was done here; it can be tried again.");
            }
            Thread.sleep(POLL);
            lock = channel.tryLock();
        }
        return lock;
    }

    private void removeUnfinished() throws IOException {
        for (Path path : entries(folder)) {
            if (String.valueOf(path.getFileName()).startsWith(UNFINISHED)) {
                try {
                    new FileTree(path).delete();
                } catch (IOException stillWrittenTo) {
                    LOG.debug("{} is left to the next one.", path, stillWrittenTo);
                }
            }
        }
    }

    private void make(Path template) throws IOException {
        Path unfinished = Files.createTempDirectory(folder, UNFINISHED);
        Path data = unfinished.resolve("mysql");
        Path accounts = unfinished.resolve("accounts.sql");
        Files.writeString(accounts, "DROP USER 'root'@'localhost';\n");
        List<String> words = Stream.of(
                        Stream.of(mysqld.toString()),
                        CHEAP.stream(),
                        Stream.of("--datadir=" + data, "--init-file=" + accounts))
                .flatMap(part -> part)
                .toList();
        Command.Outcome outcome = new Command(words, unfinished, INITIALISE_LIMIT).run();
        if (!outcome.succeeded()) {
            throw new ServerException("mysqld could not initialise a data directory (code " + outcome.exitCode() + "): "
                    + complaint(outcome) + " Nothing was kept; it can be tried again.");
        }
        removeWhatIsOneServersOwn(data);
        new FileTree(data).flush();
        Files.move(data, template, StandardCopyOption.ATOMIC_MOVE);
        StateFile.syncFolder(template);
        new FileTree(unfinished).delete();
    }

    /** Its last line only says that it aborts. */
    private static String complaint(Command.Outcome outcome) {
        String errors = ErrorLines.last(outcome.lines().stream());
        return errors.isEmpty() ? outcome.lastLine() : errors;
    }

    /** And the redo log files in stock, which mysqld makes anew in the size that it is told. */
    private static void removeWhatIsOneServersOwn(Path data) throws IOException {
        for (Path path : entries(data)) {
            if (path.endsWith("auto.cnf") || path.toString().endsWith(".pem")) {
                Files.delete(path);
            }
        }
        for (Path path : entries(data.resolve("#innodb_redo"))) {
            if (path.toString().endsWith("_tmp")) {
                Files.delete(path);
            }
        }
    }

    private static List<Path> entries(Path folder) throws IOException {
        try (Stream<Path> entries = Files.list(folder)) {
            return entries.toList();
        }
    }
}
