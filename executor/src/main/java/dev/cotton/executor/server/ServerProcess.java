package dev.cotton.executor.server;

import dev.cotton.core.wire.ProcessFile;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;

/**
 * One run of mysqld as its keeper wrote it down.
 *
 * @param process mysqld's
 */
record ServerProcess(ProcessFile process) {
    private static final int STATE = 0;
    private static final int START_TICKS = 19;

    long id() {
        return process.pid();
    }

    /** How this run ended, as {@code file} tells. */
    Exit exit(Path file) {
        return words(file)
                .filter(words -> words.size() == 3
                        && words.getFirst().equals(Long.toString(process.pid()))
                        && words.get(1).equals(Long.toString(process.startTicks())))
                .map(words -> new Exit(OptionalInt.of(Integer.parseInt(words.get(2)))))
                .orElse(Exit.UNKNOWN);
    }

    boolean alive() {
        return alive(process);
    }

    /** Ends mysqld by SIGKILL, or asks it to shut down by SIGTERM. Nothing happens when it does not run. */
    void end(boolean forcibly) {
        // The handle remembers the start of the process that it was made for, so the check after that holds for the
        // signal as well.
        Optional<ProcessHandle> handle = ProcessHandle.of(id());
        if (handle.isPresent() && alive()) {
            if (forcibly) {
                handle.get().destroyForcibly();
            } else {
                handle.get().destroy();
            }
        }
    }

    /** Whether that very process runs. */
    static boolean alive(ProcessFile process) {
        return process.bootId().equals(BootDoubt.hostBootId())
                && stat(process.pid())
                        .filter(fields -> !fields.get(STATE).equals("Z"))
                        .filter(fields -> Long.parseLong(fields.get(START_TICKS)) == process.startTicks())
                        .isPresent();
    }

    /** The fields of {@code /proc/<id>/stat} after the program's name, which may hold anything. */
    private static Optional<List<String>> stat(long process) {
        try {
            String stat = Files.readString(Path.of("/proc/" + process + "/stat"));
            return Optional.of(
                    List.of(stat.substring(stat.lastIndexOf(')') + 2).strip().split(" ", -1)));
        } catch (IOException gone) {
            return Optional.empty();
        }
    }

    private static Optional<List<String>> words(Path file) {
        try {
            return Optional.of(List.of(Files.readString(file).strip().split(" ", -1)));
        } catch (NoSuchFileException e) {
            return Optional.empty();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
