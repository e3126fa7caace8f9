package dev.cotton.cli.machine;

import dev.cotton.cli.ExitCode;
import dev.cotton.cli.Failure;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.json.JsonMapper;

/**
 * The folder with everything that Cotton keeps on this machine. At most one scheduler with a ZooKeeper of its own runs on
 * it: the one that holds its {@link #lock}. Several that share another ZooKeeper have no lock, and a note each. Thread-safe.
 *
 * @param path absolute
 */
public record DataFolder(Path path) {
    private static final JsonMapper JSON = JsonMapper.shared();

    public DataFolder {
        path = path.toAbsolutePath().normalize();
    }

    /** With a note about each scheduler of this folder. */
    public Path notes() {
        return path.resolve("schedulers");
    }

    private Path note(ProcessIdentity process) {
        return notes().resolve(process.pid() + ".json");
    }

    public Path logs() {
        return path.resolve("logs");
    }

    public Path schedulerLog() {
        return logs().resolve("scheduler.log");
    }

    public Path commandLog() {
        return logs().resolve("cli.log");
    }

    public boolean exists() {
        return Files.isDirectory(path);
    }

    /**
     * Makes the folder if it is not there: for its owner only, or, as root, passable for the databases' own user.
     *
     * @throws Failure when it cannot be made or written
     */
    public DataFolder create() {
        try {
            if (!exists()) {
                Files.createDirectories(path);
                Files.setPosixFilePermissions(
                        path, PosixFilePermissions.fromString(Account.isRoot() ? "rwxr-xr-x" : "rwx------"));
            }
            for (Path own : List.of(logs(), notes())) {
                if (!Files.isDirectory(own)) {
                    Files.createDirectories(
                            own, PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rwx------")));
                }
            }
        } catch (IOException e) {
            throw new Failure(
                    ExitCode.FAILED,
                    "The data folder " + path + " cannot be made or written (" + e.getMessage()
                            + "). Nothing was changed. Give another one with --data-dir.",
                    e);
        }
        return this;
    }

    /** A lock that is held until it is closed, its process ends, or nobody refers to it any more. */
    @FunctionalInterface
    public interface Held extends AutoCloseable {
        @Override
        void close();
    }

    /** Takes the lock on this folder, unless another process has it. */
    public Optional<Held> lock() {
        try {
            FileChannel channel = FileChannel.open(
                    path.resolve("scheduler.lock"), StandardOpenOption.CREATE, StandardOpenOption.WRITE);
            FileLock lock = channel.tryLock();
            if (lock == null) {
                channel.close();
                return Optional.empty();
            }
            return Optional.of(() -> release(channel));
        } catch (IOException e) {
            throw new Failure(
                    ExitCode.FAILED, "The data folder " + path + " cannot be locked (" + e.getMessage() + ").", e);
        }
    }

    private void release(FileChannel channel) {
        try {
            channel.close();
        } catch (IOException e) {
            throw new Failure(
                    ExitCode.FAILED, "The data folder " + path + " cannot be unlocked (" + e.getMessage() + ").", e);
        }
    }

    /** Writes the note about one scheduler, for this user's eyes only. */
    public void write(RunningScheduler scheduler) {
        Path note = note(scheduler.process());
        try {
            Path next = Files.createTempFile(notes(), "new-", ".tmp");
            Files.write(next, JSON.writerWithDefaultPrettyPrinter().writeValueAsBytes(scheduler));
            Files.move(next, note, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
        } catch (IOException e) {
            throw new Failure(ExitCode.FAILED, "The file " + note + " cannot be written (" + e.getMessage() + ").", e);
        }
    }

    /** Removes the note about a scheduler, and those about schedulers that were killed. */
    public void forget(ProcessIdentity process) {
        for (RunningScheduler noted : noted()) {
            if (noted.process().equals(process) || !noted.process().lives()) {
                remove(note(noted.process()));
            }
        }
    }

    private static void remove(Path note) {
        try {
            Files.deleteIfExists(note);
        } catch (IOException e) {
            throw new Failure(ExitCode.FAILED, "The file " + note + " cannot be removed (" + e.getMessage() + ").", e);
        }
    }

    /** The schedulers that run on this folder now: those that answer first, then the one that has run longest. */
    public List<RunningScheduler> runningSchedulers() {
        return noted().stream()
                .filter(scheduler -> scheduler.process().lives())
                .sorted(Comparator.comparing(
                                (RunningScheduler scheduler) -> scheduler.url().isEmpty())
                        .thenComparing(RunningScheduler::startedAt))
                .toList();
    }

    /** The first of {@link #runningSchedulers}: one that can be asked, if there is any. */
    public Optional<RunningScheduler> runningScheduler() {
        return runningSchedulers().stream().findFirst();
    }

    private List<RunningScheduler> noted() {
        if (!Files.isDirectory(notes())) {
            return List.of();
        }
        try (Stream<Path> all = Files.list(notes())) {
            return all.filter(file -> file.toString().endsWith(".json"))
                    .flatMap(file -> read(file).stream())
                    .toList();
        } catch (IOException e) {
            throw new Failure(
                    ExitCode.FAILED, "The folder " + notes() + " cannot be read (" + e.getMessage() + ").", e);
        }
    }

    private static Optional<RunningScheduler> read(Path note) {
        try {
            return Optional.of(JSON.readValue(Files.readAllBytes(note), RunningScheduler.class));
        } catch (NoSuchFileException gone) {
            return Optional.empty();
        } catch (IOException | JacksonException e) {
            throw new Failure(ExitCode.FAILED, "The file " + note + " cannot be read (" + e.getMessage() + ").", e);
        }
    }
}
