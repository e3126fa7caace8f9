package dev.cotton.executor.server;

import dev.cotton.core.model.Incarnation;
import dev.cotton.core.wire.InstanceFolder;
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
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * The folder of one instance; the package's description draws it. A value: it knows the names, and that is all it keeps.
 *
 * @param root absolute
 */
public record DataFolder(Path root) {
    static final FileAttribute<Set<PosixFilePermission>> OWNER_ONLY =
            PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rwx------"));

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

    /** Whether there are data. */
    public boolean hasData() {
        return Files.isDirectory(data());
    }

    /** The name of this life of the data, once there are any. */
    public Optional<Incarnation> incarnation() {
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

    /** Where the executor keeps its {@linkplain StateFile state}. */
    public Path state() {
        return root.resolve("state");
    }
}
