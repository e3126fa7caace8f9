package dev.cotton.cli.up;

import dev.cotton.cli.ExitCode;
import dev.cotton.cli.Failure;
import dev.cotton.cli.machine.DataFolder;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.List;
import java.util.Optional;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.json.JsonMapper;

/**
 * How {@code up} was called. The last call that ran a scheduler on a data folder is kept there, for this user's eyes only, so
 * that another one like it can be started to stop the databases.
 *
 * @param folder where it was called; what its arguments say of files is relative to that
 * @param arguments of {@code up}
 */
public record UpCall(Path folder, List<String> arguments) {
    private static final JsonMapper JSON = JsonMapper.shared();

    public UpCall {
        folder = folder.toAbsolutePath();
        arguments = List.copyOf(arguments);
    }

    private static Path file(DataFolder data) {
        return data.path().resolve("last-up.json");
    }

    /** The last one on {@code data}. */
    static Optional<UpCall> last(DataFolder data) {
        try {
            return Optional.of(JSON.readValue(Files.readAllBytes(file(data)), UpCall.class));
        } catch (NoSuchFileException none) {
            return Optional.empty();
        } catch (IOException | JacksonException e) {
            throw new Failure(
                    ExitCode.FAILED, "The file " + file(data) + " cannot be read (" + e.getMessage() + ").", e);
        }
    }

    /** From now on this is the last one on {@code data}. */
    void keep(DataFolder data) {
        try {
            Path next = Files.createTempFile(data.path(), "last-up", ".json");
            Files.write(next, JSON.writeValueAsBytes(this));
            Files.move(next, file(data), StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
        } catch (IOException e) {
            throw new Failure(
                    ExitCode.FAILED, "The file " + file(data) + " cannot be written (" + e.getMessage() + ").", e);
        }
    }
}
