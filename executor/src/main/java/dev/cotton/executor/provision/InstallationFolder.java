package dev.cotton.executor.provision;

import dev.cotton.core.model.DataSize;
import dev.cotton.core.port.Installation;
import dev.cotton.core.port.Progress;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.ReentrantLock;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * The folder {@code <data>/mysql} in which installations are kept, each in a folder {@code <version>-<kind>}. See the
 * package's description for what is always true of it. Thread-safe.
 */
final class InstallationFolder {
    static final Duration PATIENCE = Duration.ofMinutes(20);

    private static final String WAITING = "Waiting for another process that is installing MySQL here";
    private static final String BUILD_PREFIX = ".building-";
    private static final Duration POLL = Duration.ofMillis(200);

    /**
     * The operating system's file locks belong to the whole process and are lost when any of its channels to the file
     * is closed. So the threads of this process take turns here before they touch the file.
     */
    private static final ConcurrentHashMap<Path, ReentrantLock> TURNS = new ConcurrentHashMap<>();

    private final Path folder;
    private final Duration patience;

    /**
     * @param data the data folder; made when it is missing
     * @param patience how long to wait for another process that is installing
     */
    InstallationFolder(Path data, Duration patience) {
        this.folder = data.toAbsolutePath().normalize().resolve("mysql");
        this.patience = patience;
    }

    /** Work that is done while no other process or thread builds here. */
    @FunctionalInterface
    interface Work<T> {
        T run() throws IOException;
    }

    Path path() {
        return folder;
    }

    /**
     * Does {@code work} while holding the lock of this folder. Building folders that a killed process left behind are
     * removed first.
     *
     * @throws IOException when the folder cannot be made or locked in time, or {@code work} fails
     */
    <T> T whileLocked(Progress progress, Work<T> work) throws IOException {
        ReentrantLock turn = TURNS.computeIfAbsent(folder, _ -> new ReentrantLock());
        long deadline = System.nanoTime() + patience.toNanos();
        try {
            takeTurn(turn, progress);
            try {
                createReadableByAll(folder);
                try (FileChannel channel = FileChannel.open(
                                folder.resolve(".lock"), StandardOpenOption.CREATE, StandardOpenOption.WRITE);
                        FileLock _ = lock(channel, deadline, progress)) {
                    removeLeftovers();
                    return work.run();
                }
            } finally {
                turn.unlock();
            }
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
            throw new IOException("The installation was called off.", interrupted);
        }
    }

    /** Makes an empty folder to build in. Only while locked. */
    Path newBuild() throws IOException {
        return Files.createTempDirectory(folder, BUILD_PREFIX);
    }

    /**
     * Puts a built installation in place: flushed to disk, readable by everybody, by one rename. Only while locked.
     *
     * @param built a folder below one of {@link #newBuild}
     * @return where it is now
     */
    Path publish(Path built, ServerVersion version, String kind) throws IOException {
        FileTree tree = new FileTree(built);
        tree.makeReadable();
        tree.flush();
        String name = version + "-" + kind;
        Path target = folder.resolve(name);
        for (int copy = 2; Files.exists(target); copy++) {
            target = folder.resolve(name + "." + copy);
        }
        Files.move(built, target, StandardCopyOption.ATOMIC_MOVE);
        FileTree.flush(folder);
        return target;
    }

    /**
     * The newest installation of {@code kind} that is whole and runs.
     *
     * @param source the name of the installer that asks
     */
    Optional<Installation> working(String kind, String source) throws IOException {
        for (Path home : installed(kind)) {
            if (Programs.below(home).check() instanceof Programs.Works works) {
                return Optional.of(new Installation(
                        works.version().toString(),
                        home,
                        source,
                        "MySQL " + works.version() + " is installed in " + home + " already."));
            }
        }
        return Optional.empty();
    }

    /** The installations of {@code kind}, the newest first. */
    List<Path> installed(String kind) throws IOException {
        Pattern name = Pattern.compile("\\d+\\.\\d+\\.\\d+-" + Pattern.quote(kind) + "(\\.\\d+)?");
        if (!Files.isDirectory(folder)) {
            return List.of();
        }
        try (Stream<Path> entries = Files.list(folder)) {
            return entries.filter(entry -> name.matcher(nameOf(entry)).matches())
                    .sorted(Comparator.comparing(InstallationFolder::version)
                            .thenComparing(Path::toString)
                            .reversed())
                    .toList();
        }
    }

    /** What would keep an installation from being built here, a sentence; empty when nothing is known. */
    Optional<String> obstacle(DataSize needed) {
        Path existing = folder;
        while (!Files.exists(existing) && existing.getParent() != null) {
            existing = existing.getParent();
        }
        if (!Files.isWritable(existing)) {
            return Optional.of(existing + " cannot be written.");
        }
        long usable = existing.toFile().getUsableSpace();
        return usable < needed.bytes()
                ? Optional.of("The disk of " + existing + " has " + new DataSize(usable).megabytes()
                        + " MB left, and installing MySQL needs " + needed.megabytes() + " MB.")
                : Optional.empty();
    }

    private void takeTurn(ReentrantLock turn, Progress progress) throws InterruptedException, IOException {
        if (turn.tryLock()) {
            return;
        }
        progress.report(WAITING);
        if (!turn.tryLock(patience.toMillis(), TimeUnit.MILLISECONDS)) {
            throw tookTooLong();
        }
    }

    private FileLock lock(FileChannel channel, long deadline, Progress progress)
            throws IOException, InterruptedException {
        FileLock lock = channel.tryLock();
        if (lock == null) {
            progress.report(WAITING);
        }
        while (lock == null) {
            if (System.nanoTime() - deadline > 0) {
                throw tookTooLong();
            }
            Thread.sleep(POLL);
            lock = channel.tryLock();
        }
        return lock;
    }

    private IOException tookTooLong() {
        return new IOException("Another process has been installing MySQL in " + folder + " for more than "
                + patience.toMinutes() + " minutes.");
    }

    private void removeLeftovers() throws IOException {
        List<Path> leftovers;
        try (Stream<Path> entries = Files.list(folder)) {
            leftovers = entries.filter(entry -> nameOf(entry).startsWith(BUILD_PREFIX))
                    .toList();
        }
        for (Path leftover : leftovers) {
            try {
                new FileTree(leftover).delete();
            } catch (IOException _) {
                // A program that the killed process had started still writes there: the next call gets it.
            }
        }
    }

    private static void createReadableByAll(Path wanted) throws IOException {
        if (Files.isDirectory(wanted)) {
            return;
        }
        Path parent = wanted.getParent();
        if (parent != null) {
            createReadableByAll(parent);
        }
        try {
            Files.createDirectory(wanted);
            Files.setPosixFilePermissions(wanted, PosixFilePermissions.fromString("rwxr-xr-x"));
        } catch (FileAlreadyExistsException existing) {
            if (!Files.isDirectory(wanted)) {
                throw existing;
            }
        }
    }

    private static String nameOf(Path entry) {
        return String.valueOf(entry.getFileName());
    }

    private static ServerVersion version(Path installation) {
        return ServerVersion.ofPackage(nameOf(installation)).orElse(ServerVersion.OLDEST);
    }
}
