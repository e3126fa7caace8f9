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
import java.util.Optional;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.json.JsonMapper;

/**
 * The folder with everything that Cotton keeps on this machine. At most one scheduler runs on it: the one that holds its
 * {@link #lock}. Thread-safe.
 *
 * @param path absolute
 */
public record DataFolder(Path path) {
    private static final JsonMapper JSON = JsonMapper.shared();

    public DataFolder {
        path = path.toAbsolutePath().normalize();
    }

    /** Says where the scheduler of this folder is. */
    public Path note() {
        return path.resolve("scheduler.json");
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
            if (!Files.isDirectory(logs())) {
                Files.createDirectories(
                        logs(), PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rwx------")));
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

    /** Writes the note, for this user's eyes only. */
    public void write(RunningScheduler scheduler) {
        try {
            Path next = Files.createTempFile(path, "scheduler", ".json");
            Files.write(next, JSON.writerWithDefaultPrettyPrinter().writeValueAsBytes(scheduler));
            Files.move(next, note(), StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
        } catch (IOException e) {
            throw new Failure(
                    ExitCode.FAILED, "The file " + note() + " cannot be written (" + e.getMessage() + ").", e);
        }
    }

    /** Removes the note, unless it is about another process by now. */
    public void forget(ProcessIdentity process) {
        try {
            if (noted().filter(scheduler -> scheduler.process().equals(process)).isPresent()) {
                Files.deleteIfExists(note());
            }
        } catch (IOException e) {
            throw new Failure(
                    ExitCode.FAILED, "The file " + note() + " cannot be removed (" + e.getMessage() + ").", e);
        }
    }

    /** The scheduler that runs on this folder now. */
    public Optional<RunningScheduler> runningScheduler() {
        return noted().filter(scheduler -> scheduler.process().lives());
    }

    private Optional<RunningScheduler> noted() {
        try {
            return Optional.of(JSON.readValue(Files.readAllBytes(note()), RunningScheduler.class));
        } catch (NoSuchFileException none) {
            return Optional.empty();
        } catch (IOException | JacksonException e) {
            throw new Failure(ExitCode.FAILED, "The file " + note() + " cannot be read (" + e.getMessage() + ").", e);
        }
    }
}
