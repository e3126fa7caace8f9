package dev.cotton.faults;

import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;

/**
 * A disk of a folder's own that can be full, frozen, slow for ever or broken: a file system in a file, which lies on
 * another file system in a file. Needs root and loop devices. Used by one thread.
 */
final class Disk implements AutoCloseable {
    private static final long MEGABYTE = 1 << 20;

    /** For a new copy of the data, which MySQL wants room for before it gives up the old one. */
    private static final long SPARE = 512 * MEGABYTE;

    private static final Duration LIMIT = Duration.ofSeconds(30);

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

    /** Moves a folder that nobody uses now, with all that is in it, to a disk of its own. */
    static Disk of(Path folder) throws IOException {
        Disk disk = new Disk(folder, Files.createTempDirectory("cotton-disk-"));
        try {
            disk.build();
            return disk;
        } catch (RuntimeException | Error incomplete) {
            disk.close();
            throw incomplete;
        }
    }

    private void build() throws IOException {
        long size = Long.parseLong(Command.run("du -sb " + folder).split("\\s", 2)[0]) + SPARE;
        Files.createDirectory(below);
        mount(make(work.resolve("below.img"), size + SPARE), below);
        Path draft = Files.createDirectory(work.resolve("draft"));
        mount(make(image, size), draft);
        Command.run("rmdir " + draft.resolve("lost+found"));
        Command.run("cp -a " + folder + "/. " + draft);
        Command.run("umount " + draft);
        attach();
    }

    /** Without room that only root may use, and ready at once. */
    private static Path make(Path file, long size) {
        Command.run("truncate -s " + size + " " + file);
        Command.run("mkfs.ext4 -q -m 0 -E lazy_itable_init=0,lazy_journal_init=0 " + file);
        return file;
    }

    private static void mount(Path file, Path at) {
        Command.run("mount -o loop,errors=remount-ro " + file + " " + at);
    }

    private void attach() {
        mount(image, folder);
    }

    /** Leaves no room at all. */
    void fill() {
        long room = folder.toFile().getUsableSpace();
        Command.run("fallocate -l " + Math.max(1, room - MEGABYTE) + " " + filler());
        // It ends with an error: that there is no room.
        Command.tryTo("dd if=/dev/zero of=" + filler() + " bs=512 oflag=append conv=notrunc");
    }

    private Path filler() {
        return folder.resolve("filler");
    }

    /** Gives the room back. */
    void free() {
        Command.run("rm " + filler());
    }

    /** Every write waits. */
    void freeze() {
        Command.run("fsfreeze -f " + folder);
    }

    /** Writes succeed, and what is to reach the disk waits. */
    void hang() {
        Command.run("fsfreeze -f " + below);
    }

    /** Ends {@link #freeze} and {@link #hang}. */
    void thaw() {
        Command.tryTo("fsfreeze -u " + below);
        Command.tryTo("fsfreeze -u " + folder);
    }

    /** An error of the file system: it can only be read from now on. */
    void breakDown() {
        String device = Path.of(Command.run("findmnt -n -o SOURCE " + folder))
                .getFileName()
                .toString();
        try {
            Files.writeString(Path.of("/sys/fs/ext4", device, "trigger_fs_error"), "a test");
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Mends the file system, once nobody uses it any more. */
    void repair() {
        unmount(folder);
        Command.tryTo("e2fsck -y -f " + image);
        attach();
    }

    /** Ends it. What uses it must have ended. */
    @Override
    public void close() throws IOException {
        thaw();
        unmount(folder);
        unmount(work.resolve("draft"));
        unmount(below);
        Command.run("rm -rf " + work);
    }

    /** The kernel lets go of it a moment after the last process that used it. */
    private static void unmount(Path at) {
        await().atMost(LIMIT).until(() -> !Command.tryTo("mountpoint -q " + at) || Command.tryTo("umount " + at));
    }
}
