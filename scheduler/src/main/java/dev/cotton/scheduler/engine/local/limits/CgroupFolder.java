package dev.cotton.scheduler.engine.local.limits;

import java.io.IOException;
import java.io.InterruptedIOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** One group as the kernel shows it: a folder of control files. */
record CgroupFolder(Path path) {
    private static final long LOOK_AGAIN_MILLIS = 20;
    private static final int LOOKS = 100;

    void set(String control, Object value) throws IOException {
        Files.writeString(path.resolve(control), value.toString());
    }

    /** As {@link #set}, where the kernel has that control. */
    void setIfThere(String control, Object value) throws IOException {
        if (Files.exists(path.resolve(control))) {
            set(control, value);
        }
    }

    /** A process that writes its id here is in the group. */
    Path processes() {
        return path.resolve("cgroup.procs");
    }

    /** Removes it when there are neither processes nor groups in it. */
    void removeIfEmpty() {
        try {
            Files.deleteIfExists(path);
        } catch (IOException inUse) {
            // The kernel says so, and it stays.
        }
    }

    /**
     * Kills what is in it, then removes it; nothing when it is not there.
     *
     * @throws IOException when it could not be emptied within two seconds
     */
    void remove() throws IOException {
        for (int look = 0; look < LOOKS && Files.isDirectory(path); look++) {
            for (String pid : Files.readAllLines(processes())) {
                ProcessHandle.of(Long.parseLong(pid)).ifPresent(ProcessHandle::destroyForcibly);
            }
            if (path.toFile().delete()) {
                return;
            }
            pause();
        }
        if (Files.isDirectory(path)) {
            throw new IOException("the control group " + path + " does not get empty");
        }
    }

    private static void pause() throws IOException {
        try {
            Thread.sleep(LOOK_AGAIN_MILLIS);
        } catch (InterruptedException stopped) {
            Thread.currentThread().interrupt();
            throw new InterruptedIOException("interrupted while a control group was emptied");
        }
    }
}
