package dev.cotton.executor.server;

import dev.cotton.core.model.Incarnation;
import dev.cotton.core.wire.InstanceFolder;
import dev.cotton.executor.provision.FileTree;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.FileAttribute;
import java.nio.file.attribute.PosixFilePermission;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.SecureRandom;
import java.util.Comparator;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * The folder of one instance; the package's description draws it. A value: it knows the names, and that is all it keeps.
 *
 * @param root absolute
 */
public record DataFolder(Path root) {
    static final FileAttribute<Set<PosixFilePermission>> OWNER_ONLY =
            PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rwx------"));

    private static final Pattern BINLOG = Pattern.compile("binlog\\.[0-9]+");

    public DataFolder {
        if (!root.isAbsolute()) {
            throw new IllegalArgumentException("folder: an absolute path, not '" + root + "'.");
        }
    }

    /** Makes the folders that are missing, except {@code data}. */
    public void create() {
        try {
            Files.createDirectories(root, OWNER_ONLY);
            for (Path folder : List.of(processes(), run(), tls(), log(), state())) {
                Files.createDirectories(folder, OWNER_ONLY);
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /**
     * Claims the folder for this process until the lock is closed or the process ends.
     *
     * @throws ServerException when another executor has it
     */
    public FileChannel claim() {
        try {
            FileChannel channel = FileChannel.open(
                    state().resolve("executor.lock"), StandardOpenOption.CREATE, StandardOpenOption.WRITE);
            FileLock lock = channel.tryLock();
            if (lock == null) {
                channel.close();
                throw new ServerException("Another executor already looks after " + root
                        + ". This one ends; the other one and its mysqld go on.");
            }
            return channel;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Whether there are data. The folder itself stays when they are given up. */
    public boolean hasData() {
        return !givenUp() && !entries(data()).isEmpty();
    }

    private boolean givenUp() {
        return Files.exists(mark());
    }

    /** While it exists, what is in {@link #data} is only still to be deleted. */
    private Path mark() {
        return data().resolve("given-up");
    }

    /** Gives the data up: when this returns there are none any more, whatever {@link #clear} has still to delete. */
    public void giveUp() {
        StateFile.replace(mark(), new byte[0]);
    }

    /** Deletes data that were given up. Safe against being killed at any point; nothing happens when there are none. */
    public void clear() {
        if (!givenUp()) {
            return;
        }
        try {
            for (Path entry : entries(data())) {
                if (!entry.equals(mark())) {
                    new FileTree(entry).delete();
                }
            }
            StateFile.sync(data());
            Files.delete(mark());
            StateFile.sync(data());
        } catch (IOException e) {
            throw new ServerException(
                    "Data that were given up in " + data() + " could not be deleted: " + e.getMessage() + ".", e);
        }
    }

    private static List<Path> entries(Path folder) {
        if (!Files.isDirectory(folder)) {
            return List.of();
        }
        try (Stream<Path> entries = Files.list(folder)) {
            return entries.toList();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** The name of this life of the data, once there are any. */
    public Optional<Incarnation> incarnation() {
        if (givenUp()) {
            return Optional.empty();
        }
        return new StateFile<>(data().resolve("incarnation"), Life.class).read().map(Life::incarnation);
    }

    /**
     * Begins another life of the data, to be called before CLONE INSTANCE is told to overwrite them: another
     * incarnation at once, and another server UUID with mysqld's next start, also the one that ends CLONE. Write the
     * option file again afterwards: its server id follows the incarnation. On disk when this returns.
     */
    public Incarnation renew() {
        StateFile.replace(forgetUuid(), new byte[0]);
        return bear(data());
    }

    /** Gives the data in {@code data} a new name. */
    static Incarnation bear(Path data) {
        byte[] nonce = new byte[12];
        new SecureRandom().nextBytes(nonce);
        Incarnation incarnation = new Incarnation(HexFormat.of().formatHex(nonce));
        new StateFile<>(data.resolve("incarnation"), Life.class).write(new Life(incarnation));
        return incarnation;
    }

    /** What the file {@code incarnation} holds. */
    record Life(Incarnation incarnation) {}

    public Path optionFile() {
        return root.resolve("my.cnf");
    }

    /** All that a CLONE replaces or that replication keeps; there as a whole or not at all. */
    public Path data() {
        return root.resolve(InstanceFolder.DATA);
    }

    /** mysqld's data directory. */
    public Path mysql() {
        return data().resolve("mysql");
    }

    Path boot() {
        return data().resolve("boot");
    }

    Path forgetUuid() {
        return data().resolve("forget-uuid");
    }

    /** Where the processes are named that may outlive their starters. */
    Path processes() {
        return root.resolve(InstanceFolder.PROCESSES);
    }

    public Path run() {
        return root.resolve("run");
    }

    /** mysqld's socket. Its name may be too long for a client: change to {@link #run} and use the last part. */
    public Path socket() {
        return run().resolve("mysqld.sock");
    }

    public Path tls() {
        return root.resolve("tls");
    }

    /** The certificate of the authority that signs the cluster's certificates, PEM. */
    public Path authority() {
        return tls().resolve("ca.pem");
    }

    /** mysqld's certificate, PEM. */
    public Path certificate() {
        return tls().resolve("cert.pem");
    }

    /** mysqld's private key, PEM, mode 0600. */
    public Path privateKey() {
        return tls().resolve("key.pem");
    }

    public Path log() {
        return root.resolve("log");
    }

    public Path mysqldLog() {
        return log().resolve("mysqld.log");
    }

    /** Where mysqld logs slow queries, when the user asked for that. */
    public Path slowLog() {
        return log().resolve("slow.log");
    }

    public Path executorLog() {
        return log().resolve("executor.log");
    }

    /** What mysqld has written for those that replicate from it, the oldest first. */
    public List<Path> binlogs() {
        return entries(data().resolve("binlog")).stream()
                .filter(path -> BINLOG.matcher(path.getFileName().toString()).matches())
                .sorted(Comparator.comparingLong(DataFolder::number))
                .toList();
    }

    private static long number(Path binlog) {
        String name = binlog.getFileName().toString();
        return Long.parseLong(name.substring(name.indexOf('.') + 1));
    }

    /** Where a copy of the data is made for a backup. Is there only for as long as it is being made. */
    public Path scratch() {
        return root.resolve("scratch");
    }

    /** Where the executor keeps its {@linkplain StateFile state}. */
    public Path state() {
        return root.resolve("state");
    }
}
