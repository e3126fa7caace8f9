package dev.cotton.executor.app;

import dev.cotton.core.wire.ExecutorConfig;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermission;
import java.util.EnumSet;
import java.util.Set;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.DeserializationFeature;
import tools.jackson.databind.json.JsonMapper;

/** The file that an executor is started with. */
final class ConfigFile {
    private static final Set<PosixFilePermission> OWNER =
            EnumSet.of(PosixFilePermission.OWNER_READ, PosixFilePermission.OWNER_WRITE);

    private static final JsonMapper JSON = JsonMapper.builder()
            .enable(DeserializationFeature.FAIL_ON_NULL_CREATOR_PROPERTIES)
            .build();

    private ConfigFile() {}

    /** @throws UnusableConfigException saying what is wrong with the file */
    static ExecutorConfig read(Path path) {
        try {
            if (!OWNER.containsAll(Files.getPosixFilePermissions(path))) {
                throw new UnusableConfigException("The file " + path
                        + " holds a secret and can be read by others. Nothing was started. Give it" + " mode 0600.");
            }
            return JSON.readValue(Files.readAllBytes(path), ExecutorConfig.class);
        } catch (NoSuchFileException missing) {
            throw new UnusableConfigException("There is no file " + path + ".");
        } catch (IOException unreadable) {
            throw new UnusableConfigException("The file " + path + " cannot be read: " + unreadable.getMessage());
        } catch (JacksonException malformed) {
            // Its message would quote the file.
            throw new UnusableConfigException("The file " + path + " is no executor's configuration (line "
                    + malformed.getLocation().getLineNr() + ").");
        }
    }

    /** The executor cannot be started with this. */
    static final class UnusableConfigException extends RuntimeException {
        UnusableConfigException(String message) {
            super(message);
        }
    }
}
