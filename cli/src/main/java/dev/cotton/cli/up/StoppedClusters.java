package dev.cotton.cli.up;

import dev.cotton.cli.ExitCode;
import dev.cotton.cli.Failure;
import dev.cotton.cli.machine.DataFolder;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.List;

/** The names of the clusters that {@code down --all} stopped, for the next {@code up} to start. */
record StoppedClusters(DataFolder folder) {
    private Path file() {
        return folder.path().resolve("stopped-clusters");
    }

    List<String> names() {
        try {
            return Files.readAllLines(file());
        } catch (NoSuchFileException none) {
            return List.of();
        } catch (IOException e) {
            throw new Failure(ExitCode.FAILED, "The file " + file() + " cannot be read (" + e.getMessage() + ").", e);
        }
    }

    void remember(List<String> names) {
        try {
            Files.write(file(), names);
        } catch (IOException e) {
            throw new Failure(
                    ExitCode.FAILED, "The file " + file() + " cannot be written (" + e.getMessage() + ").", e);
        }
    }

    void forget() {
        try {
            Files.deleteIfExists(file());
        } catch (IOException e) {
            throw new Failure(
                    ExitCode.FAILED, "The file " + file() + " cannot be removed (" + e.getMessage() + ").", e);
        }
    }
}
