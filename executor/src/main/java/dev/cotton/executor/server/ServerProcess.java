package dev.cotton.executor.server;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;

/**
 * One run of mysqld as its keeper wrote it down. Process ids are used again: the host's boot and the time of the
 * process's start tell this one from a later one.
 *
 * @param bootId of the host
 * @param keeper the keeper's process id
 * @param id mysqld's process id
 * @param born when mysqld was started, in clock ticks since the boot
 */
record ServerProcess(String bootId, long keeper, long id, long born) {
    private static final int STATE = 0;
    private static final int START_TIME = 19;

    /** The run that {@code file} tells of; empty when there never was one. */
    static Optional<ServerProcess> read(Path file) {
        return words(file).map(words -> {
            if (words.size() != 4) {
                throw new ServerException("The file " + file + " is damaged, so nobody knows whether mysqld runs."
                        + " Nothing was done. End a mysqld that still runs on this folder, then delete the file.");
            }
            return new ServerProcess(
                    words.getFirst(),
                    Long.parseLong(words.get(1)),
                    Long.parseLong(words.get(2)),
                    Long.parseLong(words.get(3)));
        });
    }

    /** How this run ended, as {@code file} tells. */
    Exit exit(Path file) {
        return words(file)
                .filter(words -> words.size() == 3
                        && words.getFirst().equals(Long.toString(id))
                        && words.get(1).equals(Long.toString(born)))
                .map(words -> new Exit(OptionalInt.of(Integer.parseInt(words.get(2)))))
                .orElse(Exit.UNKNOWN);
    }

    /** Whether mysqld runs. */
    boolean alive() {
        return bootId.equals(BootDoubt.hostBootId()) && aliveInThisBoot(id) && startTime(id) == born;
    }

    /** Whether the keeper, or another process that got its id, runs. */
    boolean keeperSeemsAlive() {
        return bootId.equals(BootDoubt.hostBootId()) && aliveInThisBoot(keeper);
    }

    /** Ends mysqld by SIGKILL, or asks it to shut down by SIGTERM. Nothing happens when it does not run. */
    void end(boolean forcibly) {
        // The handle remembers the start of the process that it was made for, so the check after that holds for the
        // signal as well.
        Optional<ProcessHandle> handle = ProcessHandle.of(id);
        if (handle.isPresent() && alive()) {
            if (forcibly) {
                handle.get().destroyForcibly();
            } else {
                handle.get().destroy();
            }
        }
    }

    private static boolean aliveInThisBoot(long process) {
        return stat(process).map(fields -> !fields.get(STATE).equals("Z")).orElse(false);
    }

    private static long startTime(long process) {
        return stat(process)
                .map(fields -> Long.parseLong(fields.get(START_TIME)))
                .orElse(-1L);
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
