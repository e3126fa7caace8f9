package dev.cotton.testing.summary;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * The tests that may be skipped without failing a run.
 *
 * @param names classes, or classes with a method
 */
public record AllowedSkips(Set<String> names) {

    /** Copies the names. */
    public AllowedSkips {
        names = Set.copyOf(names);
    }

    /**
     * Reads a list with one test a line: a name, white space, and why it may be skipped. Lines that start with {@code #}
     * are comments.
     *
     * @throws IllegalArgumentException when a line gives no reason
     * @throws IOException when the file cannot be read
     */
    public static AllowedSkips read(Path file) throws IOException {
        return new AllowedSkips(Files.readAllLines(file).stream()
                .map(String::strip)
                .filter(line -> !line.isEmpty() && !line.startsWith("#"))
                .map(AllowedSkips::name)
                .collect(Collectors.toSet()));
    }

    /** Whether this test, or the whole of its class, may be skipped. */
    public boolean allows(TestOutcome outcome) {
        return names.stream()
                .anyMatch(allowed ->
                        outcome.name().equals(allowed) || outcome.name().startsWith(allowed + "."));
    }

    private static String name(String line) {
        String[] nameAndReason = line.split("\\s+", 2);
        if (nameAndReason.length < 2) {
            throw new IllegalArgumentException("\"" + line + "\" may be skipped, but the list does not say why.");
        }
        return nameAndReason[0];
    }
}
