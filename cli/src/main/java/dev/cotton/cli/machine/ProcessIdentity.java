package dev.cotton.cli.machine;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;

/**
 * A process, told apart from a later one that has got the same number.
 *
 * @param startTicks when it began, in the kernel's ticks since the boot
 * @param bootId of the boot that it began in
 */
public record ProcessIdentity(long pid, long startTicks, String bootId) {
    private static final int START_TICKS_AFTER_NAME = 19;

    /** This process. */
    public static ProcessIdentity current() {
        return of(ProcessHandle.current().pid())
                .orElseThrow(() -> new IllegalStateException("This process is not in /proc."));
    }

    /** The process with that number, if there is one now. */
    public static Optional<ProcessIdentity> of(long pid) {
        try {
            String stat = Files.readString(Path.of("/proc/" + pid + "/stat"));
            String[] afterName = stat.substring(stat.lastIndexOf(')') + 2).split(" ", -1);
            String bootId =
                    Files.readString(Path.of("/proc/sys/kernel/random/boot_id")).strip();
            return Optional.of(new ProcessIdentity(pid, Long.parseLong(afterName[START_TICKS_AFTER_NAME]), bootId));
        } catch (IOException gone) {
            return Optional.empty();
        }
    }

    /** Whether exactly this process is still there and has not exited. */
    public boolean lives() {
        return of(pid).filter(this::equals).isPresent()
                && ProcessHandle.of(pid).filter(ProcessHandle::isAlive).isPresent();
    }

    /** For signals and for waiting; empty when it is gone. */
    public Optional<ProcessHandle> handle() {
        return lives() ? ProcessHandle.of(pid) : Optional.empty();
    }
}
