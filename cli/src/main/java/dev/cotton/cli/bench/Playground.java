package dev.cotton.cli.bench;

import dev.cotton.cli.ExitCode;
import dev.cotton.cli.Failure;
import dev.cotton.cli.machine.Account;
import dev.cotton.cli.machine.AtExit;
import dev.cotton.cli.machine.DataFolder;
import dev.cotton.cli.machine.RunningScheduler;
import dev.cotton.core.wire.InstanceFolder;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.DirectoryStream;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.attribute.BasicFileAttributes;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.json.JsonMapper;

/**
 * A new folder for one measurement. It vanishes with every process that was started for what is in it: when it is closed,
 * and when a signal ends this program.
 */
public final class Playground implements AutoCloseable {
    private static final Duration STOP_LIMIT = Duration.ofSeconds(20);

    private static final int KILL_ROUNDS = 20;

    private final Path folder;
    private final AtExit atExit;
    private final List<Fixture> fixtures = new CopyOnWriteArrayList<>();
    private boolean closed;

    private Playground(Path folder) {
        this.folder = folder;
        this.atExit = AtExit.run("clean up", this::remove);
    }

    /** @param parent on the disk that is to be measured */
    public static Playground in(Path parent) {
        try {
            Path folder = Files.createTempDirectory(parent.toAbsolutePath(), "cotton-bench-");
            Files.setPosixFilePermissions(
                    folder, PosixFilePermissions.fromString(Account.isRoot() ? "rwx--x--x" : "rwx------"));
            return new Playground(folder);
        } catch (IOException e) {
            throw new Failure(ExitCode.FAILED, "No folder can be made in " + parent + " (" + e.getMessage() + ").", e);
        }
    }

    /** Something that was made for the measurement outside of its folder, or keeps it from being removed. */
    public interface Fixture {
        /** Lets go of processes that it keeps from ending. */
        void release();

        /** Ends it; no process uses it any more. */
        void remove() throws IOException;
    }

    /** Removes {@code fixture} with everything else. */
    public void add(Fixture fixture) {
        fixtures.add(fixture);
    }

    public DataFolder data() {
        return new DataFolder(folder.resolve("data"));
    }

    /**
     * A folder that belongs to a user.
     *
     * @param user of this machine; looked at only when this program is root's
     */
    Path privateFolder(String name, String user) throws IOException {
        Path made = Files.createDirectory(
                folder.resolve(name),
                PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rwx------")));
        if (Account.isRoot()) {
            Files.setOwner(
                    made, made.getFileSystem().getUserPrincipalLookupService().lookupPrincipalByName(user));
        }
        return made;
    }

    @Override
    public void close() {
        atExit.close();
        remove();
    }

    /** Stops the scheduler first, because it starts again what ends. */
    private synchronized void remove() {
        if (closed) {
            return;
        }
        closed = true;
        try {
            data().runningScheduler()
                    .map(RunningScheduler::process)
                    .ifPresent(process -> process.handle().ifPresent(Playground::stop));
            fixtures.forEach(Fixture::release);
            killProcesses();
            for (Fixture fixture : fixtures) {
                fixture.remove();
            }
            removeLimits();
            delete(folder);
        } catch (IOException e) {
            throw new Failure(
                    ExitCode.FAILED, "The folder " + folder + " cannot be removed (" + e.getMessage() + ").", e);
        }
    }

    /** Until there are none: an executor may have started a mysqld again that was killed before it. */
    private void killProcesses() throws IOException {
        List<ProcessHandle> processes = processes();
        for (int i = 0; i < KILL_ROUNDS && !processes.isEmpty(); i++) {
            processes.forEach(ProcessHandle::destroyForcibly);
            processes.forEach(Playground::await);
            processes = processes();
        }
    }

    private static void stop(ProcessHandle scheduler) {
        scheduler.destroy();
        if (!await(scheduler)) {
            scheduler.destroyForcibly();
            await(scheduler);
        }
    }

    private static boolean await(ProcessHandle process) {
        try {
            process.onExit().get(STOP_LIMIT.toMillis(), TimeUnit.MILLISECONDS);
            return true;
        } catch (TimeoutException stillThere) {
            return false;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return false;
        } catch (java.util.concurrent.ExecutionException impossible) {
            throw new IllegalStateException(impossible);
        }
    }

    /** Those of instances in this folder. */
    private List<ProcessHandle> processes() throws IOException {
        String mark = "\0" + InstanceFolder.MARK + "=" + folder + "/";
        List<ProcessHandle> found = new ArrayList<>();
        try (DirectoryStream<Path> all = Files.newDirectoryStream(Path.of("/proc"), "[0-9]*")) {
            for (Path process : all) {
                Optional<ProcessHandle> handle =
                        ProcessHandle.of(Long.parseLong(process.getFileName().toString()));
                if (environment(process).contains(mark)) {
                    handle.ifPresent(found::add);
                }
            }
        }
        return found;
    }

    private static String environment(Path process) {
        try {
            return "\0" + new String(Files.readAllBytes(process.resolve("environ")), StandardCharsets.ISO_8859_1);
        } catch (IOException goneOrSomebodyElses) {
            return "";
        }
    }

    /** The control groups that the engine has made for its data folder; they are empty now. */
    private void removeLimits() throws IOException {
        Path note = data().path().resolve("data-folder.json");
        if (!Files.exists(note)) {
            return;
        }
        String id = JsonMapper.shared()
                .readTree(Files.readAllBytes(note))
                .path("id")
                .asString();
        if (!id.matches("[0-9a-f]+")) {
            return;
        }
        for (String tree : List.of("memory", "cpu", "")) {
            Path group = Path.of("/sys/fs/cgroup", tree, "cotton", id);
            if (Files.isDirectory(group)) {
                try (Stream<Path> all = Files.walk(group)) {
                    // The kernel removes a group with its files, which cannot be removed one by one.
                    for (Path each : all.filter(Files::isDirectory)
                            .sorted(Comparator.reverseOrder())
                            .toList()) {
                        Files.delete(each);
                    }
                }
            }
        }
    }

    /** Removes a folder with everything in it, also when somebody else does so at the same time. */
    static void delete(Path folder) throws IOException {
        Files.walkFileTree(folder, new SimpleFileVisitor<>() {
            @Override
            public FileVisitResult visitFile(Path file, BasicFileAttributes attributes) throws IOException {
                Files.deleteIfExists(file);
                return FileVisitResult.CONTINUE;
            }

            @Override
            public FileVisitResult visitFileFailed(Path file, IOException failed) throws IOException {
                if (failed instanceof NoSuchFileException) {
                    return FileVisitResult.CONTINUE;
                }
                throw failed;
            }

            @Override
            public FileVisitResult postVisitDirectory(Path visited, @Nullable IOException failed) throws IOException {
                if (failed != null && !(failed instanceof NoSuchFileException)) {
                    throw failed;
                }
                Files.deleteIfExists(visited);
                return FileVisitResult.CONTINUE;
            }
        });
    }
}
