package dev.cotton.executor.app.machine;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/** Reads the kernel's small text files; what is not there or not readable is empty. */
final class ProcFile {
    private ProcFile() {}

    static List<String> lines(Path file) {
        try {
            return Files.readAllLines(file);
        } catch (IOException _) {
            return List.of();
        }
    }

    /** What follows {@code prefix} in the line that starts with it. */
    static Optional<String> field(Path file, String prefix) {
        return lines(file).stream()
                .filter(line -> line.startsWith(prefix))
                .map(line -> line.substring(prefix.length()).strip())
                .findFirst();
    }
}
