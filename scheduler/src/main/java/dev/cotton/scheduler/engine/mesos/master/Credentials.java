package dev.cotton.scheduler.engine.mesos.master;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.fasterxml.jackson.annotation.JsonProperty;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermission;
import java.util.Base64;
import java.util.Optional;
import java.util.Set;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.DeserializationFeature;
import tools.jackson.dataformat.yaml.YAMLMapper;

/**
 * What a framework logs in to the master with.
 *
 * @param secret never in a message
 */
public record Credentials(String principal, String secret) {
    private static final Logger LOG = LoggerFactory.getLogger(Credentials.class);
    private static final Set<PosixFilePermission> TOO_OPEN =
            Set.of(PosixFilePermission.GROUP_READ, PosixFilePermission.OTHERS_READ);
    private static final YAMLMapper YAML = YAMLMapper.builder()
            .enable(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES)
            .build();

    private record File(
            @JsonProperty("principal") Optional<String> principal,
            @JsonProperty("secret") Optional<String> secret) {}

    public Credentials {
        if (principal.isEmpty() || principal.contains(":")) {
            throw new IllegalArgumentException("A principal is not empty and has no colon.");
        }
        if (secret.isEmpty()) {
            throw new IllegalArgumentException("A secret is not empty.");
        }
    }

    /**
     * Reads YAML of two lines, {@code principal: ...} and {@code secret: ...}. Warns when others may read it too.
     *
     * @throws IllegalArgumentException naming the file and what is wrong, without anything that is in it
     */
    public static Credentials read(Path file) {
        try {
            File read = YAML.readValue(Files.readString(file), File.class);
            warnIfOpen(file);
            return new Credentials(
                    present(file, "principal", read.principal()), present(file, "secret", read.secret()));
        } catch (IOException e) {
            throw malformed(file, "cannot be read (" + e.getClass().getSimpleName() + ")");
        } catch (JacksonException | ClassCastException e) {
            throw malformed(file, "is not YAML with these two keys and nothing else");
        }
    }

    private static String present(Path file, String key, Optional<String> value) {
        return value.filter(text -> !text.isEmpty()).orElseThrow(() -> malformed(file, "has no '" + key + "'"));
    }

    private static IllegalArgumentException malformed(Path file, String why) {
        return new IllegalArgumentException("The framework's authentication file has two lines, 'principal: <name>' and"
                + " 'secret: <secret>'; " + file + " " + why + ".");
    }

    private static void warnIfOpen(Path file) throws IOException {
        if (Files.getPosixFilePermissions(file).stream().anyMatch(TOO_OPEN::contains)) {
            LOG.warn("{} has a secret and may be read by others than its owner; chmod 600 {} mends that.", file, file);
        }
    }

    /** The value of the header {@code Authorization}: a secret. */
    String basic() {
        return "Basic " + Base64.getEncoder().encodeToString((principal + ":" + secret).getBytes(UTF_8));
    }

    /** Without the secret. */
    @Override
    public String toString() {
        return "Credentials[" + principal + "]";
    }
}
