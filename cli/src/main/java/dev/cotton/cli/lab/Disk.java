package dev.cotton.cli.lab;

import dev.cotton.cli.ExitCode;
import dev.cotton.cli.Failure;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;

/**
 * A disk of a folder's own that can be full, frozen, slow for ever or broken: a file system in a file, which lies on
 * another file system in a file. Needs root, loop devices, {@code mkfs.ext4} and {@code fsfreeze}. Used by one thread.
 */
public final class Disk implements AutoCloseable {
    private static final long MEGABYTE = 1 << 20;

    /** For a new copy of the data, which MySQL wants room for before it gives up the old one. */
    private static final long SPARE = 512 * MEGABYTE;

    private static final Duration LIMIT = Duration.ofSeconds(30);
    private static final Duration LOOK = Duration.ofMillis(100);

    private final Path folder;
    private final Path work;
    private final Path below;
    private final Path image;

    private Disk(Path folder, Path work) {
        this.folder = folder;
        this.work = work;
        this.below = work.resolve("below");
        this.image = below.resolve("disk.img");
    }

    /**
     * Moves a folder that nobody uses now, with all that is in it, to a disk of its own.
     *
     * @param parent where its files are made
     * @throws Failure when this machine does not allow it, with what it says; the folder is as it was then
     */
    public static Disk of(Path folder, Path parent) throws IOException {
        Disk disk = new Disk(folder, Files.createTempDirectory(parent, "cotton-disk-"));
        try {
            disk.build();
            return disk;
        } catch (RuntimeException | Error incomplete) {
            disk.close();
            throw incomplete;
        }
    }

    /**
     * Makes one and freezes it, to see whether this machine allows that.
     *
     * @param parent where its files are made
     * @throws Failure when it does not, with what it says
     */
    public static void rehearse(Path parent) throws IOException {
        Path folder = Files.createTempDirectory(parent, "cotton-rehearsal-");
        try (Disk disk = Disk.of(folder, parent)) {
            disk.freeze();
        } finally {
            Files.delete(folder);
        }
    }

    private void build() throws IOException {
        long size = Long.parseLong(Command.run("du -sb", folder).split("\\s", 2)[0]) + SPARE;
        Files.createDirectory(below);
        mount(make(work.resolve("below.img"), size + SPARE), below);
        Path draft = Files.createDirectory(work.resolve("draft"));
        mount(make(image, size), draft);
        Command.run("rmdir", draft.resolve("lost+found"));
        Command.run("cp -a", folder.resolve("."), draft);
        Command.run("umount", draft);
        attach();
    }

    /** Without room that only root may use, and ready at once. */
    private static Path make(Path file, long size) {
        Command.run("truncate -s " + size, file);
        Command.run("mkfs.ext4 -q -m 0 -E lazy_itable_init=0,lazy_journal_init=0", file);
        return file;
    }

    private static void mount(Path file, Path at) {
        Command.run("mount -o loop,errors=remount-ro", file, at);
    }

    private void attach() {
        mount(image, folder);
    }

    /** Leaves no room at all. */
    public void fill() {
        long room = folder.toFile().getUsableSpace();
        Command.run("fallocate -l " + Math.max(1, room - MEGABYTE), filler());
        // It ends with an error: that there is no room.
        Command.tryTo("dd if=/dev/zero bs=512 oflag=append conv=notrunc", "of=" + filler());
    }

    private Path filler() {
        return folder.resolve("filler");
    }

    /** Gives the room back. */
    public void free() {
        Command.run("rm", filler());
    }

    /** Every write waits. */
    public void freeze() {
        Command.run("fsfreeze -f", folder);
    }

    /** Writes succeed, and what is to reach the disk waits. */
    public void hang() {
        Command.run("fsfreeze -f", below);
    }

    /** Ends {@link #freeze} and {@link #hang}. */
    public void thaw() {
        Command.tryTo("fsfreeze -u", below);
        Command.tryTo("fsfreeze -u", folder);
    }

    /** An error of the file system: it can only be read from now on. */
    public void breakDown() {
        String device = Path.of(Command.run("findmnt -n -o SOURCE", folder))
                .getFileName()
                .toString();
        try {
            Files.writeString(Path.of("/sys/fs/ext4", device, "trigger_fs_error"), "a test");
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Mends the file system, once nobody uses it any more. */
    public void repair() {
        unmount(folder);
        Command.tryTo("e2fsck -y -f", image);
        attach();
    }

    /** Ends it: the folder is as it was before. What uses the disk must have ended. */
    @Override
    public void close() throws IOException {
        thaw();
        unmount(folder);
        unmount(work.resolve("draft"));
        unmount(below);
        Command.run("rm -rf", work);
    }

    /** The kernel lets go of it a moment after the last process that used it. */
    private static void unmount(Path at) {
        long deadline = System.nanoTime() + LIMIT.toNanos();
        while (Command.tryTo("mountpoint -q", at) && !Command.tryTo("umount", at)) {
            if (System.nanoTime() - deadline > 0) {
                throw new Failure(ExitCode.FAILED, at + " is still in use. Unmount it.");
            }
            pause();
        }
    }

    private static void pause() {
        try {
            Thread.sleep(LOOK);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new Failure(ExitCode.INTERRUPTED, "Interrupted.", e);
        }
    }
}
