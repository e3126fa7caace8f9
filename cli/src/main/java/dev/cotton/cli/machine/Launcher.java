package dev.cotton.cli.machine;

import dev.cotton.cli.ExitCode;
import dev.cotton.cli.Failure;
import java.io.File;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;

/**
 * The script that this program was started by, and starts others of its kind with.
 *
 * @param script absolute
 */
public record Launcher(Path script) {
    /** The system property in which the script says where it is. */
    public static final String PROPERTY = "cotton.launcher";

    /** @throws Failure when this program was not started by it */
    public static Launcher ofProcess() {
        return Optional.ofNullable(System.getProperty(PROPERTY))
                .map(path -> new Launcher(Path.of(path)))
                .orElseThrow(() ->
                        new Failure(ExitCode.FAILED, "This needs to be started by the script 'cotton', and was not."));
    }

    /** How a person who is in {@code folder} calls it. */
    public String spelling(Map<String, String> environment, Path folder) {
        Path found = null;
        for (String place : environment.getOrDefault("PATH", "").split(File.pathSeparator, -1)) {
            Path candidate = Path.of(place).resolve(script.getFileName());
            if (found == null && candidate.isAbsolute() && Files.isExecutable(candidate)) {
                found = candidate;
            }
        }
        if (found != null && found.toAbsolutePath().normalize().equals(script)) {
            return script.getFileName().toString();
        }
        return folder.equals(script.getParent()) ? "./" + script.getFileName() : script.toString();
    }
}
